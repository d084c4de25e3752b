#include "rpc/write_file_call.h"

#include <utility>

#include "rpc/file_status.h"
#include "rpc/requests.h"

namespace upyd {

namespace {

grpc::Status not_complete() {
  return invalid("the last request must say that the file is complete; it was not written");
}

}  // namespace

WriteFileCall* WriteFileCall::start(const FileWork& work, v1::FileInfo& response) {
  auto* call = new WriteFileCall(work, response);
  call->UploadCall::begin();
  return call;
}

std::optional<grpc::Status> WriteFileCall::take_end() { return not_complete(); }

grpc::Status WriteFileCall::take(const v1::WriteFileRequest& request) {
  using Part = v1::WriteFileRequest::PartCase;
  if (!file_) {
    if (request.has_target()) return begin(request);
    return invalid("the first request must say which file is to be written");
  }
  switch (request.part_case()) {
    case Part::kData:
      return file_status(file_->write(request.data().data(), request.data().size()), path_);
    case Part::kComplete:
      return request.complete() ? complete() : not_complete();
    default:
      return invalid("a request after the first carries bytes, or says that the file is complete");
  }
}

grpc::Status WriteFileCall::begin(const v1::WriteFileRequest& request) {
  const v1::WriteFileRequest::Target& target = request.target();
  path_ = target.path();
  if (auto status = check_path(path_); !status.ok()) return status;
  if (auto status = begin_work(request, files_); !status.ok()) return status;
  const auto replace = target.if_absent() ? FileTree::Replace::Refused : FileTree::Replace::Allowed;
  return file_status(files_->begin_file(path_, replace, file_), path_);
}

grpc::Status WriteFileCall::complete() {
  if (auto error = file_->complete()) return file_status(error, path_);
  upy::FileStatus status;
  const upy::PortError error = files_->stat(path_, status);
  tell(name_in(path_), status, response_);
  return file_status(error, path_);
}

}  // namespace upyd
