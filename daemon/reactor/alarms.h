#pragma once

#include <cstdint>
#include <functional>

namespace upyd {

/// Calls at points in time. Times are nanoseconds of the monotonic clock.
class Alarms {
 public:
  using Id = uint64_t;
  /// What an alarm does. Gets the present time; returns the time at which it wants to be called again, or kNever.
  using Call = std::function<int64_t(int64_t now_ns)>;
  static constexpr int64_t kNever = INT64_MAX;

  virtual ~Alarms() = default;
  virtual int64_t now_ns() = 0;
  /// Calls `call` on the alarms' own thread once the time has come; a time in the past is now. Any thread.
  virtual Id at(int64_t when_ns, Call call) = 0;
  /// Takes an alarm back; one that is over is ignored. A call that is already under way goes on while this returns, so
  /// what it touches must outlive it or be guarded. Any thread.
  virtual void cancel(Id id) = 0;
};

}  // namespace upyd
