#include "rpc/deploy_files_call.h"

#include "port/time_units.h"
#include "rpc/file_status.h"
#include "rpc/requests.h"

namespace upyd {

DeployFilesCall* DeployFilesCall::start(const Parts& parts, v1::DeployFilesResponse& response) {
  auto* call = new DeployFilesCall(parts, response);
  call->UploadCall::begin();
  return call;
}

grpc::Status DeployFilesCall::take(const v1::DeployFilesRequest& request) {
  using Part = v1::DeployFilesRequest::PartCase;
  if (!deployment_) {
    if (request.has_target()) return begin(request);
    return invalid("the first request must say where files are to be deployed");
  }
  if (is_wanted_) return invalid("nothing may follow on `deploy`");
  const bool is_in_file = !path_.empty();
  switch (request.part_case()) {
    case Part::kFile:
      return is_in_file ? invalid("'" + path_ + "' is not complete yet") : begin_file(request.file());
    case Part::kData:
      return is_in_file ? add(request.data()) : invalid("bytes come after the path of their file");
    case Part::kComplete:
      if (!is_in_file) return invalid("there is no file that could be complete");
      return request.complete() ? end_file() : not_complete();
    case Part::kDeploy:
      if (is_in_file) return not_complete();
      is_wanted_ = request.deploy();
      return is_wanted_ ? grpc::Status::OK : not_wanted();
    default:
      return invalid(
          "a request after the first begins a file, carries bytes, says that the file is complete, or that all are");
  }
}

grpc::Status DeployFilesCall::begin(const v1::DeployFilesRequest& request) {
  target_ = request.target();
  if (auto status = begin_work(request, files_); !status.ok()) return status;
  const auto others = target_.replace_all() ? FileTree::Others::Go : FileTree::Others::Stay;
  return file_status(files_->begin_deployment(others, deployment_), "/");
}

grpc::Status DeployFilesCall::begin_file(const std::string& path) {
  if (path.empty()) return invalid("a file needs a path");
  if (auto status = check_path(path); !status.ok()) return status;
  std::string own_path;
  if (auto error = files_->find_own(path, own_path)) return file_status(error, path);
  if (!paths_.insert(own_path).second) return invalid("there are two files '" + path + "'; nothing was deployed");
  path_ = path;
  return file_status(deployment_->begin_file(own_path), path);
}

grpc::Status DeployFilesCall::add(const std::string& bytes) {
  response_.set_bytes(response_.bytes() + bytes.size());
  return file_status(deployment_->write(bytes.data(), bytes.size()), path_);
}

grpc::Status DeployFilesCall::end_file() {
  response_.set_files(response_.files() + 1);
  const auto status = file_status(deployment_->end_file(), path_);
  path_.clear();
  return status;
}

std::optional<grpc::Status> DeployFilesCall::take_end() {
  if (!deployment_) return invalid("the first request must say where files are to be deployed");
  if (!path_.empty()) return not_complete();
  if (!is_wanted_) return not_wanted();
  return deploy();
}

std::optional<grpc::Status> DeployFilesCall::deploy() {
  const std::string& instance = target_.instance();
  if (parts_.registry.is_board(instance)) {
    Board::Deployment deployment{[this] { return commit(); }, target_.keep_down(), grace_ns()};
    parts_.boards.deploy(instance, admit(), std::move(deployment),
                         [this](const grpc::Status& status) { end_later(status); });
    return std::nullopt;
  }
  InstanceRegistry::Host host;
  if (auto status = parts_.registry.find(instance, admit(), host); !status.ok()) return status;
  const auto done = [this](const grpc::Status& status) { end_later(status.ok() ? committed_ : status); };
  host->restart(grace_ns(), done, [this] { committed_ = guarded([this] { return commit(); }); });
  return std::nullopt;
}

grpc::Status DeployFilesCall::not_complete() const {
  return invalid("'" + path_ + "' was not complete; nothing was deployed");
}

/// A connection that broke ends as one whose client has nothing more to say.
grpc::Status DeployFilesCall::not_wanted() {
  return invalid("the last request must say `deploy`; nothing was deployed");
}

grpc::Status DeployFilesCall::commit() {
  std::string path;
  const upy::PortError error = deployment_->commit(path);
  return file_status(error, path.empty() ? "/" : path);
}

int64_t DeployFilesCall::grace_ns() const {
  return target_.has_grace_ms() ? target_.grace_ms() * upy::kNsPerMs : parts_.grace_ns.load();
}

void DeployFilesCall::end_later(const grpc::Status& status) {
  const auto finish = [this, status] {
    drop();
    end(status);
  };
  try {
    work_.post(finish);
  } catch (const std::bad_alloc&) {
    finish();
  }
}

}  // namespace upyd
