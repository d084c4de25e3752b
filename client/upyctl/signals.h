#pragma once

#include <csignal>
#include <functional>
#include <initializer_list>
#include <optional>
#include <thread>

namespace upyctl {

/// Takes signals as long as it lives, and hands each to a function on a thread of its own instead.
///
/// A signal goes to any thread that does not block it. So this must be made before other threads are started (gRPC
/// starts some with the first connection): they inherit the blocked signals.
class SignalWatch {
 public:
  /// Answers the exit status if upyctl is to end now. It then does so by force (see force_exit) if this object is still
  /// there a second later: the thread that should end it may wait for a terminal or a pipe that nobody reads.
  using Handler = std::function<std::optional<int>(int signal)>;

  /// Those that ask a process to end.
  static constexpr std::initializer_list<int> kEnding = {SIGINT, SIGTERM, SIGHUP};

  /// Has the process stopped by SIGTSTP, though that is watched, where the system lets it; returns when it goes on.
  static void stop_process();

  /// Throws std::system_error when the system has no descriptors left.
  SignalWatch(std::initializer_list<int> signals, Handler handler);
  /// Waits for a call of the handler that is going on. Signals that nobody took are dropped.
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  void watch() const;

  Handler handler_;
  sigset_t mask_, previous_mask_;
  int signals_;  // a signalfd
  int end_;      // an eventfd: readable when the thread is to end
  std::thread thread_;
};

}  // namespace upyctl
