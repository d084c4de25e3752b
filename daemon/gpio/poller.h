#pragma once

#include <atomic>
#include <thread>

#include "gpio/poll_set.h"

namespace upyd {

/// A thread that waits at a set of descriptors. Edges have one of their own, beside the reactor's, so that a storm of
/// them does not keep timers waiting. It is for lines whose readers do not wait for them just now.
class Poller {
 public:
  /// Throws std::system_error when the system has no thread or descriptor left.
  Poller();
  /// Waits for the thread, and so for a call under way.
  ~Poller();

  /// Its calls are made on the thread.
  PollSet& set() { return *set_; }

 private:
  void run();

  const std::unique_ptr<PollSet> set_;
  std::atomic<bool> stops_ = false;
  std::thread thread_;
};

}  // namespace upyd
