#include "upyclient/file_deployer.h"

#include <grpcpp/client_context.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <utility>

#include "upyclient/error.h"

namespace upyclient {

using namespace upyd::v1;

FileDeployer::FileDeployer(upyd::Address address, std::unique_ptr<grpc::ClientContext> context,
                           std::unique_ptr<DeployFilesResponse> deployed, std::unique_ptr<Call> call)
    : address_(std::move(address)),
      context_(std::move(context)),
      deployed_(std::move(deployed)),
      call_(std::move(call)) {}

FileDeployer::FileDeployer(FileDeployer&&) = default;

FileDeployer::~FileDeployer() {
  if (!call_) return;
  context_->TryCancel();
  call_->Finish();
}

void FileDeployer::begin_file(const std::string& path) {
  DeployFilesRequest request;
  request.set_file(path);
  send(request);
}

void FileDeployer::write(std::string_view bytes) {
  constexpr size_t kPiece = 512u << 10;
  DeployFilesRequest request;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kPiece))) {
    const std::string_view piece = bytes.substr(0, kPiece);
    request.set_data(piece.data(), piece.size());
    send(request);
  }
}

void FileDeployer::end_file() {
  DeployFilesRequest request;
  request.set_complete(true);
  send(request);
}

DeployFilesResponse FileDeployer::complete() {
  DeployFilesRequest request;
  request.set_deploy(true);
  send(request);
  if (call_) call_->WritesDone();
  finish();
  return *deployed_;
}

void FileDeployer::send(const DeployFilesRequest& request) {
  if (!call_ || !call_->Write(request)) finish();
}

void FileDeployer::finish() {
  if (!call_) throw Error(grpc::StatusCode::CANCELLED, "the files are not being deployed any more");
  const grpc::Status status = std::exchange(call_, nullptr)->Finish();
  if (!status.ok()) throw error_of(status, address_);
}

}  // namespace upyclient
