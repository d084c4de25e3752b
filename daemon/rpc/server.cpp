#include "rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "system/memory_limit.h"

namespace upyd {
namespace {

/// What calls that are being answered get to be answered completely.
constexpr auto kLastWords = std::chrono::milliseconds(200);
/// How often clients may ping, whether they have calls or not: streams can be silent for long. InstanceService in
/// instance.proto tells them.
constexpr int kShortestPingMs = 1000;

/// gRPC takes a ping that comes a little early for a strike, and after a few of them ends the connection.
constexpr int kPingToleranceMs = 100;

constexpr int kFrameBytes = 512 << 10, kWindowBytes = 1 << 20;

/// What gRPC may hold of requests that are not complete yet: half of the memory that there is, or two of the largest
/// requests. Beyond that it ends calls, whosever they are, which is better than that the system ends the daemon.
size_t most_in_transit(int max_request_bytes) {
  return std::max<size_t>(usable_memory() / 2, 2 * static_cast<size_t>(max_request_bytes));
}

}  // namespace

Server::Server(std::vector<std::shared_ptr<grpc::Service>> services, int max_request_bytes)
    : services_(std::move(services)) {
  using Builder = grpc::ServerBuilder::experimental_type;
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(max_request_bytes);
  grpc::ResourceQuota quota("upyd");
  quota.Resize(most_in_transit(max_request_bytes));
  builder.SetResourceQuota(quota);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kShortestPingMs - kPingToleranceMs);
  // A compressed request may be a thousand times as long as what came, and gRPC measures it when it has it all.
  for (const auto algorithm : {GRPC_COMPRESS_DEFLATE, GRPC_COMPRESS_GZIP}) {
    builder.SetCompressionAlgorithmSupportStatus(algorithm, false);
  }
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  // Files are long messages: gRPC's frames of 16 KiB and its window of 64 KiB would have each wait for the client.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_FRAME_SIZE, kFrameBytes);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kWindowBytes);
  for (const auto& service : services_) builder.RegisterService(service.get());
  acceptor_ = builder.experimental().AddExternalConnectionAcceptor(Builder::ExternalConnectionType::FROM_FD,
                                                                   grpc::InsecureServerCredentials());
  server_ = builder.BuildAndStart();
  if (!server_) throw std::runtime_error("gRPC has no resources to start; its reason is in the log");
}

Server::~Server() { server_->Shutdown(std::chrono::system_clock::now() + kLastWords); }

void Server::serve(int connection) {
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters parameters;
  parameters.fd = connection;
  acceptor_->HandleNewConnection(&parameters);
}

void Server::set_not_serving() { server_->GetHealthCheckService()->SetServingStatus(false); }

}  // namespace upyd
