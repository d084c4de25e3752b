#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "access/access.h"
#include "reactor/liveness.h"
#include "reactor/reactor.h"
#include "rpc/audit.h"
#include "rpc/call_statistics.h"
#include "system/thread.h"

namespace grpc {
class Service;
}

namespace upyd {

/// What requests may take.
struct RequestLimits {
  int max_bytes;    ///< each
  uint64_t memory;  ///< what is on its way of all that one server's clients send
};

/// The given services over gRPC, with reflection, for the connections it is given.
///
/// gRPC has a dozen threads, some of which wake up several times a second, and memory for each. So it is started with a
/// connection, and stopped when there was neither a connection nor a call for a while: a daemon that nobody talks to
/// sleeps. Clients that have kept a connection make a new one with their next call, without noticing.
class Server {
 public:
  static constexpr int64_t kIdleNs = 30'000'000'000;

  /// `access` is that of whoever the services are for, whose calls it admits. `statistics` gets the calls, and `audit`
  /// what there is to tell of them. Both and the reactor must outlive the server. `idle_ns`: how long nothing has to
  /// happen.
  Server(std::vector<std::shared_ptr<grpc::Service>> services, std::shared_ptr<const Access> access,
         RequestLimits requests, CallStatistics& statistics, AuditTrail& audit, Reactor& reactor,
         int64_t idle_ns = kIdleNs);
  /// Cancels the calls still going on. No connection may be given any more, and `stop_looking` must have been called.
  /// Not on the reactor.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Serves a client at a connected, non-blocking socket, and owns it. Null, or why it can't: then the socket stays the
  /// caller's. On the reactor.
  const char* serve(int connection);

  /// Has `answer` called once gRPC has served one more call, by the threads that serve all; at once while no call goes
  /// on, so that questions keep nobody awake. On the reactor.
  void ask(Liveness::Answer answer);

  /// Ends its connections, with the calls on them: clients come anew with their next one. On the reactor.
  void end_connections();

  /// It does not look any more whether it is idle. On the reactor.
  void stop_looking() { reactor_.cancel(look_); }

  /// Whether gRPC is stopped, so that the server can be destroyed at once. On the reactor.
  bool is_asleep() const { return !running_ && !is_stopping_; }

  /// Its calls.
  CallActivity& activity() { return activity_; }

 private:
  class Running;

  bool start();
  int64_t stop_if_idle(int64_t now_ns);
  bool stop();

  const std::vector<std::shared_ptr<grpc::Service>> services_;
  const std::shared_ptr<const Access> access_;
  const RequestLimits requests_;
  CallStatistics& statistics_;
  AuditTrail& audit_;
  CallActivity activity_;
  Reactor& reactor_;
  const int64_t idle_ns_;
  std::unique_ptr<Running> running_;  // this and what follows: on the reactor only; null: gRPC is not started
  int64_t last_connection_ns_ = 0;
  Alarms::Id look_ = 0;  // for whether it is idle
  std::atomic<bool> is_stopping_ = false;
  Thread stopping_;  // ends the one before
};

}  // namespace upyd
