#pragma once

#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>
#include <functional>
#include <memory>

#include "reactor/reactor.h"

namespace upyd {

class Complaints;

/// Accepts the connections of a listening socket, on the reactor, as long as it lives. Where the system has no
/// descriptor or memory for one, it waits and tries again: a daemon that gave up then would be deaf for ever.
class Acceptor {
 public:
  /// `take(descriptor)` gets each connection, non-blocking, and owns it. `listening` must be non-blocking and stay open
  /// for as long as this lives, and so must the others.
  Acceptor(Reactor& reactor, int listening, std::function<void(int descriptor)> take, Complaints& complaints);
  /// `take` is not called any more. Not on the reactor.
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

 private:
  void wait();
  void accept_all();
  void take(int descriptor);
  void wait_for_better_times();

  Reactor& reactor_;
  const std::function<void(int)> take_;
  Complaints& complaints_;
  asio::posix::stream_descriptor listening_;  // this and what follows: on the reactor only
  asio::steady_timer pause_;
};

}  // namespace upyd
