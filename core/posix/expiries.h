#pragma once

#include <cstdint>

#include "port/port.h"

namespace upy {

/// The expiries of an armed timer: one, or those on the grid first + n * period, from which nothing drifts however late
/// they are noticed. Knows neither clock nor threads; its owner guards it.
///
/// The instance is told by one event and asks for the number when it gets round to it. Until then further expiries are
/// counted and post nothing, so a fast timer never crowds a mailbox. An event that found the mailbox full is posted
/// again at the next expiry, that of a timer without a period after kRetryNs.
class Expiries {
 public:
  static constexpr int64_t kRetryNs = 1'000'000;

  Expiries(EventToken token, int64_t first_ns, int64_t period_ns, EventSink& sink)
      : event_{.kind = Event::Kind::Timer, .token = token}, period_ns_(period_ns), due_ns_(first_ns), sink_(sink) {}

  /// When to call `pass` next; Clock::kForever: not any more.
  int64_t due_ns() const { return due_ns_; }

  /// Counts the expiries up to `now_ns`, which must not lie before due_ns(), and tells the instance.
  void pass(int64_t now_ns) {
    if (!over_) count(now_ns);
    if (!told_) told_ = sink_.post(event_);
    if (over_) due_ns_ = told_ ? Clock::kForever : now_ns + kRetryNs;
  }

  /// The number of expiries that were not taken before. For the instance that was told.
  uint64_t take() {
    told_ = false;
    const uint64_t count = untaken_;
    untaken_ = 0;
    return count;
  }

 private:
  void count(int64_t now_ns) {
    const int64_t late = period_ns_ > 0 ? (now_ns - due_ns_) / period_ns_ : 0;
    event_.timestamp_ns = due_ns_ + late * period_ns_;
    untaken_ += static_cast<uint64_t>(late) + 1;
    due_ns_ = event_.timestamp_ns + period_ns_;
    over_ = period_ns_ == 0;
  }

  Event event_;
  const int64_t period_ns_;  ///< 0: one expiry
  int64_t due_ns_;
  EventSink& sink_;
  uint64_t untaken_ = 0;
  bool told_ = false;  ///< an event is in the mailbox
  bool over_ = false;  ///< the only expiry is past
};

}  // namespace upy
