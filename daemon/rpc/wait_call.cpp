#include "rpc/wait_call.h"

#include <utility>

#include "rpc/answer.h"

namespace upyd {

WaitCall* WaitCall::start(std::shared_ptr<const Access> access, RunRecords& runs, const RunIds& ids, StreamCount& waits,
                          const v1::WaitForRunRequest& request, v1::WaitForRunResponse& response) {
  const std::shared_ptr<WaitCall> call(new WaitCall(std::move(access), runs, ids, waits, response));
  call->self_ = call;
  const auto status = guarded([&] { return call->begin(request.run_id()); });
  if (!status.ok()) call->finish(status);
  return call.get();
}

grpc::Status WaitCall::begin(uint64_t run_id) {
  has_place_ = waits_.take_place();
  if (!has_place_) return StreamCount::refusal();
  const auto tell = [weak = weak_from_this()](const RunRecords::Record& record) {
    if (const auto self = weak.lock()) self->tell(record);
  };
  const auto admit = [this](const RunRecords::Record& record) { return check(record); };
  auto status = runs_.wait(run_id, admit, tell, wait_);
  if (status.error_code() != grpc::NOT_FOUND) return status;
  return {grpc::StatusCode::NOT_FOUND, why_unknown(run_id)};
}

std::string WaitCall::why_unknown(uint64_t run_id) const {
  const std::string run = "run " + std::to_string(run_id);
  const std::string look = "; the log of its instance may tell (upyctl logs NAME --run " + std::to_string(run_id) + ")";
  if (run_id == 0 || run_id > ids_.last()) return "there was no " + run + " yet";
  if (run_id < ids_.first())
    return run + " was before this start of upyd, which knows how runs ended since then" + look;
  return run + " is too long ago, how it ended is not known any more" + look;
}

/// The rules may have changed when the run ends.
grpc::Status WaitCall::check(const RunRecords::Record& record) const {
  if (access_->sees(record.instance, record.owner)) return grpc::Status::OK;
  return {grpc::StatusCode::PERMISSION_DENIED, "that run is of an instance that is not yours to see"};
}

void WaitCall::tell(const RunRecords::Record& record) {
  const auto status = guarded([&]() -> grpc::Status {
    std::lock_guard lock(mutex_);
    if (finished_) return grpc::Status::OK;
    if (auto allowed = check(record); !allowed.ok()) return allowed;
    response_.set_instance(record.instance);
    *response_.mutable_outcome() = record.outcome;
    return record.status;
  });
  finish(status);
}

/// The run may end while the client leaves.
void WaitCall::finish(const grpc::Status& status) {
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(finished_, true)) return;
  }
  Finish(status);
}

void WaitCall::OnDone() {
  runs_.cancel(wait_);
  if (has_place_) waits_.give_back();
  self_.reset();
}

}  // namespace upyd
