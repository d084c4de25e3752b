#pragma once

#include "rpc/piecewise_call.h"

namespace upyd {

/// A call of FileService.ListFiles.
class ListFilesCall final : public PiecewiseCall<v1::ListFilesResponse> {
 public:
  /// Begins it; the answer belongs to gRPC. Errors end the call.
  static ListFilesCall* start(grpc::CallbackServerContext& context, const FileWork& work,
                              const v1::ListFilesRequest& request);

 private:
  using PiecewiseCall::PiecewiseCall;
  upy::PortError make_piece(v1::ListFilesResponse& piece, bool& is_last) override;
  void drop() override { directory_.reset(); }
  upy::PortError open(v1::ListFilesResponse& piece);
  void tell_entry(const upy::DirectoryEntry& entry, v1::ListFilesResponse& piece);

  std::unique_ptr<upy::Directory> directory_;  // null before the first piece, and of a file
};

}  // namespace upyd
