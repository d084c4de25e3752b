#include "rpc/servers.h"

#include <algorithm>
#include <new>
#include <utility>

namespace upyd {
namespace {

constexpr const char* kNoMemory = "there is too little memory";

}  // namespace

Servers::Servers(const CurrentRules& rules, MakeServices make_services, RequestLimits requests,
                 CallStatistics& statistics, Audit& audit, Reactor& reactor)
    : rules_(rules),
      make_services_(std::move(make_services)),
      requests_(requests),
      statistics_(statistics),
      audit_(audit),
      reactor_(reactor),
      strangers_(audit, Identity{}.name()) {}

Servers::~Servers() {
  reactor_.call([this] {
    for (const auto& [identity, served] : servers_) served.server->stop_looking();
  });
}

const char* Servers::serve(int connection, const Identity& identity) try {
  const char* why = nullptr;
  const Identity relevant = rules_.get()->relevant(identity);
  if (relevant == Identity{}) tell_stranger(identity);
  Server* const server = server_for(relevant, why);
  return server ? server->serve(connection) : why;
} catch (const std::bad_alloc&) {
  return kNoMemory;
}

bool Servers::make_place() {
  if (servers_.size() < kMost) return true;
  const auto asleep = std::find_if(servers_.begin(), servers_.end(),
                                   [](const auto& server) { return server.second.server->is_asleep(); });
  if (asleep == servers_.end()) return false;
  servers_.erase(asleep);
  return true;
}

/// All of them are one to their server.
void Servers::tell_stranger(const Identity& identity) {
  strangers_.add({"connects, and is " + identity.name(), "", std::string(code_name(grpc::PERMISSION_DENIED)), true});
}

/// Null, and why.
Server* Servers::server_for(const Identity& identity, const char*& why) {
  if (const auto found = servers_.find(identity); found != servers_.end()) return found->second.server.get();
  why = "there are too many different users";
  if (!make_place()) return nullptr;
  Services made = make_services_(identity);
  auto audit = std::make_unique<AuditTrail>(audit_, identity.name());
  auto server = std::make_unique<Server>(std::move(made.services), std::move(made.access), requests_, statistics_,
                                         *audit, reactor_);
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
