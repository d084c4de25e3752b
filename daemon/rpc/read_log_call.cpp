#include "rpc/read_log_call.h"

#include <cstdint>
#include <utility>

#include "config/instance_name.h"
#include "rpc/answer.h"
#include "rpc/requests.h"

namespace upyd {

using Found = InstanceLog::Reader::Found;

namespace {

/// Times that do not fit into nanoseconds are as far away as can be.
int64_t nanoseconds(const google::protobuf::Timestamp& time) {
  constexpr int64_t kNsPerS = 1'000'000'000;
  if (time.seconds() >= INT64_MAX / kNsPerS) return INT64_MAX;
  if (time.seconds() < 0) return 0;
  return time.seconds() * kNsPerS + time.nanos();
}

}  // namespace

ReadLogCall* ReadLogCall::start(std::shared_ptr<const Access> access, const LogStore& logs, Reactor& reactor,
                                StreamCount& streams, const v1::ReadLogRequest& request) {
  const std::shared_ptr<ReadLogCall> call(new ReadLogCall(std::move(access), reactor, streams, request.follow()));
  const auto status = guarded([&] { return call->begin(logs, request); });
  call->self_ = call;
  status.ok() ? call->pump() : call->end(status);
  return call.get();
}

grpc::Status ReadLogCall::begin(const LogStore& logs, const v1::ReadLogRequest& request) {
  has_place_ = streams_.take_place();
  if (!has_place_) return StreamCount::refusal();
  LogFilter filter{.since_ns = nanoseconds(request.since()), .run_id = request.run_id()};
  if (request.sources_size() > 0) filter.sources = 0;
  for (const int source : request.sources()) {
    if (source == v1::LOG_SOURCE_UNSPECIFIED || !v1::LogSource_IsValid(source)) {
      return invalid("there is no source of logs " + std::to_string(source) + "; without sources all are told");
    }
    filter.sources |= 1u << source;
  }
  if (!is_name(request.instance())) return bad_name();
  auto log = logs.find(request.instance());  // before it is asked whose it is: a later one is another's
  if (auto status = may_last(request, weak_from_this()); !status.ok()) return status;
  if (!log) {
    return {grpc::StatusCode::NOT_FOUND, "there is no instance '" + request.instance() +
                                             "', nor was it among the last " + std::to_string(LogStore::kGone) +
                                             " that are gone"};
  }
  // The log's lock is held, so nothing of gRPC may be called.
  const auto told = [weak = weak_from_this(), &reactor = reactor_] {
    reactor.post([weak] {
      if (const auto self = weak.lock()) self->pump();
    });
  };
  reader_.emplace(std::move(log), filter, request.last(), told);
  return grpc::Status::OK;
}

void ReadLogCall::OnWriteDone(bool ok) {
  {
    std::lock_guard lock(mutex_);
    writing_ = false;
  }
  ok ? pump() : OnCancel();
}

void ReadLogCall::OnCancel() { end(grpc::Status::CANCELLED); }

void ReadLogCall::end(const grpc::Status& status) {
  {
    std::lock_guard lock(mutex_);
    if (!end_) end_ = status;
  }
  pump();
}

void ReadLogCall::OnDone() {
  reader_.reset();
  if (has_place_) streams_.give_back();
  self_.reset();
}

void ReadLogCall::pump() {
  std::unique_lock lock(mutex_);
  if (writing_ || finished_) return;
  Step step = Step::Finish;
  const auto status = end_ ? *end_ : guarded([&] {
    step = next_step();
    return grpc::Status::OK;
  });
  writing_ = step == Step::Write;
  finished_ = step == Step::Finish;
  lock.unlock();
  if (step == Step::Write) StartWrite(&message_);
  if (step == Step::Finish) Finish(status);
}

ReadLogCall::Step ReadLogCall::next_step() {
  if (waits_) return Step::Nothing;
  if (has_had_enough(reactor_.now_ns())) {
    pump_at_end_of_period();
    return Step::Nothing;
  }
  message_.Clear();
  const auto found = reader_->read(message_, kMessageBytes);
  const bool is_empty = message_.entries().empty() && message_.dropped() == 0;
  if (!std::exchange(greeted_, true) || !is_empty) {
    bytes_ += message_.ByteSizeLong();
    return Step::Write;
  }
  return follows_ && found != Found::End ? Step::Nothing : Step::Finish;
}

bool ReadLogCall::has_had_enough(int64_t now_ns) {
  if (now_ns >= period_end_ns_) {
    period_end_ns_ = now_ns + kPeriodNs;
    bytes_ = 0;
  }
  return bytes_ >= kMostBytes;
}

void ReadLogCall::pump_at_end_of_period() {
  reactor_.at(period_end_ns_, [weak = weak_from_this()](int64_t) {
    const auto self = weak.lock();
    if (!self) return Alarms::kNever;
    {
      std::lock_guard lock(self->mutex_);
      self->waits_ = false;
    }
    self->pump();
    return Alarms::kNever;
  });
  waits_ = true;
}

}  // namespace upyd
