#include "rpc/server.h"

#include <grpc/grpc.h>
#include <grpcpp/client_context.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "port/time_units.h"
#include "rpc/call_audit.h"
#include "rpc/call_counters.h"
#include "system/memory_reserve.h"
#include "system/resident_memory.h"

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

/// What gRPC may hold of requests that are not complete yet; two of the largest must have room. Beyond that it ends
/// calls of whoever sends them, which is better than that the system ends the daemon.
size_t most_in_transit(const RequestLimits& limits) {
  return std::max<size_t>(limits.memory, 2 * static_cast<size_t>(limits.max_bytes));
}

/// How long a client may take from its first words to its settings, which HTTP/2 has it send at once.
constexpr int kHandshakeMs = 10'000;

using Builder = grpc::ServerBuilder::experimental_type;

std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> who_see_calls(
    CallStatistics& statistics, CallActivity& activity, std::shared_ptr<const Access> access, AuditTrail& audit) {
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> who;
  who.push_back(make_call_counters(statistics, activity, std::move(access)));
  who.push_back(make_call_audit(statistics, audit));
  return who;
}

}  // namespace

/// gRPC as long as it is started.
class Server::Running {
 public:
  Running(const std::vector<std::shared_ptr<grpc::Service>>& services, const std::shared_ptr<const Access>& access,
          const RequestLimits& requests, CallStatistics& statistics, CallActivity& activity, AuditTrail& audit,
          int64_t idle_ns) {
    grpc_init();
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    grpc::ServerBuilder builder;
    builder.SetMaxReceiveMessageSize(requests.max_bytes);
    grpc::ResourceQuota quota("upyd");
    quota.Resize(most_in_transit(requests));
    builder.SetResourceQuota(quota);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                               kShortestPingMs - kPingToleranceMs);
    builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeMs);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, static_cast<int>(idle_ns / upy::kNsPerMs));
    // A compressed request may be a thousand times as long as what came, and gRPC measures it when it has it all.
    for (const auto algorithm : {GRPC_COMPRESS_DEFLATE, GRPC_COMPRESS_GZIP}) {
      builder.SetCompressionAlgorithmSupportStatus(algorithm, false);
    }
    builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
    // Files are long messages: gRPC's frames of 16 KiB and its window of 64 KiB would have each wait for the client.
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_FRAME_SIZE, kFrameBytes);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kWindowBytes);
    for (const auto& service : services) builder.RegisterService(service.get());
    builder.experimental().SetInterceptorCreators(who_see_calls(statistics, activity, access, audit));
    acceptor_ = builder.experimental().AddExternalConnectionAcceptor(Builder::ExternalConnectionType::FROM_FD,
                                                                     grpc::InsecureServerCredentials());
    server_ = builder.BuildAndStart();
    if (server_) own_calls_ = std::make_unique<grpc::GenericStub>(server_->InProcessChannel({}));
  }
  /// Cancels the calls still going on. Takes the time that gRPC's threads need to end.
  ~Running() {
    own_calls_.reset();
    if (server_) server_->Shutdown(std::chrono::system_clock::now() + kLastWords);
    server_.reset();
    acceptor_.reset();
    grpc_shutdown_blocking();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  bool ok() const { return server_ != nullptr; }

  /// The method does not exist, which the server's threads have to say.
  void ask(Liveness::Answer answer) {
    struct Call {
      grpc::ClientContext context;
      const grpc::Slice nothing;
      const grpc::ByteBuffer request{&nothing, 1};
      grpc::ByteBuffer response;
    };
    const auto call = std::make_shared<Call>();
    own_calls_->UnaryCall(&call->context, "/upyd/alive", {}, &call->request, &call->response,
                          [call, answer = std::move(answer)](const grpc::Status&) { answer(); });
  }

  void serve(int connection) {
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters parameters;
    parameters.fd = connection;
    acceptor_->HandleNewConnection(&parameters);
  }

 private:
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<grpc::GenericStub> own_calls_;
};

Server::Server(std::vector<std::shared_ptr<grpc::Service>> services, std::shared_ptr<const Access> access,
               RequestLimits requests, CallStatistics& statistics, AuditTrail& audit, Reactor& reactor, int64_t idle_ns)
    : services_(std::move(services)),
      access_(std::move(access)),
      requests_(requests),
      statistics_(statistics),
      audit_(audit),
      reactor_(reactor),
      idle_ns_(idle_ns) {}

Server::~Server() = default;

const char* Server::serve(int connection) {
  if (!running_ && !start()) return "there are too few threads or too little memory for gRPC";
  last_connection_ns_ = reactor_.now_ns();
  running_->serve(connection);
  return nullptr;
}

void Server::ask(Liveness::Answer answer) {
  if (!running_ || !activity_.is_active()) return answer();
  running_->ask(std::move(answer));
}

/// gRPC ends the process where it gets no thread or memory to start with: so it is looked first.
bool Server::start() {
  if (!are_threads_left(kGrpcThreads) || !is_memory_left()) return false;
  auto running = std::make_unique<Running>(services_, access_, requests_, statistics_, activity_, audit_, idle_ns_);
  if (!running->ok()) return false;
  look_ = reactor_.at(reactor_.now_ns() + idle_ns_, [this](int64_t now_ns) { return stop_if_idle(now_ns); });
  running_ = std::move(running);
  return true;
}

int64_t Server::stop_if_idle(int64_t now_ns) {
  const int64_t last_ns = activity_.is_active() ? now_ns : std::max(last_connection_ns_, activity_.last_end_ns());
  if (now_ns < last_ns + idle_ns_) return last_ns + idle_ns_;
  return stop() ? Alarms::kNever : now_ns + idle_ns_;
}

void Server::end_connections() {
  if (!running_) return;
  stop_looking();
  if (!stop())
    look_ = reactor_.at(reactor_.now_ns() + idle_ns_, [this](int64_t now_ns) { return stop_if_idle(now_ns); });
}

/// On a thread of its own: it waits for gRPC's. False: there is none for that now.
bool Server::stop() {
  constexpr size_t kStackBytes = 256u << 10;
  stopping_.join();
  const auto handed = std::make_shared<std::unique_ptr<Running>>(std::move(running_));
  const auto end = [this, handed] {
    handed->reset();
    give_back_memory();
    is_stopping_ = false;
  };
  is_stopping_ = true;
  if (stopping_.start(kStackBytes, "upyd-stop", end)) return true;
  is_stopping_ = false;
  running_ = std::move(*handed);
  return false;
}

}  // namespace upyd
