#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <chrono>

#include "posix/system_clock.h"

namespace upyd {

/// When something was, whatever is done to the system's clock afterwards: boards may learn the time long after they
/// have started.
class Moment {
 public:
  static Moment now() { return Moment(upy::clock_now_ns(CLOCK_BOOTTIME)); }
  std::chrono::nanoseconds age() const { return std::chrono::nanoseconds(now().boot_ns_ - boot_ns_); }

 private:
  explicit Moment(int64_t boot_ns) : boot_ns_(boot_ns) {}
  int64_t boot_ns_;
};

/// A point in time as the API has it.
inline google::protobuf::Timestamp to_timestamp(std::chrono::system_clock::time_point time) {
  using std::chrono::duration_cast, std::chrono::nanoseconds, std::chrono::seconds;
  const auto since_epoch = time.time_since_epoch();
  const auto whole = duration_cast<seconds>(since_epoch);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(whole.count());
  timestamp.set_nanos(static_cast<int32_t>(duration_cast<nanoseconds>(since_epoch - whole).count()));
  return timestamp;
}
/// The same, by the clock as it goes now.
inline google::protobuf::Timestamp to_timestamp(Moment moment) {
  return to_timestamp(std::chrono::system_clock::now() - moment.age());
}

/// When so many nanoseconds will have passed, by that clock.
inline google::protobuf::Timestamp in_future(int64_t ns) {
  using Clock = std::chrono::system_clock;
  return to_timestamp(Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::nanoseconds(ns)));
}

}  // namespace upyd
