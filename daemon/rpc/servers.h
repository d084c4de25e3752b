#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "access/access.h"
#include "rpc/audit.h"
#include "rpc/server.h"

namespace upyd {

/// A server for each identity that clients have, with services of its own: so it can't be mistaken who calls. gRPC
/// tells a service nothing of who is at the other end of a Unix socket that could be relied on.
///
/// Of an identity only what the rules ask for counts, so that there can't be endlessly many. All who have no role are
/// served as one, and refused. One that sleeps gives its place to another.
class Servers {
 public:
  /// Identities that there may be.
  static constexpr size_t kMost = 256;
  /// What there is for an identity.
  struct Services {
    std::shared_ptr<const Access> access;
    std::vector<std::shared_ptr<grpc::Service>> services;
  };
  using MakeServices = std::function<Services(const Identity& identity)>;

  /// What else it is given must outlive it.
  Servers(const CurrentRules& rules, MakeServices make_services, RequestLimits requests, CallStatistics& statistics,
          Audit& audit, Reactor& reactor);
  /// Cancels the calls still going on. No connection may be given any more. Not on the reactor.
  ~Servers();
  Servers(const Servers&) = delete;
  Servers& operator=(const Servers&) = delete;

  /// As Server::serve, of a connection of that identity. On the reactor.
  const char* serve(int connection, const Identity& identity);

  /// There are other rules: who had no role may have one by now, and is asked anew who they are. On the reactor.
  void rules_changed();

  /// As Server::ask. On the reactor.
  void ask(Liveness::Answer answer);

 private:
  bool make_place();
  void tell_stranger(const Identity& identity);
  Server* server_for(const Identity& identity, const char*& why);

  const CurrentRules& rules_;
  const MakeServices make_services_;
  const RequestLimits requests_;
  CallStatistics& statistics_;
  Audit& audit_;
  Reactor& reactor_;
  struct Served {
    std::unique_ptr<AuditTrail> audit;
    std::unique_ptr<Server> server;
  };
  std::map<Identity, Served> servers_;  // on the reactor only
  AuditTrail strangers_;                // who have no role, by connection
};

}  // namespace upyd
