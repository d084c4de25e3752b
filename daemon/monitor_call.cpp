#include "monitor_call.h"

#include <utility>

#include "requests.h"

namespace upyd {

MonitorCall* MonitorCall::start(const Gpio& gpio, const LineGrant& limit, Reactor& reactor,
                                const v1::MonitorLinesRequest& request) {
  std::shared_ptr<MonitorCall> call(new MonitorCall(reactor));
  call->self_ = call;
  if (const auto status = call->begin(gpio, limit, request); !status.ok()) {
    call->finished_ = true;
    call->Finish(status);
  } else {
    call->pump();
  }
  return call.get();
}

void MonitorCall::OnWriteDone(bool ok) {
  {
    std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) client_gone_ = true;
  }
  pump();
}

void MonitorCall::OnCancel() {
  {
    std::lock_guard lock(mutex_);
    client_gone_ = true;
  }
  pump();
}

void MonitorCall::OnDone() {
  for (const auto& [chip, monitor] : monitors_) chip->end_monitor(monitor);
  self_.reset();
}

grpc::Status MonitorCall::begin(const Gpio& gpio, const LineGrant& limit, const v1::MonitorLinesRequest& request) {
  if (request.lines().empty()) return invalid("name at least one line to monitor");
  for (const std::string& id : request.lines()) {
    const auto line = gpio.find(id);
    if (!line) return no_line(id);
    if (limit.access(line->id(), line->chip->info().line_names.at(line->offset)) == LineAccess::None) {
      return {grpc::StatusCode::PERMISSION_DENIED, "upyd's config does not grant GPIO line " + line->id()};
    }
    if (const auto status = watch(*line); !status.ok()) return status;
  }
  return grpc::Status::OK;
}

grpc::Status MonitorCall::watch(const LinePlace& line) {
  SharedChip::Monitor monitor = 0;
  const auto on_edge = [this, &chip = *line.chip](const SharedChip::MonitoredEdge& edge) { add(chip, edge); };
  if (const auto error = line.chip->monitor(line.offset, on_edge, monitor)) {
    return {grpc::StatusCode::FAILED_PRECONDITION, error.message};
  }
  monitors_.emplace_back(line.chip, monitor);
  return grpc::Status::OK;
}

void MonitorCall::add(const SharedChip& chip, const SharedChip::MonitoredEdge& edge) {
  std::lock_guard lock(mutex_);
  if (waiting_.edges_size() >= kMostWaiting) {
    waiting_.mutable_edges()->DeleteSubrange(0, 1);
    waiting_.set_dropped(waiting_.dropped() + 1);
  }
  v1::Edge& proto = *waiting_.add_edges();
  proto.set_chip(chip.name());
  proto.set_offset(edge.offset);
  proto.set_rising(edge.rising);
  proto.set_sequence(edge.sequence);
  proto.set_timestamp_ns(static_cast<uint64_t>(edge.timestamp_ns));
  if (std::exchange(something_waits_, true) || writing_) return;
  reactor_.post([self = shared_from_this()] { self->pump(); });
}

void MonitorCall::pump() {
  std::unique_lock lock(mutex_);
  if (writing_ || finished_) return;
  if (client_gone_) {
    finished_ = true;
    lock.unlock();
    Finish(grpc::Status::CANCELLED);
  } else if (std::exchange(something_waits_, false)) {
    message_ = std::exchange(waiting_, {});
    writing_ = true;
    lock.unlock();
    StartWrite(&message_);
  }
}

grpc::Status no_line(const std::string& id) {
  return {grpc::StatusCode::NOT_FOUND, "there is no GPIO line '" + id + "'; 'ListLines' lists all"};
}

}  // namespace upyd
