#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "instances/instance_registry.h"
#include "rpc/upload_call.h"
#include "supervisor/boards.h"
#include "upyd/v1/file.pb.h"

namespace upyd {

/// A call of FileService.DeployFiles. Once all files are there, they become part of the tree while the instance is
/// being restarted, when the old interpreter is gone and the new one is yet to be made.
class DeployFilesCall final : public UploadCall<v1::DeployFilesRequest> {
 public:
  /// What it needs of the daemon; must outlive it.
  struct Parts {
    const FileWork& work;
    const InstanceRegistry& registry;
    Boards& boards;
    const std::atomic<int64_t>& grace_ns;  ///< what a script gets, if the client does not say
  };

  /// Waits for the first request; the answer belongs to gRPC.
  static DeployFilesCall* start(const Parts& parts, v1::DeployFilesResponse& response);

 private:
  DeployFilesCall(const Parts& parts, v1::DeployFilesResponse& response)
      : UploadCall(parts.work), parts_(parts), response_(response) {}
  grpc::Status take(const v1::DeployFilesRequest& request) override;
  bool is_last(const v1::DeployFilesRequest&) const override { return false; }
  std::optional<grpc::Status> take_end() override;
  void drop() override { deployment_.reset(); }
  grpc::Status begin(const v1::DeployFilesRequest& request);
  grpc::Status begin_file(const std::string& path);
  grpc::Status add(const std::string& bytes);
  grpc::Status end_file();
  grpc::Status not_complete() const;
  static grpc::Status not_wanted();
  grpc::Status commit();
  /// Has the files take their place, while the instance is being restarted or is down. Nothing: the call ends later.
  std::optional<grpc::Status> deploy();
  int64_t grace_ns() const;
  InstanceRegistry::Admit admit() const { return parts_.work.admit(wanted()); }
  /// Ends the call, where files are worked on: there may be many to remove.
  void end_later(const grpc::Status& status);

  const Parts& parts_;
  v1::DeployFilesResponse& response_;
  v1::DeployFilesRequest::Target target_;
  std::shared_ptr<FileView> files_;
  std::unique_ptr<Deployment> deployment_;  // from the first request on
  std::set<std::string> paths_;             // of all files so far
  std::string path_;                        // of the file whose bytes come; empty: none
  bool is_wanted_ = false;                  // the client has sent all, and said so
  grpc::Status committed_;                  // of an instance that is not persistent
};

}  // namespace upyd
