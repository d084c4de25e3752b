#pragma once

#include <spdlog/fwd.h>

#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>
#include <functional>
#include <memory>

#include "reactor/reactor.h"
#include "system/rate_limit.h"

namespace upyd {

/// Accepts the connections of a listening socket, on the reactor, as long as it lives. Where the system has no
/// descriptor or memory for one, it waits and tries again: a daemon that gave up then would be deaf for ever.
class Acceptor {
 public:
  /// `take(descriptor)` gets each connection, non-blocking, and owns it, if it answers null; else it tells why it
  /// can't, and the connection is closed. `listening` must be non-blocking and stay open for as long as this lives.
  Acceptor(Reactor& reactor, int listening, std::function<const char*(int descriptor)> take, spdlog::logger& log);
  /// `take` is not called any more. Not on the reactor.
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

 private:
  void wait();
  void accept_all();
  void take(int descriptor);
  void wait_for_better_times();
  void complain(const char* why);

  Reactor& reactor_;
  const std::function<const char*(int)> take_;
  spdlog::logger& log_;
  asio::posix::stream_descriptor listening_;  // this and what follows: on the reactor only
  asio::steady_timer pause_;
  RateLimit complaints_;
};

}  // namespace upyd
