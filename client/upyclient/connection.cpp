#include "upyclient/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>

namespace upyclient {
namespace {

using namespace upyd::v1;

std::shared_ptr<grpc::Channel> open_channel(const upyd::Address& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);  // the map of a large heap and a large blob exceed gRPC's 4 MiB
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address.grpc_target(), grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

Connection::Connection(upyd::Address address, std::chrono::milliseconds patience)
    : address_(std::move(address)),
      patience_(patience),
      channel_(open_channel(address_)),
      instances_(channel_),
      scripts_(channel_),
      gpio_(channel_),
      events_(channel_),
      daemon_(channel_),
      health_(channel_) {}

template <typename Stub, typename Request, typename Response>
Response Connection::call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                          const Request& request) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + patience_);
  Response response;
  grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) throw error_of(status, address_);
  return response;
}

template <typename Stream, typename Stub, typename Request, typename Response>
Stream Connection::begin(Stub& stub,
                         std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*,
                                                                                       const Request&),
                         const Request& request) {
  auto context = std::make_unique<grpc::ClientContext>();
  auto reader = (stub.*method)(context.get(), request);
  return Stream(address_, std::move(context), std::move(reader));
}

Instance Connection::create_instance(const CreateInstanceRequest& request) {
  return call(instances_, &InstanceService::Stub::CreateInstance, request);
}

ListInstancesResponse Connection::list_instances(const ListInstancesRequest& request) {
  return call(instances_, &InstanceService::Stub::ListInstances, request);
}

Instance Connection::get_instance(const GetInstanceRequest& request) {
  return call(instances_, &InstanceService::Stub::GetInstance, request);
}

DeleteInstanceResponse Connection::delete_instance(const DeleteInstanceRequest& request) {
  return call(instances_, &InstanceService::Stub::DeleteInstance, request);
}

MemInfo Connection::get_mem_info(const GetMemInfoRequest& request) {
  return call(instances_, &InstanceService::Stub::GetMemInfo, request);
}

QstrInfo Connection::get_qstr_info(const GetQstrInfoRequest& request) {
  return call(instances_, &InstanceService::Stub::GetQstrInfo, request);
}

CompileResponse Connection::compile(const CompileRequest& request) {
  return call(scripts_, &ScriptService::Stub::Compile, request);
}

RunStream Connection::run(const RunRequest& request) {
  return begin<RunStream>(scripts_, &ScriptService::Stub::Run, request);
}

ConsoleStream Connection::console(const std::string& instance) {
  auto context = std::make_unique<grpc::ClientContext>();
  auto call = scripts_.Console(context.get());
  ConsoleRequest request;
  request.set_instance(instance);
  call->Write(request);
  return ConsoleStream(address_, std::move(context), std::move(call));
}

InterruptResponse Connection::interrupt(const InterruptRequest& request) {
  return call(scripts_, &ScriptService::Stub::Interrupt, request);
}

ListChipsResponse Connection::list_chips(const ListChipsRequest& request) {
  return call(gpio_, &GpioService::Stub::ListChips, request);
}

ListLinesResponse Connection::list_lines(const ListLinesRequest& request) {
  return call(gpio_, &GpioService::Stub::ListLines, request);
}

DriveLinesResponse Connection::drive_lines(const DriveLinesRequest& request) {
  return call(gpio_, &GpioService::Stub::DriveLines, request);
}

EdgeStream Connection::monitor_lines(const MonitorLinesRequest& request) {
  return begin<EdgeStream>(gpio_, &GpioService::Stub::MonitorLines, request);
}

WatchStream Connection::watch_events(const WatchEventsRequest& request) {
  return begin<WatchStream>(events_, &EventService::Stub::WatchEvents, request);
}

Status Connection::get_status(const GetStatusRequest& request) {
  return call(daemon_, &DaemonService::Stub::GetStatus, request);
}

grpc::health::v1::HealthCheckResponse Connection::check_health(const grpc::health::v1::HealthCheckRequest& request) {
  return call(health_, &grpc::health::v1::Health::Stub::Check, request);
}

}  // namespace upyclient
