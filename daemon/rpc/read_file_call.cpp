#include "rpc/read_file_call.h"

#include <fcntl.h>

namespace upyd {

using upy::PortError;

ReadFileCall* ReadFileCall::start(grpc::CallbackServerContext& context, const FileWork& work,
                                  const v1::ReadFileRequest& request) {
  auto* call = new ReadFileCall(context, work, request.path());
  call->begin(request);
  return call;
}

PortError ReadFileCall::make_piece(v1::ReadFileResponse& piece, bool& is_last) {
  constexpr size_t kPiece = 512u << 10;
  if (!file_) {
    if (auto error = open(piece)) return error;
  }
  std::string& data = *piece.mutable_data();
  data.resize(kPiece);
  size_t size = 0;
  const PortError error = file_->read(data.data(), data.size(), size);
  data.resize(size);
  is_last = size < kPiece;     // a regular file gives all that it has
  if (is_last) file_.reset();  // who has read it may replace it, and shall find its bytes given back
  return error;
}

PortError ReadFileCall::open(v1::ReadFileResponse& piece) {
  upy::FileStatus status;
  if (auto error = files().stat(path(), status)) return error;
  tell(name_in(path()), status, *piece.mutable_info());
  return files().open(path(), O_RDONLY, DescriptorUse::Client, file_);
}

}  // namespace upyd
