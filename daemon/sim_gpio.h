#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "port/port.h"

namespace upyd {

/// A simulated chip as the config describes it.
struct SimChip {
  std::string name = "gpiochip0";
  std::string label = "upyd simulator";
  std::vector<std::string> line_names = std::vector<std::string>(32);  ///< by offset; may be empty
};

/// A line by its place.
struct LineRef {
  uint32_t chip = 0;
  uint32_t offset = 0;
  friend auto operator<=>(const LineRef&, const LineRef&) = default;
};

/// What the outside does to a line.
enum class SimDrive : uint8_t { None, Low, High };

/// Simulated GPIO chips: lines whose one end is held by instances and whose other end is driven from outside.
///
/// Each line has one level, which follows from who acts on it: an output's writer decides; an open-drain output pulls
/// low or lets go; else the drive from outside decides, else the pull; a floating line is low. Whoever changes one of
/// these changes the level, and every change of the level is an edge for all who watch, outputs included.
///
/// Instances hold lines by claims, one for a line. Any number may read and watch a line; one at a time may write it.
/// All functions may be called from any thread; events are posted under the lock, so that after `release`, `unwatch` or
/// `end_monitor` none comes any more.
class SimGpio {
 public:
  using Claim = uint32_t;
  using Monitor = uint32_t;

  /// The state of a line. Levels are physical.
  struct Line {
    int level = 0;
    upy::PinConfig::Mode mode = upy::PinConfig::Mode::In;  ///< In, Out or OpenDrain
    upy::PinConfig::Pull pull = upy::PinConfig::Pull::None;
    SimDrive drive = SimDrive::None;
    std::string writer;                ///< owner; empty: none
    std::vector<std::string> readers;  ///< owners, sorted
  };

  /// An edge as a monitor is told of it.
  struct Edge {
    LineRef line;
    bool rising;
    uint32_t sequence;  ///< of the line within the monitor, from 1
    int64_t timestamp_ns;
  };
  /// Called under the lock: it must not block or call back.
  using OnEdge = std::function<void(const Edge&)>;

  /// `now_ns` stamps the edges.
  SimGpio(std::vector<SimChip> chips, std::function<int64_t()> now_ns);

  const std::vector<SimChip>& chips() const { return chips_; }
  /// A line by "CHIP:OFFSET", by offset on the first chip, or by name.
  std::optional<LineRef> find(std::string_view id) const;
  /// A chip by name.
  std::optional<uint32_t> find_chip(std::string_view name) const;
  /// "CHIP:OFFSET".
  std::string id(LineRef line) const;
  const std::string& name(LineRef line) const { return chips_[line.chip].line_names[line.offset]; }

  /// Claims a line for an owner, by its name; EBUSY when it is to be an output and has another writer.
  upy::PortError claim(LineRef line, const std::string& owner, const upy::PinConfig& config, Claim& claim);
  upy::PortError configure(Claim claim, const upy::PinConfig& config);
  /// The level as the claim sees it, active-low applied.
  int read(Claim claim);
  /// EPERM when the claim is no output.
  upy::PortError write(Claim claim, int level);
  /// As upy::Pins::watch, `edges` not 0.
  void watch(Claim claim, int edges, uint32_t token, upy::EventSink& sink);
  void unwatch(Claim claim);
  void release(Claim claim);
  LineRef line_of(Claim claim);

  /// The line's present state.
  Line state(LineRef line);
  /// Drives lines from outside, in order; EBUSY, and nothing done, when an instance writes one of them.
  upy::PortError drive(const std::vector<std::pair<LineRef, SimDrive>>& drives);
  /// Calls `on_edge` at every edge of the lines.
  Monitor monitor(const std::vector<LineRef>& lines, OnEdge on_edge);
  void end_monitor(Monitor monitor);

 private:
  struct LineState {
    int level = 0;
    upy::PinConfig::Pull pull = upy::PinConfig::Pull::None;
    SimDrive drive = SimDrive::None;
    upy::PinConfig::Mode mode = upy::PinConfig::Mode::In;  // In if and only if there is no writer
    Claim writer = 0;                                      // 0: none
    int output = 0;                                        // what the writer wants
    std::vector<Claim> claims;
  };
  struct ClaimState {
    LineRef line;
    std::string owner;
    bool active_low = false;
    int edges = 0;
    uint32_t token = 0;
    uint32_t sequence = 0;
    upy::EventSink* sink = nullptr;
  };
  struct MonitorState {
    std::map<LineRef, uint32_t> sequences;
    OnEdge on_edge;
  };

  LineState& at(LineRef line) { return lines_[line.chip][line.offset]; }
  upy::PortError apply(Claim id, ClaimState& claim, const upy::PinConfig& config);
  void start_writing(Claim id, const ClaimState& claim, const upy::PinConfig& config);
  void stop_writing(LineState& line);
  void settle(LineRef ref);
  void tell_claims(const LineState& line, const Edge& edge);
  void tell_monitors(Edge edge);

  const std::vector<SimChip> chips_;
  const std::function<int64_t()> now_ns_;
  std::map<std::string, LineRef, std::less<>> named_;  // by line name
  std::mutex mutex_;                                   // guards what follows
  std::vector<std::vector<LineState>> lines_;          // by chip and offset
  std::map<Claim, ClaimState> claims_;
  std::map<Monitor, MonitorState> monitors_;
  uint32_t last_claim_ = 0;
  uint32_t last_monitor_ = 0;
};

}  // namespace upyd
