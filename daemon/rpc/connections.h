#pragma once

#include <sys/types.h>

#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "access/access_quotas.h"
#include "access/identity.h"
#include "budget/budget.h"
#include "reactor/reactor.h"
#include "rpc/complaints.h"
#include "system/owned_descriptor.h"

namespace upyd {

/// The connections of clients. Each principal has so many of them; and as long as its client has not begun to speak
/// HTTP/2, a connection costs no more than its descriptor: gRPC gets it after that. One that is silent for long is
/// ended, and earlier, when its principal makes another for which there is no room else. One that begins with something
/// else is told so, and ended.
///
/// All on the reactor, where the constructor and the destructor are not to be called.
class Connections {
 public:
  /// Serves a connection, and owns it; or says why it can't.
  using Serve = std::function<const char*(int connection, const Identity& identity)>;

  static constexpr int64_t kPatienceNs = 10'000'000'000;

  /// What it is given must outlive it. `patience_ns`: how long one may be silent.
  Connections(Budget& budget, const AccessQuotas& quotas, Serve serve, Complaints& complaints, Reactor& reactor,
              int64_t patience_ns = kPatienceNs);
  /// Ends those that are silent.
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  /// Takes a connection that was accepted, and owns it; its kernel tells who it is.
  void take(int connection);
  /// The same of one that somebody has proved who they are by.
  void take(int connection, const Identity& identity);

 private:
  /// A client that has not said how it is to be served.
  struct Silent {
    Silent(Reactor& reactor, Identity who, Charge costs, int64_t until_ns)
        : connection(reactor.io()),
          identity(std::move(who)),
          charge(std::move(costs)),
          deadline_ns(until_ns),
          pause(reactor.io()) {}
    asio::posix::stream_descriptor connection;
    const Identity identity;
    Charge charge;
    const int64_t deadline_ns;
    asio::steady_timer pause;
  };
  using Client = std::shared_ptr<Silent>;
  /// A connection that is with gRPC, which closes it. Its number may be that of another by then, its inode not.
  struct Served {
    int descriptor;
    ino_t inode;
    Charge charge;
  };

  void admit(OwnedDescriptor connection, const Identity& identity);
  grpc::Status make_room(Charge& charge, const std::string& principal, uint64_t quota);
  bool forget_ended();
  bool end_oldest_silent(const std::string& principal);
  void look_at(const Client& client);
  void follow(const Client& client);
  void listen_to(const Client& client);
  void look_again_later(const Client& client);
  void serve(const Client& client);
  int64_t end_silent(int64_t now_ns);

  Budget& budget_;
  const AccessQuotas& quotas_;
  const Serve serve_;
  Complaints& complaints_;
  Reactor& reactor_;
  const int64_t patience_ns_;
  std::list<Client> silent_;  // the oldest first
  std::vector<Served> served_;
  int64_t last_look_ns_ = 0;  // for those that are over
  Alarms::Id alarm_ = 0;      // for the oldest; 0: there is none
};

}  // namespace upyd
