#pragma once

#include <pthread.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace upyd {

/// A thread with a stack of a given size. The stack is reserved whole, with a guard page below it, and takes memory
/// only where it is touched. Signals whose handlers want it so have a stack of their own there.
class Thread {
 public:
  Thread() = default;
  ~Thread();
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  /// Starts the thread; `name` is what the system's tools show of it, cut to 15 characters. Returns false when the
  /// system has no thread or no memory left; `body` is not called then.
  bool start(size_t stack_bytes, const std::string& name, std::function<void()> body);
  /// Waits for its end. Not from the thread itself.
  void join();

  /// The calling thread's share of the CPU against other threads, in hundredths of what it has now; 1 to kFullWeight.
  /// It can't be raised again.
  ///
  /// From here on the thread, while it is busy, also gives its CPU to any thread that wakes up there, at once in most
  /// cases, in place of using up a slice of time first: to those that have not called this, and, if it has not the full
  /// weight, to those that have. That needs Linux 6.12.
  static constexpr uint32_t kFullWeight = 100;
  static void give_way(uint32_t weight);

 private:
  static void* enter(void* body);

  pthread_t handle_{};
  bool joinable_ = false;
};

/// As many as gRPC wants: it ends the process where it gets fewer.
inline constexpr size_t kGrpcThreads = 16;

/// Whether the system gives this process so many more threads.
bool are_threads_left(size_t number);

}  // namespace upyd
