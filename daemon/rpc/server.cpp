#include "rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>

#include <chrono>
#include <stdexcept>

namespace upyd {
namespace {

/// What calls that are being answered get to be answered completely.
constexpr auto kLastWords = std::chrono::milliseconds(200);
/// How often clients may ping, whether they have calls or not: streams can be silent for long. InstanceService in
/// instance.proto tells them.
constexpr int kShortestPingMs = 1000;

/// gRPC takes a ping that comes a little early for a strike, and after a few of them ends the connection.
constexpr int kPingToleranceMs = 100;

}  // namespace

Server::Server(const std::vector<grpc::Service*>& services, int max_request_bytes) {
  using Builder = grpc::ServerBuilder::experimental_type;
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(max_request_bytes);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kShortestPingMs - kPingToleranceMs);
  for (grpc::Service* service : services) builder.RegisterService(service);
  door_ = builder.experimental().AddExternalConnectionAcceptor(Builder::ExternalConnectionType::FROM_FD,
                                                               grpc::InsecureServerCredentials());
  server_ = builder.BuildAndStart();
  if (!server_) throw std::runtime_error("gRPC has no resources to start; its reason is in the log");
}

Server::~Server() { server_->Shutdown(std::chrono::system_clock::now() + kLastWords); }

void Server::serve(int connection) {
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters parameters;
  parameters.fd = connection;
  door_->HandleNewConnection(&parameters);
}

void Server::set_not_serving() { server_->GetHealthCheckService()->SetServingStatus(false); }

}  // namespace upyd
