#pragma once

#include "gpio/chip.h"

namespace upyd {

/// What the outside does to a line.
enum class SimDrive : uint8_t { None, Low, High };

/// A simulated chip: lines whose one end is set up by the daemon and whose other end is driven from outside.
///
/// The level of a line follows from who acts on it: an output decides; an open-drain output pulls low or lets go; else
/// the drive from outside decides, else the pull; a floating line is low. Whoever changes one of these changes the
/// level, and every change is an edge, of outputs too.
class SimChip final : public Chip {
 public:
  /// `now_ns` stamps the edges.
  SimChip(ChipInfo info, std::function<int64_t()> now_ns);

  const ChipInfo& info() override { return info_; }
  uint32_t presence() override { return 1; }
  bool is_simulated() const override { return true; }
  bool debounces() const override { return false; }
  upy::PortError set_up(uint32_t offset, const LineSettings& settings) override;
  void give_back(uint32_t offset) override;
  upy::PortError read(uint32_t offset, int& level) override;
  upy::PortError write(uint32_t offset, int level) override;
  size_t take_edges(uint32_t offset, std::span<LineEdge> edges) override;
  LineUse look(uint32_t offset) override;
  void watch_at(uint32_t, std::vector<upy::PollSet*>) override {}     // who drives a line takes its edges
  void on_readable(std::function<void(uint32_t offset)>) override {}  // all its edges come of calls

  /// Drives a line from outside until the next call, whatever it is set up for meanwhile.
  void drive(uint32_t offset, SimDrive drive);
  SimDrive drive_of(uint32_t offset) const { return lines_[offset].drive; }

 private:
  struct Line {
    int level = 0;
    LineMode mode = LineMode::In;
    LinePull pull = LinePull::None;
    SimDrive drive = SimDrive::None;
    int output = 0;
    bool collects = false;
    std::vector<LineEdge> edges;  // not yet taken
  };

  void settle(Line& line);

  const ChipInfo info_;
  const std::function<int64_t()> now_ns_;
  std::vector<Line> lines_;  // by offset
};

}  // namespace upyd
