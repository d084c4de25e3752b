#include "events/gpio_convert.h"

namespace upyd {
namespace {

v1::Line::Direction to_proto(LineMode mode) {
  switch (mode) {
    case LineMode::Out:
      return v1::Line::DIRECTION_OUT;
    case LineMode::OpenDrain:
      return v1::Line::DIRECTION_OPEN_DRAIN;
    default:
      return v1::Line::DIRECTION_IN;
  }
}

v1::Line::Pull to_proto(LinePull pull) {
  switch (pull) {
    case LinePull::Up:
      return v1::Line::PULL_UP;
    case LinePull::Down:
      return v1::Line::PULL_DOWN;
    default:
      return v1::Line::PULL_NONE;
  }
}

v1::Drive to_proto(SimDrive drive) {
  switch (drive) {
    case SimDrive::Low:
      return v1::DRIVE_LOW;
    case SimDrive::High:
      return v1::DRIVE_HIGH;
    default:
      return v1::DRIVE_NONE;
  }
}

}  // namespace

void to_proto(const std::string& chip, uint32_t offset, const SharedChip::LineState& state, v1::Line& line) {
  line.set_chip(chip);
  line.set_offset(offset);
  line.set_name(state.name);
  line.set_direction(to_proto(state.use.mode));
  line.set_pull(to_proto(state.use.pull));
  if (state.use.level) line.set_level(static_cast<uint32_t>(*state.use.level));
  if (state.drive) line.set_drive(to_proto(*state.drive));
  line.set_debounce_us(state.debounce_us);
  line.set_consumer(state.use.consumer);
  line.set_writer(state.writer);
  line.set_kept(state.kept);
  line.mutable_readers()->Assign(state.readers.begin(), state.readers.end());
  line.set_edges(state.counters.edges);
  line.set_lost_edges(state.counters.lost);
  line.set_dropped_edges(state.counters.dropped);
}

void to_proto(const std::string& chip, const SharedChip::MonitoredEdge& edge, v1::Edge& proto) {
  proto.set_chip(chip);
  proto.set_offset(edge.offset);
  proto.set_rising(edge.rising);
  proto.set_sequence(edge.sequence);
  proto.set_timestamp_ns(static_cast<uint64_t>(edge.timestamp_ns));
}

grpc::Status no_line(const std::string& id) {
  return {grpc::StatusCode::NOT_FOUND, "there is no GPIO line '" + id + "'; 'ListLines' lists all"};
}

}  // namespace upyd
