#include "rpc/servers.h"

#include <algorithm>
#include <new>
#include <utility>

namespace upyd {
namespace {

constexpr const char* kNoMemory = "there is too little memory";

}  // namespace

Servers::Servers(const CurrentRules& rules, MakeServices make_services, int max_request_bytes,
                 CallStatistics& statistics, Reactor& reactor)
    : rules_(rules),
      make_services_(std::move(make_services)),
      max_request_bytes_(max_request_bytes),
      statistics_(statistics),
      reactor_(reactor) {}

Servers::~Servers() {
  reactor_.call([this] {
    for (const auto& [identity, server] : servers_) server->stop_looking();
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
  return server_for(rules_.get()->relevant(identity), why);
} catch (const std::bad_alloc&) {
  why = kNoMemory;
  return nullptr;
}

Server* Servers::server_for(const Identity& identity, const char*& why) {
  if (const auto found = servers_.find(identity); found != servers_.end()) return found->second.get();
  why = "there are too many different users";
  if (servers_.size() >= kMost) return nullptr;
  auto server = std::make_unique<Server>(make_services_(identity), max_request_bytes_, statistics_, reactor_);
  return servers_.emplace(identity, std::move(server)).first->second.get();
}

/// gRPC's threads serve all of them.
void Servers::ask(Liveness::Answer answer) {
  const auto busy = std::find_if(servers_.begin(), servers_.end(),
                                 [](const auto& server) { return server.second->activity().is_active(); });
  busy == servers_.end() ? answer() : busy->second->ask(std::move(answer));
}

}  // namespace upyd
