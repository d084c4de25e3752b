#include "gpio/sim_chip.h"

#include <algorithm>

namespace upyd {
namespace {

/// What a line reads that nobody writes.
int outside_level(SimDrive drive, LinePull pull) {
  return drive == SimDrive::None ? pull == LinePull::Up : drive == SimDrive::High;
}

}  // namespace

SimChip::SimChip(ChipInfo info, std::function<int64_t()> now_ns)
    : info_(std::move(info)), now_ns_(std::move(now_ns)), lines_(info_.line_names.size()) {}

upy::PortError SimChip::set_up(uint32_t offset, const LineSettings& settings) {
  Line& line = lines_[offset];
  if (settings.mode != LineMode::Unchanged) line.mode = settings.mode;
  if (settings.pull != LinePull::Unchanged) line.pull = settings.pull;
  if (is_output(line.mode)) line.output = settings.level < 0 ? line.level : settings.level;
  line.collects = settings.edges;
  settle(line);
  return {};
}

void SimChip::give_back(uint32_t offset) {
  Line& line = lines_[offset];
  line.mode = LineMode::In;
  line.collects = false;
  line.edges.clear();
  settle(line);
}

upy::PortError SimChip::read(uint32_t offset, int& level) {
  level = lines_[offset].level;
  return {};
}

upy::PortError SimChip::write(uint32_t offset, int level) {
  lines_[offset].output = level;
  settle(lines_[offset]);
  return {};
}

size_t SimChip::take_edges(uint32_t offset, std::span<LineEdge> edges) {
  auto& waiting = lines_[offset].edges;
  const size_t count = std::min(edges.size(), waiting.size());
  std::copy_n(waiting.begin(), count, edges.begin());
  waiting.erase(waiting.begin(), waiting.begin() + static_cast<ptrdiff_t>(count));
  return count;
}

LineUse SimChip::look(uint32_t offset) {
  const Line& line = lines_[offset];
  return {.mode = line.mode, .pull = line.pull, .level = line.level};
}

void SimChip::drive(uint32_t offset, SimDrive drive) {
  lines_[offset].drive = drive;
  settle(lines_[offset]);
}

void SimChip::settle(Line& line) {
  int level = outside_level(line.drive, line.pull);
  if (line.mode == LineMode::Out || (line.mode == LineMode::OpenDrain && line.output == 0)) level = line.output;
  if (level == line.level) return;
  line.level = level;
  if (line.collects) line.edges.push_back({.rising = level == 1, .timestamp_ns = now_ns_()});
}

}  // namespace upyd
