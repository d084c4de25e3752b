#include "rpc/write_file_call.h"

#include <utility>

#include "rpc/answer.h"
#include "rpc/file_status.h"
#include "rpc/requests.h"

namespace upyd {

WriteFileCall* WriteFileCall::start(const FileWork& work, v1::FileInfo& response) {
  auto* call = new WriteFileCall(work, response);
  call->StartRead(&call->coming_);
  return call;
}

void WriteFileCall::OnReadDone(bool ok) {
  std::unique_lock lock(mutex_);
  if (is_over_) return;
  has_come_ = true;
  is_at_end_ = !ok;
  if (is_taking_) return;
  go_on(lock, grpc::Status::OK);
}

/// gRPC may be done with the call, and delete it, as soon as it is finished: so that is done without the lock.
void WriteFileCall::go_on(std::unique_lock<std::mutex>& lock, grpc::Status status) {
  const bool is_complete = is_complete_;  // from `take_next` on that is of who takes
  if (status.ok() && !is_complete && has_come_) status = take_next();
  is_over_ = !status.ok() || is_complete;
  if (!is_over_) return;
  lock.unlock();
  Finish(status);
}

grpc::Status WriteFileCall::take_next() {
  has_come_ = false;
  is_taking_ = true;
  is_taken_end_ = is_at_end_;
  std::swap(coming_, taken_);
  const auto status = guarded([&] {
    work_.post([this] { take_request(); });
    return grpc::Status::OK;
  });
  if (status.ok() && !is_at_end_ && !taken_.has_complete()) StartRead(&coming_);
  return status;
}

void WriteFileCall::take_request() {
  const auto status = guarded([&] {
    if (is_taken_end_) return invalid("the last request must say that the file is complete; it was not written");
    return take(taken_);
  });
  if (!status.ok() || is_complete_) file_.reset();
  std::unique_lock lock(mutex_);
  is_taking_ = false;
  go_on(lock, status);
}

grpc::Status WriteFileCall::take(const v1::WriteFileRequest& request) {
  using Part = v1::WriteFileRequest::PartCase;
  if (!file_) {
    if (request.has_target()) return begin(request.target());
    return invalid("the first request must say which file is to be written");
  }
  switch (request.part_case()) {
    case Part::kData:
      return file_status(file_->write(request.data().data(), request.data().size()), path_);
    case Part::kComplete:
      return complete();
    default:
      return invalid("a request after the first carries bytes, or says that the file is complete");
  }
}

grpc::Status WriteFileCall::begin(const v1::WriteFileRequest::Target& target) {
  path_ = target.path();
  if (auto status = check_path(path_); !status.ok()) return status;
  if (auto status = work_.begin(target.instance(), files_, place_); !status.ok()) return status;
  const auto replace = target.if_absent() ? FileTree::Replace::Refused : FileTree::Replace::Allowed;
  return file_status(files_->begin_file(path_, replace, file_), path_);
}

grpc::Status WriteFileCall::complete() {
  is_complete_ = true;
  if (auto error = file_->complete()) return file_status(error, path_);
  upy::FileStatus status;
  const upy::PortError error = files_->stat(path_, status);
  tell(name_in(path_), status, response_);
  return file_status(error, path_);
}

}  // namespace upyd
