#include "instance_clock.h"

#include <algorithm>

namespace upyd {

namespace {

constexpr int64_t kLookAgainNs = 10'000'000;  // how long it sleeps where it can't wait for a file

}  // namespace

void InstanceClock::wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors) {
  if (!descriptors.empty() && !lines()) monotonic_ns = std::min(monotonic_ns, this->monotonic_ns() + kLookAgainNs);
  busy_.unlock();
  if (sleep_.begin()) lines_ ? lines_->wait_until(monotonic_ns, descriptors) : sleep_.sleep_until(monotonic_ns);
  sleep_.end();
  if (lines_) lines_->call_readable();  // awake, so the events that this posts wake nobody
  busy_.lock();
}

void InstanceClock::notify() {
  if (!sleep_.notify()) return;
  PollSet* const lines = sleeps_at_;
  lines ? lines->interrupt() : sleep_.wake();
}

PollSet* InstanceClock::lines() {
  if (!lines_) lines_ = PollSet::make();
  sleeps_at_ = lines_.get();
  return lines_.get();
}

}  // namespace upyd
