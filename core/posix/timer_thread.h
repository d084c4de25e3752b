#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "port/port.h"
#include "posix/expiry_queue.h"

namespace upy {

/// The timers of one instance on a thread of their own, which is started with the first one.
class TimerThread final : public Timers {
 public:
  ~TimerThread() override;
  PortError arm(EventToken token, int64_t first_ns, int64_t period_ns, EventSink& sink) override;
  uint64_t take(EventToken token) override;
  void disarm(EventToken token) override;
  /// Disarms all of them: the instance hears nothing any more and may end.
  void clear();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  ExpiryQueue timers_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace upy
