#pragma once

#include <grpcpp/support/server_callback.h>
#include <nettle/sha2.h>

#include <atomic>

#include "rpc/file_work.h"
#include "upyd/v1/file.pb.h"

namespace upyd {

/// A call of FileService.HashFile. It reads piece by piece, so that others come between. The call owns itself until
/// gRPC is done with it.
class HashFileCall final : public grpc::ServerUnaryReactor {
 public:
  /// Begins it; the answer belongs to gRPC. Errors end the call.
  static HashFileCall* start(const FileWork& work, const v1::HashFileRequest& request, v1::HashFileResponse& response);

  void OnCancel() override { is_cancelled_ = true; }
  void OnDone() override { delete this; }

 private:
  HashFileCall(const FileWork& work, std::string path, v1::HashFileResponse& response)
      : work_(work), path_(std::move(path)), response_(response) {
    sha256_init(&hash_);
  }
  void begin(const v1::HashFileRequest& request);
  void go_on();
  void work();
  grpc::Status hash_piece();

  const FileWork& work_;
  const std::string path_;
  Wanted wanted_;
  v1::HashFileResponse& response_;
  std::shared_ptr<FileView> files_;
  std::unique_ptr<FileWork::Place> place_;
  std::unique_ptr<upy::File> file_;
  sha256_ctx hash_;
  bool is_complete_ = false;
  std::atomic<bool> is_cancelled_ = false;
};

}  // namespace upyd
