#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "port/port.h"
#include "posix/poll_set.h"

namespace upyd {

using LineMode = upy::PinConfig::Mode;
using LinePull = upy::PinConfig::Pull;

/// What a line of a chip is set up for. Levels are physical: 0 low, 1 high.
struct LineSettings {
  LineMode mode = LineMode::Unchanged;  ///< Unchanged: as the hardware has it
  LinePull pull = LinePull::Unchanged;
  int level = -1;      ///< outputs: the level; -1 keeps the present one
  bool edges = false;  ///< collect edges; turns a line that is Unchanged into an input
  uint32_t debounce_us = 0;
  friend bool operator==(const LineSettings&, const LineSettings&) = default;
};

/// A change of a line's level.
struct LineEdge {
  bool rising = false;
  uint32_t lost = 0;         ///< edges of the line lost between the one before and this one
  int64_t timestamp_ns = 0;  ///< CLOCK_MONOTONIC
};

/// What can be known of a line without taking it into use.
struct LineUse {
  LineMode mode = LineMode::In;
  LinePull pull = LinePull::None;
  std::optional<int> level;
  std::string consumer;  ///< who uses it, as the kernel knows it: a driver, a program, or upyd; empty: nobody
};

/// What a chip is.
struct ChipInfo {
  std::string name;                     ///< by which upyd knows it
  std::string label;                    ///< of the hardware
  std::vector<std::string> line_names;  ///< by offset; may be empty
};

/// Whether someone writes that line.
inline bool is_output(LineMode mode) { return mode == LineMode::Out || mode == LineMode::OpenDrain; }

/// A GPIO chip as the hardware, or the simulator, has it: no sharing, no grants. Not thread-safe: whoever shares a chip
/// locks. Errors name the line and say what to do; ENODEV: the chip is gone, and no line of it is set up any more.
class Chip {
 public:
  virtual ~Chip() = default;
  /// Without lines until the chip has been there once.
  virtual const ChipInfo& info() = 0;
  /// Which time it is that the chip is there, from 1; 0: it is not. Looks whether it came or went.
  virtual uint32_t presence() = 0;
  virtual bool is_simulated() const = 0;
  /// Whether LineSettings::debounce_us has an effect.
  virtual bool debounces() const = 0;
  /// Takes a line into use, or gives one in use other settings; after an error it is as it was.
  virtual upy::PortError set_up(uint32_t offset, const LineSettings& settings) = 0;
  /// Gives a line back. What becomes of its level is the hardware's affair.
  virtual void give_back(uint32_t offset) = 0;
  virtual upy::PortError read(uint32_t offset, int& level) = 0;
  virtual upy::PortError write(uint32_t offset, int level) = 0;
  /// Moves edges of a line that collects them into `edges`, in their order. Returns their number; if it is that of
  /// `edges` there may be more.
  virtual size_t take_edges(uint32_t offset, std::span<LineEdge> edges) = 0;
  /// Looks at a line without disturbing it.
  virtual LineUse look(uint32_t offset) = 0;
  /// `readable` is called when a line has edges to take that came by themselves: on any thread, without a lock.
  virtual void on_readable(std::function<void(uint32_t offset)> readable) = 0;
  /// At which sets besides the chip's own a line that is set up is to be watched, the first choice first; `readable` is
  /// then called by who waits there. They must stay until other ones are given or the line is given back.
  virtual void watch_at(uint32_t offset, std::vector<upy::PollSet*> sets) = 0;
};

}  // namespace upyd
