#pragma once

#include "rpc/piecewise_call.h"

namespace upyd {

/// A call of FileService.ReadFile.
class ReadFileCall final : public PiecewiseCall<v1::ReadFileResponse> {
 public:
  /// Begins it; the answer belongs to gRPC. Errors end the call.
  static ReadFileCall* start(grpc::CallbackServerContext& context, const FileWork& work,
                             const v1::ReadFileRequest& request);

 private:
  using PiecewiseCall::PiecewiseCall;
  upy::PortError make_piece(v1::ReadFileResponse& piece, bool& is_last) override;
  void drop() override { file_.reset(); }
  upy::PortError open(v1::ReadFileResponse& piece);

  std::unique_ptr<upy::File> file_;  // null before the first piece
};

}  // namespace upyd
