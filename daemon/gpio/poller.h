#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace upyd {

/// A thread that waits until file descriptors are readable. Edges have one of their own, beside the reactor's: an edge
/// then costs the fewest system calls, and a storm of them does not keep timers waiting.
class Poller {
 public:
  using Id = uint64_t;
  /// Called on the poller's thread, again and again as long as the descriptor is readable.
  using Call = std::function<void()>;

  /// Throws std::system_error when the system has no thread or descriptor left.
  Poller();
  /// Waits for the thread, and so for a call under way.
  ~Poller();

  /// Begins to wait. The descriptor must stay open until `end`. Any thread.
  Id watch(int descriptor, Call readable);
  /// A call that is under way goes on while this returns, so what it touches must outlive it or be guarded. Any thread.
  void end(Id id);

 private:
  struct Watch {
    int descriptor;
    std::shared_ptr<const Call> readable;
  };

  void run();
  std::shared_ptr<const Call> find(Id id);

  const int epoll_, stop_;
  std::mutex mutex_;  // guards what follows
  std::map<Id, Watch> watches_;
  Id last_id_ = 0;
  std::thread thread_;
};

}  // namespace upyd
