#include "rpc/servers.h"

#include <algorithm>
#include <new>
#include <utility>

namespace upyd {
namespace {

constexpr const char* kNoMemory = "there is too little memory";

}  // namespace

Servers::Servers(const CurrentRules& rules, MakeServices make_services, int max_request_bytes,
                 CallStatistics& statistics, Audit& audit, Reactor& reactor)
    : rules_(rules),
      make_services_(std::move(make_services)),
      max_request_bytes_(max_request_bytes),
      statistics_(statistics),
      audit_(audit),
      reactor_(reactor),
      strangers_(audit, Identity{}.name()) {}

Servers::~Servers() {
  reactor_.call([this] {
    for (const auto& [identity, served] : servers_) served.server->stop_looking();
  });
}

const char* Servers::serve(int connection) try {
  const auto identity = identify(connection);
  return identity ? serve(connection, *identity) : "the kernel does not tell who it is";
} catch (const std::bad_alloc&) {
  return kNoMemory;
}

const char* Servers::serve(int connection, const Identity& identity) {
  const char* why = nullptr;
  Server* const server = find_server(identity, why);
  return server ? server->serve(connection) : why;
}

/// Null, and why.
Server* Servers::find_server(const Identity& identity, const char*& why) try {
  const Identity relevant = rules_.get()->relevant(identity);
  if (relevant == Identity{}) tell_stranger(identity);
  return server_for(relevant, why);
} catch (const std::bad_alloc&) {
  why = kNoMemory;
  return nullptr;
}

/// All of them are one to their server.
void Servers::tell_stranger(const Identity& identity) {
  strangers_.add({"connects, and is " + identity.name(), "", name_of(grpc::PERMISSION_DENIED), true});
}

Server* Servers::server_for(const Identity& identity, const char*& why) {
  if (const auto found = servers_.find(identity); found != servers_.end()) return found->second.server.get();
  why = "there are too many different users";
  if (servers_.size() >= kMost) return nullptr;
  auto audit = std::make_unique<AuditTrail>(audit_, identity.name());
  auto server = std::make_unique<Server>(make_services_(identity), max_request_bytes_, statistics_, *audit, reactor_);
  return servers_.emplace(identity, Served{std::move(audit), std::move(server)}).first->second.server.get();
}

void Servers::rules_changed() {
  if (const auto strangers = servers_.find(Identity{}); strangers != servers_.end()) {
    strangers->second.server->end_connections();
  }
}

/// gRPC's threads serve all of them.
void Servers::ask(Liveness::Answer answer) {
  const auto busy = std::find_if(servers_.begin(), servers_.end(),
                                 [](const auto& served) { return served.second.server->activity().is_active(); });
  busy == servers_.end() ? answer() : busy->second.server->ask(std::move(answer));
}

}  // namespace upyd
