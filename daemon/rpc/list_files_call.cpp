#include "rpc/list_files_call.h"

namespace upyd {

using upy::PortError;

ListFilesCall* ListFilesCall::start(grpc::CallbackServerContext& context, const FileWork& work,
                                    const v1::ListFilesRequest& request) {
  auto* call = new ListFilesCall(context, work, request.path());
  call->begin(request);
  return call;
}

PortError ListFilesCall::make_piece(v1::ListFilesResponse& piece, bool& is_last) {
  constexpr int kMostEntries = 1000;  // some ten milliseconds' work
  if (!directory_) {
    if (auto error = open(piece)) return error;
    is_last = !directory_;
  }
  while (!is_last && piece.files_size() < kMostEntries) {
    upy::DirectoryEntry entry;
    if (auto error = directory_->next(entry)) return error;
    is_last = entry.name.empty();
    upy::FileStatus status;
    // What is gone since it was listed, or can't be looked at, is passed over.
    if (!is_last && !files().stat(path() + '/' + entry.name, status)) tell(entry.name, status, *piece.add_files());
  }
  return {};
}

PortError ListFilesCall::open(v1::ListFilesResponse& piece) {
  upy::FileStatus status;
  if (auto error = files().stat(path(), status)) return error;
  if (S_ISDIR(status.mode)) return files().open_directory(path(), DescriptorUse::Client, directory_);
  tell(name_in(path()), status, *piece.add_files());
  return {};
}

}  // namespace upyd
