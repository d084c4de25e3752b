#pragma once

#include <atomic>
#include <thread>

#include "posix/poll_set.h"

namespace upy {

/// A thread that waits for descriptors. It serves instances while they do not wait themselves, with the least that can
/// be done for a descriptor: no other thread is woken but theirs.
class Poller {
 public:
  /// Null, with errno, when the system has no thread or descriptor left.
  static std::unique_ptr<Poller> make();
  /// Waits for the thread, and so for a call under way.
  ~Poller();

  /// Its calls are made on the thread.
  PollSet& set() { return *set_; }

 private:
  explicit Poller(std::unique_ptr<PollSet> set);
  void run();

  const std::unique_ptr<PollSet> set_;
  std::atomic<bool> stops_ = false;
  std::thread thread_;
};

}  // namespace upy
