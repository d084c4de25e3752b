#pragma once

#include "rpc/deploy_files_call.h"
#include "rpc/file_work.h"
#include "upyd/v1/file.grpc.pb.h"

namespace upyd {

/// upyd.v1.FileService: what it does, FileTree does.
class FileService final : public v1::FileService::CallbackService {
 public:
  FileService(std::shared_ptr<const Access> access, InstanceRegistry& registry, Boards& boards, asio::thread_pool& pool,
              const std::atomic<int64_t>& grace_ns)
      : access_(std::move(access)), work_(access_, registry, pool), deploy_parts_{work_, registry, boards, grace_ns} {}

  grpc::ServerWriteReactor<v1::ListFilesResponse>* ListFiles(grpc::CallbackServerContext* context,
                                                             const v1::ListFilesRequest* request) override;
  grpc::ServerUnaryReactor* StatFile(grpc::CallbackServerContext* context, const v1::StatFileRequest* request,
                                     v1::FileInfo* response) override;
  grpc::ServerWriteReactor<v1::ReadFileResponse>* ReadFile(grpc::CallbackServerContext* context,
                                                           const v1::ReadFileRequest* request) override;
  grpc::ServerReadReactor<v1::WriteFileRequest>* WriteFile(grpc::CallbackServerContext* context,
                                                           v1::FileInfo* response) override;
  grpc::ServerUnaryReactor* MakeDirectory(grpc::CallbackServerContext* context, const v1::MakeDirectoryRequest* request,
                                          v1::MakeDirectoryResponse* response) override;
  grpc::ServerUnaryReactor* RenameFile(grpc::CallbackServerContext* context, const v1::RenameFileRequest* request,
                                       v1::RenameFileResponse* response) override;
  grpc::ServerUnaryReactor* RemoveFile(grpc::CallbackServerContext* context, const v1::RemoveFileRequest* request,
                                       v1::RemoveFileResponse* response) override;
  grpc::ServerUnaryReactor* GetDiskUsage(grpc::CallbackServerContext* context, const v1::GetDiskUsageRequest* request,
                                         v1::DiskUsage* response) override;
  grpc::ServerUnaryReactor* HashFile(grpc::CallbackServerContext* context, const v1::HashFileRequest* request,
                                     v1::HashFileResponse* response) override;
  grpc::ServerReadReactor<v1::DeployFilesRequest>* DeployFiles(grpc::CallbackServerContext* context,
                                                               v1::DeployFilesResponse* response) override;

 private:
  /// Answers a call by what `act(files)` returns, which is done where files are worked on. `paths` are the request's.
  template <typename Act>
  grpc::ServerUnaryReactor* answer_at_work(grpc::CallbackServerContext& context,
                                           const google::protobuf::Message& request,
                                           std::initializer_list<const std::string*> paths, Act act);

  const std::shared_ptr<const Access> access_;
  const FileWork work_;
  const DeployFilesCall::Parts deploy_parts_;
};

}  // namespace upyd
