#include "upyclient/upload.h"

#include <grpcpp/client_context.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <utility>

#include "upyclient/error.h"
#include "upyd/v1/file.pb.h"

namespace upyclient {

using namespace upyd::v1;

template <typename Request, typename Response>
Upload<Request, Response>::Upload(Host host, std::unique_ptr<grpc::ClientContext> context,
                                  std::unique_ptr<Response> response, std::unique_ptr<Call> call)
    : host_(std::move(host)), context_(std::move(context)), response_(std::move(response)), call_(std::move(call)) {}

template <typename Request, typename Response>
Upload<Request, Response>::Upload(Upload&&) noexcept = default;

template <typename Request, typename Response>
Upload<Request, Response>::~Upload() {
  if (!call_) return;
  context_->TryCancel();
  call_->Finish();
}

template <typename Request, typename Response>
void Upload<Request, Response>::write(std::string_view bytes) {
  constexpr size_t kPiece = 512u << 10;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kPiece))) {
    const std::string_view piece = bytes.substr(0, kPiece);
    piece_.set_data(piece.data(), piece.size());
    send(piece_);
  }
}

template <typename Request, typename Response>
void Upload<Request, Response>::cancel() {
  context_->TryCancel();
}

template <typename Request, typename Response>
void Upload<Request, Response>::send(const Request& request) {
  if (!call_ || !call_->Write(request)) end();
}

template <typename Request, typename Response>
Response Upload<Request, Response>::finish() {
  if (call_) call_->WritesDone();
  end();
  return std::move(*response_);
}

template <typename Request, typename Response>
void Upload<Request, Response>::end() {
  if (!call_) throw Error(grpc::StatusCode::CANCELLED, "nothing is being sent any more");
  const grpc::Status status = std::exchange(call_, nullptr)->Finish();
  if (!status.ok()) throw error_of(status, host_);
}

template class Upload<WriteFileRequest, FileInfo>;
template class Upload<DeployFilesRequest, DeployFilesResponse>;

}  // namespace upyclient
