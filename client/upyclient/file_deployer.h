#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "upyd/address.h"
#include "upyd/v1/file.pb.h"

namespace grpc {  // as in stream.h
class ClientContext;
template <typename Request>
class ClientWriter;
}  // namespace grpc

namespace upyclient {

/// Files that are being deployed: see FileService.DeployFiles. Destroyed before it is complete, it changes nothing. One
/// thread. Functions throw Error if the call has failed.
class FileDeployer {
 public:
  using Call = grpc::ClientWriter<upyd::v1::DeployFilesRequest>;

  /// Takes a call that was begun with `context`, which is to answer `deployed`; its first request is on its way.
  FileDeployer(upyd::Address address, std::unique_ptr<grpc::ClientContext> context,
               std::unique_ptr<upyd::v1::DeployFilesResponse> deployed, std::unique_ptr<Call> call);
  ~FileDeployer();
  FileDeployer(FileDeployer&&);
  FileDeployer& operator=(FileDeployer&&) = delete;

  /// A further file, once the one before has ended.
  void begin_file(const std::string& path);
  /// Sends bytes of it; waits while the daemon has more than it can take.
  void write(std::string_view bytes);
  void end_file();
  /// Those were all: returns when they are part of the tree, and the instance has been restarted.
  upyd::v1::DeployFilesResponse complete();

 private:
  void send(const upyd::v1::DeployFilesRequest& request);
  /// The end of the call: throws if it failed.
  void finish();

  upyd::Address address_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<upyd::v1::DeployFilesResponse> deployed_;
  std::unique_ptr<Call> call_;  // null when it is over
};

}  // namespace upyclient
