#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <mutex>
#include <string>

#include "rpc/file_work.h"
#include "upyd/v1/file.pb.h"

namespace upyd {

/// A call of FileService.WriteFile. What the client sends is taken where files are worked on, while the next request
/// comes in; a client that is faster than the disk waits. The call owns itself until gRPC is done with it.
class WriteFileCall final : public grpc::ServerReadReactor<v1::WriteFileRequest> {
 public:
  /// Waits for the first request; the answer belongs to gRPC.
  static WriteFileCall* start(const FileWork& work, v1::FileInfo& response);

  void OnReadDone(bool ok) override;
  void OnDone() override { delete this; }

 private:
  WriteFileCall(const FileWork& work, v1::FileInfo& response) : work_(work), response_(response) {}
  /// Ends the call, or has the request that has come taken.
  void go_on(std::unique_lock<std::mutex>& lock, grpc::Status status);
  /// Has the request that has come taken, and reads the next; under the lock.
  grpc::Status take_next();
  void take_request();
  grpc::Status take(const v1::WriteFileRequest& request);
  grpc::Status begin(const v1::WriteFileRequest::Target& target);
  grpc::Status complete();

  const FileWork& work_;
  v1::FileInfo& response_;
  v1::WriteFileRequest coming_;  // being read, or come
  std::mutex mutex_;             // guards what follows
  bool has_come_ = false;        // and waits to be taken
  bool is_at_end_ = false;       // no further request comes
  bool is_taking_ = false;
  bool is_over_ = false;  // the end of the call is on its way

  // Of who takes.
  v1::WriteFileRequest taken_;
  bool is_taken_end_ = false;  // in place of a request
  std::shared_ptr<FileView> files_;
  std::unique_ptr<FileWork::Place> place_;
  std::string path_;
  std::unique_ptr<NewFile> file_;  // from the first request until it is complete
  bool is_complete_ = false;
};

}  // namespace upyd
