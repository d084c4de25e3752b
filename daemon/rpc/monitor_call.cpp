#include "rpc/monitor_call.h"

#include <set>

#include "events/gpio_convert.h"
#include "rpc/answer.h"
#include "rpc/requests.h"

namespace upyd {

MonitorCall* MonitorCall::start(std::shared_ptr<const Access> access, const Gpio& gpio, const LineGrant& limit,
                                Reactor& reactor, StreamCount& streams, const v1::MonitorLinesRequest& request) {
  const std::shared_ptr<MonitorCall> call(new MonitorCall(std::move(access), reactor, streams));
  call->open(guarded([&] { return call->begin(gpio, limit, request); }));
  return call.get();
}

grpc::Status MonitorCall::begin(const Gpio& gpio, const LineGrant& limit, const v1::MonitorLinesRequest& request) {
  if (auto status = take_place(request); !status.ok()) return status;
  if (request.lines().empty()) return invalid("name at least one line to monitor");
  if (auto status = check_number(request.lines_size(), "lines"); !status.ok()) return status;
  std::set<std::pair<const SharedChip*, uint32_t>> places;
  for (const std::string& id : request.lines()) {
    const auto line = gpio.find(id);
    if (!line) return no_line(id);
    if (!places.emplace(line->chip.get(), line->offset).second) continue;
    if (limit.access(line->id(), line->chip->line_name(line->offset)) == LineAccess::None) {
      return {grpc::StatusCode::PERMISSION_DENIED, "upyd's config does not grant GPIO line " + line->id()};
    }
    if (const auto status = watch(*line); !status.ok()) return status;
  }
  return grpc::Status::OK;
}

grpc::Status MonitorCall::watch(const LinePlace& line) {
  SharedChip::Monitor monitor = 0;
  const auto on_edge = [this, &chip = *line.chip](const SharedChip::MonitoredEdge& edge) {
    gather([&] { add(chip, edge); });
  };
  if (const auto error = line.chip->monitor(line.offset, on_edge, monitor)) {
    return {grpc::StatusCode::FAILED_PRECONDITION, error.message};
  }
  monitors_.emplace_back(line.chip, monitor);
  return grpc::Status::OK;
}

void MonitorCall::add(const SharedChip& chip, const SharedChip::MonitoredEdge& edge) {
  if (waiting_.edges_size() >= kMostWaiting) {
    waiting_.mutable_edges()->DeleteSubrange(0, 1);
    waiting_.set_dropped(waiting_.dropped() + 1);
  }
  to_proto(chip.name(), edge, *waiting_.add_edges());
}

void MonitorCall::end_watch() {
  for (const auto& [chip, monitor] : monitors_) chip->end_monitor(monitor);
}

}  // namespace upyd
