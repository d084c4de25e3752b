#pragma once

#include <asio/signal_set.hpp>
#include <functional>
#include <initializer_list>

#include "reactor/reactor.h"

namespace upyd {

/// Takes signals that are sent to the process, on the reactor, as long as it lives.
class Signals {
 public:
  /// `take(number)` is called for each of them.
  Signals(Reactor& reactor, std::initializer_list<int> numbers, std::function<void(int number)> take);
  /// `take` is not called any more; the signals do again what they do by default. Not on the reactor.
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  void wait();

  Reactor& reactor_;
  const std::function<void(int)> take_;
  asio::signal_set set_;  // this and what follows: on the reactor only
  bool ended_ = false;
};

}  // namespace upyd
