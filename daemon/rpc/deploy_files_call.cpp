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
  InstanceRegistry::Host host;
  const auto found = parts_.registry.find(target_.instance(), admit(), host);
  if (found.error_code() == grpc::PERMISSION_DENIED) return found;
  if (!committed_ && host) {
    restart(host, [this] { committed_ = guarded([this] { return commit(); }); });
    return std::nullopt;
  }
  if (!committed_) committed_ = commit();
  return committed_->ok() ? start() : committed_;
}

/// It may have come up meanwhile, and run what was there before.
std::optional<grpc::Status> DeployFilesCall::start() {
  const auto done = [this](const grpc::Status& status) { end_later(status); };
  if (target_.keep_down()) {
    parts_.boards.restart_if_up(target_.instance(), admit(), grace_ns(), done);
  } else {
    parts_.boards.restart(target_.instance(), admit(), grace_ns(), done);
  }
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

void DeployFilesCall::restart(const InstanceRegistry::Host& host, Worker::Interlude interlude) {
  host->restart(
      grace_ns(), [this, host](const grpc::Status& status) { restarted(host, status); }, std::move(interlude));
}

void DeployFilesCall::restarted(const InstanceRegistry::Host& host, const grpc::Status& status) {
  const bool was_of_another = status.ok() && !committed_;
  if (was_of_another) return restart(host, nullptr);
  const bool is_board = parts_.registry.is_board(target_.instance());
  if (status.error_code() == grpc::ABORTED && is_board) {  // it goes down, be it to come up again
    return host->when_gone([this](const grpc::Status&) { go_on_later(); });
  }
  if (!status.ok() || !committed_->ok() || !is_board) return end_later(status.ok() ? *committed_ : status);
  parts_.boards.forgive(target_.instance(), admit(), [this](const grpc::Status&) { end_later(grpc::Status::OK); });
}

void DeployFilesCall::go_on_later() {
  const auto go_on = [this] {
    if (const auto status = deploy()) {
      drop();
      end(*status);
    }
  };
  try {
    work_.post(go_on);
  } catch (const std::bad_alloc&) {
    go_on();
  }
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
