#include "upyclient/connection.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>

#include "grpc/health/v1/health.grpc.pb.h"
#include "upyclient/tls_files.h"
#include "upyd/v1/daemon.grpc.pb.h"
#include "upyd/v1/events.grpc.pb.h"
#include "upyd/v1/file.grpc.pb.h"
#include "upyd/v1/gpio.grpc.pb.h"
#include "upyd/v1/instance.grpc.pb.h"
#include "upyd/v1/log.grpc.pb.h"
#include "upyd/v1/script.grpc.pb.h"

namespace upyclient {
namespace {

using namespace upyd::v1;

std::shared_ptr<grpc::ChannelCredentials> credentials_for(const Host& host) {
  if (!host.address.is_tls()) return grpc::InsecureChannelCredentials();
  const TlsFiles files = read_tls_files(host);
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = files.ca;
  options.pem_private_key = files.key;
  options.pem_cert_chain = files.cert;
  return grpc::SslCredentials(options);
}

std::shared_ptr<grpc::Channel> open_channel(const Host& host) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);  // the map of a large heap and a large blob exceed gRPC's 4 MiB
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // After a restart of upyd it is soon found again.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_FRAME_SIZE, 512 << 10);  // files are long messages
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 1 << 20);
  return grpc::CreateCustomChannel(host.address.grpc_target(), credentials_for(host), arguments);
}

}  // namespace

/// The stubs of all services, and how a call goes through them.
struct Connection::Stubs {
  const Host& host;  // the connection's
  const std::chrono::milliseconds timeout;
  const std::shared_ptr<grpc::Channel> channel = open_channel(host);
  InstanceService::Stub instances{channel};
  ScriptService::Stub scripts{channel};
  GpioService::Stub gpio{channel};
  EventService::Stub events{channel};
  LogService::Stub logs{channel};
  FileService::Stub files{channel};
  DaemonService::Stub daemon{channel};
  grpc::health::v1::Health::Stub health{channel};

  /// Makes a unary call.
  template <typename Stub, typename Request, typename Response>
  Response call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + timeout);
    return call(context, stub, method, request);
  }

  /// The same of one that may take long.
  template <typename Stub, typename Request, typename Response>
  Response call_without_timeout(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) {
    grpc::ClientContext context;
    return call(context, stub, method, request);
  }

  template <typename Stub, typename Request, typename Response>
  Response call(grpc::ClientContext& context, Stub& stub,
                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), const Request& request) {
    Response response;
    grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) throw error_of(status, host);
    return response;
  }

  /// Begins a call whose responses are a stream.
  template <typename Stream, typename Stub, typename Request, typename Response>
  Stream begin(Stub& stub,
               std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*, const Request&),
               const Request& request) {
    auto context = std::make_unique<grpc::ClientContext>();
    auto reader = (stub.*method)(context.get(), request);
    return Stream(host, std::move(context), std::move(reader));
  }
};

Connection::Connection(Host host, std::chrono::milliseconds timeout)
    : host_(std::move(host)), stubs_(new Stubs{host_, timeout}) {}

Connection::Connection(upyd::Address address, std::chrono::milliseconds timeout)
    : Connection(Host{.address = std::move(address), .ca = "", .cert = "", .key = ""}, timeout) {}

Connection::~Connection() = default;

Instance Connection::create_instance(const CreateInstanceRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::CreateInstance, request);
}

ListInstancesResponse Connection::list_instances(const ListInstancesRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::ListInstances, request);
}

Instance Connection::get_instance(const GetInstanceRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::GetInstance, request);
}

DeleteInstanceResponse Connection::delete_instance(const DeleteInstanceRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::DeleteInstance, request);
}

Instance Connection::start_instance(const StartInstanceRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::StartInstance, request);
}

Instance Connection::stop_instance(const StopInstanceRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::StopInstance, request);
}

Instance Connection::restart_instance(const RestartInstanceRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::RestartInstance, request);
}

Instance Connection::update_instance(const UpdateInstanceRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::UpdateInstance, request);
}

MemInfo Connection::get_mem_info(const GetMemInfoRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::GetMemInfo, request);
}

QstrInfo Connection::get_qstr_info(const GetQstrInfoRequest& request) {
  return stubs_->call(stubs_->instances, &InstanceService::Stub::GetQstrInfo, request);
}

CompileResponse Connection::compile(const CompileRequest& request) {
  return stubs_->call(stubs_->scripts, &ScriptService::Stub::Compile, request);
}

RunStream Connection::run(const RunRequest& request) {
  return stubs_->begin<RunStream>(stubs_->scripts, &ScriptService::Stub::Run, request);
}

RunWithInputStream Connection::run_with_input(const RunRequest& request) {
  auto context = std::make_unique<grpc::ClientContext>();
  auto call = stubs_->scripts.RunWithInput(context.get());
  RunWithInputRequest first;
  *first.mutable_run() = request;
  call->Write(first);
  return RunWithInputStream(host_, std::move(context), std::move(call));
}

ConsoleStream Connection::console(const ConsoleRequest& first) {
  auto context = std::make_unique<grpc::ClientContext>();
  auto call = stubs_->scripts.Console(context.get());
  call->Write(first);
  return ConsoleStream(host_, std::move(context), std::move(call));
}

InterruptResponse Connection::interrupt(const InterruptRequest& request) {
  return stubs_->call(stubs_->scripts, &ScriptService::Stub::Interrupt, request);
}

WaitForRunResponse Connection::wait_for_run(const WaitForRunRequest& request) {
  return stubs_->call_without_timeout(stubs_->scripts, &ScriptService::Stub::WaitForRun, request);
}

ListChipsResponse Connection::list_chips(const ListChipsRequest& request) {
  return stubs_->call(stubs_->gpio, &GpioService::Stub::ListChips, request);
}

ListLinesResponse Connection::list_lines(const ListLinesRequest& request) {
  return stubs_->call(stubs_->gpio, &GpioService::Stub::ListLines, request);
}

DriveLinesResponse Connection::drive_lines(const DriveLinesRequest& request) {
  return stubs_->call(stubs_->gpio, &GpioService::Stub::DriveLines, request);
}

EdgeStream Connection::monitor_lines(const MonitorLinesRequest& request) {
  return stubs_->begin<EdgeStream>(stubs_->gpio, &GpioService::Stub::MonitorLines, request);
}

WatchStream Connection::watch_events(const WatchEventsRequest& request) {
  return stubs_->begin<WatchStream>(stubs_->events, &EventService::Stub::WatchEvents, request);
}

LogStream Connection::read_log(const ReadLogRequest& request) {
  return stubs_->begin<LogStream>(stubs_->logs, &LogService::Stub::ReadLog, request);
}

ListStream Connection::list_files(const ListFilesRequest& request) {
  return stubs_->begin<ListStream>(stubs_->files, &FileService::Stub::ListFiles, request);
}

FileInfo Connection::stat_file(const StatFileRequest& request) {
  return stubs_->call(stubs_->files, &FileService::Stub::StatFile, request);
}

ReadStream Connection::read_file(const ReadFileRequest& request) {
  return stubs_->begin<ReadStream>(stubs_->files, &FileService::Stub::ReadFile, request);
}

FileWriter Connection::write_file(const WriteFileRequest::Target& target) {
  auto context = std::make_unique<grpc::ClientContext>();
  auto written = std::make_unique<FileInfo>();
  auto call = stubs_->files.WriteFile(context.get(), written.get());
  WriteFileRequest request;
  *request.mutable_target() = target;
  call->Write(request);  // if that fails, what comes next tells why
  return FileWriter(host_, std::move(context), std::move(written), std::move(call));
}

FileDeployer Connection::deploy_files(const DeployFilesRequest::Target& target) {
  auto context = std::make_unique<grpc::ClientContext>();
  auto deployed = std::make_unique<DeployFilesResponse>();
  auto call = stubs_->files.DeployFiles(context.get(), deployed.get());
  DeployFilesRequest request;
  *request.mutable_target() = target;
  call->Write(request);  // if that fails, what comes next tells why
  return FileDeployer(host_, std::move(context), std::move(deployed), std::move(call));
}

MakeDirectoryResponse Connection::make_directory(const MakeDirectoryRequest& request) {
  return stubs_->call(stubs_->files, &FileService::Stub::MakeDirectory, request);
}

RenameFileResponse Connection::rename_file(const RenameFileRequest& request) {
  return stubs_->call(stubs_->files, &FileService::Stub::RenameFile, request);
}

RemoveFileResponse Connection::remove_file(const RemoveFileRequest& request) {
  return stubs_->call_without_timeout(stubs_->files, &FileService::Stub::RemoveFile, request);
}

DiskUsage Connection::get_disk_usage(const GetDiskUsageRequest& request) {
  return stubs_->call(stubs_->files, &FileService::Stub::GetDiskUsage, request);
}

HashFileResponse Connection::hash_file(const HashFileRequest& request) {
  return stubs_->call_without_timeout(stubs_->files, &FileService::Stub::HashFile, request);
}

Status Connection::get_status(const GetStatusRequest& request) {
  return stubs_->call(stubs_->daemon, &DaemonService::Stub::GetStatus, request);
}

grpc::health::v1::HealthCheckResponse Connection::check_health(const grpc::health::v1::HealthCheckRequest& request) {
  return stubs_->call(stubs_->health, &grpc::health::v1::Health::Stub::Check, request);
}

}  // namespace upyclient
