#pragma once

#include <cstdint>

#include "upyd/v1/instance.pb.h"

namespace upyd {

/// How long is waited after that many failures in a row, by these settings: twice as long as after the one before, up
/// to the longest.
int64_t back_off_ns(uint64_t failures, const v1::InstanceConfig& settings);

/// Keeps what starts over and over from doing so all the time. Times are monotonic nanoseconds. One thread at a time.
class StartPace {
 public:
  /// Who starts again within this time from its last start, does so soon.
  static constexpr int64_t kSoonNs = 1'000'000'000;
  /// So often it may, in a row.
  static constexpr uint64_t kFree = 10;
  /// Then it waits, at least so long.
  static constexpr int64_t kLeastNs = 100'000'000;

  /// It starts.
  void started(int64_t now_ns) { started_ns_ = now_ns; }
  /// It is about to start again; how long it is to wait, by these settings.
  int64_t delay_ns(int64_t now_ns, const v1::InstanceConfig& settings);
  /// Somebody wants it to start.
  void forget() { soon_ = 0; }

 private:
  int64_t started_ns_ = 0;
  uint64_t soon_ = 0;
};

}  // namespace upyd
