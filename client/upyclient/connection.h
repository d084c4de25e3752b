#pragma once

#include <chrono>
#include <memory>

#include "grpc/health/v1/health.pb.h"
#include "upyclient/error.h"
#include "upyclient/event_stream.h"
#include "upyclient/file_deployer.h"
#include "upyclient/file_writer.h"
#include "upyclient/host.h"
#include "upyclient/stream.h"
#include "upyd/v1/daemon.pb.h"
#include "upyd/v1/events.pb.h"
#include "upyd/v1/file.pb.h"
#include "upyd/v1/gpio.pb.h"
#include "upyd/v1/instance.pb.h"
#include "upyd/v1/log.pb.h"
#include "upyd/v1/script.pb.h"

namespace upyclient {

using EdgeStream = Stream<upyd::v1::MonitorLinesResponse>;
using LogStream = Stream<upyd::v1::ReadLogResponse>;
using ListStream = Stream<upyd::v1::ListFilesResponse>;
using ReadStream = Stream<upyd::v1::ReadFileResponse>;
using WatchStream = Stream<upyd::v1::WatchEventsResponse>;

/// A connection to an upyd: one function for each call of its API, named after it. upyd/v1/*.proto documents what each
/// does, what its fields mean and what it fails with.
///
///     upyclient::Connection upyd(upyd::Address::default_for_client());
///     upyd::v1::RunRequest request;
///     request.mutable_own();
///     request.set_source("print(6 * 7)");
///     upyclient::RunStream run = upyd.run(request);
///     for (upyd::v1::RunEvent event; run.read(event);) { … }
///
/// It connects with the first call, and again when the daemon was away. Every function may be called from any thread,
/// by several at a time. All but those that return a stream wait for the answer and throw Error if the call fails;
/// those return at once, and the stream tells.
class Connection {
 public:
  /// How long a call may wait for its answer, streams aside.
  static constexpr std::chrono::seconds kDefaultTimeout{30};

  /// By TLS the host's files are read now: throws Error where they can't be used.
  explicit Connection(Host host, std::chrono::milliseconds timeout = kDefaultTimeout);
  explicit Connection(upyd::Address address, std::chrono::milliseconds timeout = kDefaultTimeout);
  ~Connection();

  const upyd::Address& address() const { return host_.address; }

  upyd::v1::Instance create_instance(const upyd::v1::CreateInstanceRequest& request);
  upyd::v1::ListInstancesResponse list_instances(const upyd::v1::ListInstancesRequest& request = {});
  upyd::v1::Instance get_instance(const upyd::v1::GetInstanceRequest& request);
  upyd::v1::DeleteInstanceResponse delete_instance(const upyd::v1::DeleteInstanceRequest& request);
  upyd::v1::Instance start_instance(const upyd::v1::StartInstanceRequest& request);
  upyd::v1::Instance stop_instance(const upyd::v1::StopInstanceRequest& request);
  upyd::v1::Instance restart_instance(const upyd::v1::RestartInstanceRequest& request);
  upyd::v1::Instance update_instance(const upyd::v1::UpdateInstanceRequest& request);
  upyd::v1::MemInfo get_mem_info(const upyd::v1::GetMemInfoRequest& request);
  upyd::v1::QstrInfo get_qstr_info(const upyd::v1::GetQstrInfoRequest& request);

  upyd::v1::CompileResponse compile(const upyd::v1::CompileRequest& request);
  RunStream run(const upyd::v1::RunRequest& request);
  RunWithInputStream run_with_input(const upyd::v1::RunRequest& request);
  ConsoleStream console(const upyd::v1::ConsoleRequest& first);
  upyd::v1::InterruptResponse interrupt(const upyd::v1::InterruptRequest& request);
  /// Takes as long as the run: it has no timeout.
  upyd::v1::WaitForRunResponse wait_for_run(const upyd::v1::WaitForRunRequest& request);

  upyd::v1::ListChipsResponse list_chips(const upyd::v1::ListChipsRequest& request = {});
  upyd::v1::ListLinesResponse list_lines(const upyd::v1::ListLinesRequest& request = {});
  upyd::v1::DriveLinesResponse drive_lines(const upyd::v1::DriveLinesRequest& request);
  EdgeStream monitor_lines(const upyd::v1::MonitorLinesRequest& request);

  WatchStream watch_events(const upyd::v1::WatchEventsRequest& request = {});

  LogStream read_log(const upyd::v1::ReadLogRequest& request);

  ListStream list_files(const upyd::v1::ListFilesRequest& request);
  upyd::v1::FileInfo stat_file(const upyd::v1::StatFileRequest& request);
  ReadStream read_file(const upyd::v1::ReadFileRequest& request);
  FileWriter write_file(const upyd::v1::WriteFileRequest::Target& target);
  FileDeployer deploy_files(const upyd::v1::DeployFilesRequest::Target& target);
  upyd::v1::MakeDirectoryResponse make_directory(const upyd::v1::MakeDirectoryRequest& request);
  upyd::v1::RenameFileResponse rename_file(const upyd::v1::RenameFileRequest& request);
  /// Takes as long as there is to remove: it has no timeout.
  upyd::v1::RemoveFileResponse remove_file(const upyd::v1::RemoveFileRequest& request);
  upyd::v1::DiskUsage get_disk_usage(const upyd::v1::GetDiskUsageRequest& request);
  /// Takes as long as the file is: it has no timeout.
  upyd::v1::HashFileResponse hash_file(const upyd::v1::HashFileRequest& request);

  upyd::v1::Status get_status(const upyd::v1::GetStatusRequest& request = {});
  grpc::health::v1::HealthCheckResponse check_health(const grpc::health::v1::HealthCheckRequest& request = {});

 private:
  struct Stubs;  // gRPC's side

  const Host host_;
  std::unique_ptr<Stubs> stubs_;
};

}  // namespace upyclient
