#include "rpc/file_service.h"

#include <sys/statvfs.h>

#include <cerrno>

#include "access/access.h"
#include "rpc/answer.h"
#include "rpc/file_status.h"
#include "rpc/hash_file_call.h"
#include "rpc/list_files_call.h"
#include "rpc/read_file_call.h"
#include "rpc/services.h"
#include "rpc/write_file_call.h"

namespace upyd {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using upy::PortError;

PortError make_directories(FileView& files, const std::string& path) {
  for (size_t end = 0; end != std::string::npos;) {
    end = path.find('/', end + 1);
    const std::string above = path.substr(0, end);
    const PortError error = files.make_directory(above);
    if (error && error.number != EEXIST) return error;
  }
  upy::FileStatus status;
  if (auto error = files.stat(path, status)) return error;
  return S_ISDIR(status.mode) ? PortError{} : PortError{EEXIST};
}

PortError remove(FileView& files, const v1::RemoveFileRequest& request) {
  if (request.recursive()) return files.remove_all(request.path());
  const PortError error = files.remove(request.path());
  return error.number == EISDIR ? files.remove_directory(request.path()) : error;
}

PortError tell_usage(FileView& files, const std::string& path, v1::DiskUsage& usage) {
  upy::FileSystemStatus status;
  if (auto error = files.stat_file_system(path, status)) return error;
  usage.set_bytes_total(status.blocks * status.fragment_size);
  usage.set_bytes_used((status.blocks - status.free_blocks) * status.fragment_size);
  usage.set_files_total(status.files);
  usage.set_files_used(status.files - status.free_files);
  usage.set_mounted_at(files.mount_point(path));
  usage.set_read_only(status.flags & ST_RDONLY);
  return {};
}

}  // namespace

template <typename Act>
ServerUnaryReactor* FileService::answer_at_work(CallbackServerContext& context,
                                                const google::protobuf::Message& request,
                                                std::initializer_list<const std::string*> paths, Act act) {
  ServerUnaryReactor* reactor = context.DefaultReactor();
  const auto status = guarded([&] {
    if (auto room = check_room(context, *access_); !room.ok()) return room;
    std::shared_ptr<FileView> files;
    std::unique_ptr<FileWork::Place> place;
    for (const std::string* path : paths) {
      if (auto checked = check_path(*path); !checked.ok()) return checked;
    }
    if (auto begun = work_.begin(request, files, place); !begun.ok()) return begun;
    work_.post([reactor, files = std::move(files), place = std::move(place), act = std::move(act)]() mutable {
      const auto done = guarded([&] { return act(*files); });
      place.reset();
      reactor->Finish(done);
    });
    return grpc::Status::OK;
  });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

ServerUnaryReactor* FileService::StatFile(CallbackServerContext* context, const v1::StatFileRequest* request,
                                          v1::FileInfo* response) {
  return answer_at_work(*context, *request, {&request->path()}, [request, response](FileView& files) {
    upy::FileStatus status;
    const PortError error = files.stat(request->path(), status);
    tell(name_in(request->path()), status, *response);
    return file_status(error, request->path());
  });
}

ServerUnaryReactor* FileService::MakeDirectory(CallbackServerContext* context, const v1::MakeDirectoryRequest* request,
                                               v1::MakeDirectoryResponse*) {
  return answer_at_work(*context, *request, {&request->path()}, [request](FileView& files) {
    const std::string& path = request->path();
    return file_status(request->parents() ? make_directories(files, path) : files.make_directory(path), path);
  });
}

ServerUnaryReactor* FileService::RenameFile(CallbackServerContext* context, const v1::RenameFileRequest* request,
                                            v1::RenameFileResponse*) {
  return answer_at_work(*context, *request, {&request->from(), &request->to()}, [request](FileView& files) {
    return file_status(files.rename(request->from(), request->to()), request->from());
  });
}

ServerUnaryReactor* FileService::RemoveFile(CallbackServerContext* context, const v1::RemoveFileRequest* request,
                                            v1::RemoveFileResponse*) {
  return answer_at_work(*context, *request, {&request->path()},
                        [request](FileView& files) { return file_status(remove(files, *request), request->path()); });
}

ServerUnaryReactor* FileService::GetDiskUsage(CallbackServerContext* context, const v1::GetDiskUsageRequest* request,
                                              v1::DiskUsage* response) {
  return answer_at_work(*context, *request, {&request->path()}, [request, response](FileView& files) {
    return file_status(tell_usage(files, request->path(), *response), request->path());
  });
}

ServerUnaryReactor* FileService::HashFile(CallbackServerContext* context, const v1::HashFileRequest* request,
                                          v1::HashFileResponse* response) {
  return start_call<ServerUnaryReactor>(*context, *access_,
                                        [&] { return HashFileCall::start(work_, *request, *response); });
}

grpc::ServerWriteReactor<v1::ListFilesResponse>* FileService::ListFiles(CallbackServerContext* context,
                                                                        const v1::ListFilesRequest* request) {
  return start_call<grpc::ServerWriteReactor<v1::ListFilesResponse>>(
      *context, *access_, [&] { return ListFilesCall::start(*context, work_, *request); });
}

grpc::ServerWriteReactor<v1::ReadFileResponse>* FileService::ReadFile(CallbackServerContext* context,
                                                                      const v1::ReadFileRequest* request) {
  return start_call<grpc::ServerWriteReactor<v1::ReadFileResponse>>(
      *context, *access_, [&] { return ReadFileCall::start(*context, work_, *request); });
}

grpc::ServerReadReactor<v1::WriteFileRequest>* FileService::WriteFile(CallbackServerContext* context,
                                                                      v1::FileInfo* response) {
  return start_call<grpc::ServerReadReactor<v1::WriteFileRequest>>(
      *context, *access_, [&] { return WriteFileCall::start(work_, *response); });
}

grpc::ServerReadReactor<v1::DeployFilesRequest>* FileService::DeployFiles(CallbackServerContext* context,
                                                                          v1::DeployFilesResponse* response) {
  return start_call<grpc::ServerReadReactor<v1::DeployFilesRequest>>(
      *context, *access_, [&] { return DeployFilesCall::start(deploy_parts_, *response); });
}

std::shared_ptr<grpc::Service> make_file_service(std::shared_ptr<const Access> access, InstanceRegistry& registry,
                                                 Boards& boards, asio::thread_pool& pool,
                                                 const std::atomic<int64_t>& grace_ns) {
  return std::make_shared<FileService>(std::move(access), registry, boards, pool, grace_ns);
}

}  // namespace upyd
