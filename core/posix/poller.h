#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

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
  /// Has something called there, soon. Any thread.
  void call(std::function<void()> what);

 private:
  explicit Poller(std::unique_ptr<PollSet> set);
  void run();
  void make_calls();

  const std::unique_ptr<PollSet> set_;
  std::atomic<bool> stops_ = false;
  std::mutex mutex_;  // guards what follows
  std::vector<std::function<void()>> calls_;
  std::thread thread_;
};

}  // namespace upy
