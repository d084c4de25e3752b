#include "rpc/list_files_call.h"

#include <cerrno>

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
    if (!is_last) tell_entry(entry, piece);
  }
  return {};
}

/// What is gone since it was listed is passed over. What can't be looked at is told all the same: who copies a tree may
/// not take a part of it for the whole.
void ListFilesCall::tell_entry(const upy::DirectoryEntry& entry, v1::ListFilesResponse& piece) {
  upy::FileStatus status;
  const PortError error = files().stat(path() + '/' + entry.name, status);
  if (error.number == ENOENT) return;
  if (error) status = {.mode = entry.kind};
  tell(entry.name, status, *piece.add_files());
}

PortError ListFilesCall::open(v1::ListFilesResponse& piece) {
  upy::FileStatus status;
  if (auto error = files().stat(path(), status)) return error;
  if (S_ISDIR(status.mode)) return files().open_directory(path(), DescriptorUse::Client, directory_);
  tell(name_in(path()), status, *piece.add_files());
  return {};
}

}  // namespace upyd
