#include "posix/system_clock.h"

#include <algorithm>
#include <ctime>

#include "port/time_units.h"

namespace upy {
namespace {

constexpr int64_t kRetryNs = 10'000'000;  // how long it sleeps where it can't wait for a descriptor

}  // namespace

int64_t clock_now_ns(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now.tv_sec * kNsPerSecond + now.tv_nsec;
}

int64_t SystemClock::monotonic_ns() { return clock_now_ns(CLOCK_MONOTONIC); }

int64_t SystemClock::realtime_ns() { return clock_now_ns(CLOCK_REALTIME); }

int64_t SystemClock::cpu_ns() { return clock_now_ns(CLOCK_THREAD_CPUTIME_ID); }

int64_t SystemClock::utc_offset_s(int64_t realtime_s, std::string_view zone) {
  if (!zone.empty()) {
    if (!zone_ || zone_name_ != zone) zone_.emplace(zone_name_ = zone);
    return zone_->utc_offset_s(realtime_s);
  }
  const time_t moment = realtime_s;
  tm local{};
  return localtime_r(&moment, &local) ? local.tm_gmtoff : 0;
}

void SystemClock::wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors) {
  if (!descriptors.empty() && !poll_set()) monotonic_ns = std::min(monotonic_ns, this->monotonic_ns() + kRetryNs);
  if (sleep_.begin()) poll_set_ ? poll_set_->wait_until(monotonic_ns, descriptors) : sleep_.sleep_until(monotonic_ns);
  sleep_.end();
  if (poll_set_) poll_set_->call_readable();  // awake, so the events that this posts wake nobody
}

void SystemClock::notify() {
  if (!sleep_.notify()) return;
  PollSet* const place = sleeps_at_;
  place ? place->interrupt() : sleep_.wake();
}

PollSet* SystemClock::poll_set() {
  if (!poll_set_) poll_set_ = PollSet::make();
  sleeps_at_ = poll_set_.get();
  return poll_set_.get();
}

}  // namespace upy
