#include "upyclient/file_writer.h"

#include <grpcpp/client_context.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <utility>

#include "upyclient/error.h"

namespace upyclient {

using namespace upyd::v1;

FileWriter::FileWriter(upyd::Address address, std::unique_ptr<grpc::ClientContext> context,
                       std::unique_ptr<FileInfo> written, std::unique_ptr<Call> call)
    : address_(std::move(address)),
      context_(std::move(context)),
      written_(std::move(written)),
      call_(std::move(call)) {}

FileWriter::FileWriter(FileWriter&&) noexcept = default;

FileWriter::~FileWriter() {
  if (!call_) return;
  context_->TryCancel();
  call_->Finish();
}

void FileWriter::write(std::string_view bytes) {
  constexpr size_t kPiece = 512u << 10;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kPiece))) {
    const std::string_view piece = bytes.substr(0, kPiece);
    piece_.set_data(piece.data(), piece.size());
    send(piece_);
  }
}

void FileWriter::cancel() { context_->TryCancel(); }

FileInfo FileWriter::complete() {
  WriteFileRequest request;
  request.set_complete(true);
  send(request);
  finish();
  return *written_;
}

void FileWriter::send(const WriteFileRequest& request) {
  if (!call_) throw Error(grpc::StatusCode::CANCELLED, "the file is not being written any more");
  if (!call_->Write(request)) finish();
}

void FileWriter::finish() {
  const grpc::Status status = std::exchange(call_, nullptr)->Finish();
  if (!status.ok()) throw error_of(status, address_);
}

}  // namespace upyclient
