#pragma once

#include <memory>
#include <string>

#include "rpc/upload_call.h"
#include "upyd/v1/file.pb.h"

namespace upyd {

/// A call of FileService.WriteFile.
class WriteFileCall final : public UploadCall<v1::WriteFileRequest> {
 public:
  /// Waits for the first request; the answer belongs to gRPC.
  static WriteFileCall* start(const FileWork& work, v1::FileInfo& response);

 private:
  WriteFileCall(const FileWork& work, v1::FileInfo& response) : UploadCall(work), response_(response) {}
  grpc::Status take(const v1::WriteFileRequest& request) override;
  bool is_last(const v1::WriteFileRequest& request) const override { return request.has_complete(); }
  std::optional<grpc::Status> take_end() override;
  void drop() override { file_.reset(); }
  grpc::Status begin(const v1::WriteFileRequest& request);
  grpc::Status complete();

  v1::FileInfo& response_;
  std::shared_ptr<FileView> files_;
  std::string path_;
  std::unique_ptr<NewFile> file_;  // from the first request until it is complete
};

}  // namespace upyd
