#include "posix/kernel_timers.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <utility>

#include "port/time_units.h"
#include "posix/expiry_queue.h"
#include "posix/system_clock.h"

namespace upy {

/// A timer of the kernel's that is set to the first expiry in a queue.
class KernelTimers::KernelTimer {
 public:
  KernelTimer() : descriptor_(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {}
  ~KernelTimer() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  KernelTimer(const KernelTimer&) = delete;
  KernelTimer& operator=(const KernelTimer&) = delete;

  /// -1: there is none.
  int descriptor() const { return descriptor_; }

  PortError arm(EventToken token, int64_t first_ns, int64_t period_ns, EventSink& sink) {
    std::lock_guard lock(mutex_);
    auto error = queue_.arm(token, first_ns, period_ns, sink);
    set();
    return error;
  }
  uint64_t take(EventToken token) {
    std::lock_guard lock(mutex_);
    return queue_.take(token);
  }
  void disarm(EventToken token) {
    std::lock_guard lock(mutex_);
    queue_.disarm(token);
    set();
  }
  void clear() {
    upy::ExpiryQueue cleared;  // destroyed when the lock is free again: it may be long
    std::lock_guard lock(mutex_);
    std::swap(queue_, cleared);
    set();
  }
  /// To be called when the descriptor is readable.
  void expire() {
    std::lock_guard lock(mutex_);
    queue_.pass(clock_now_ns(CLOCK_MONOTONIC));
    set();
  }

 private:
  /// To the first expiry; until then the descriptor is not readable.
  void set() {
    if (set_for_ns_ == queue_.due_ns()) return;
    set_for_ns_ = queue_.due_ns();
    itimerspec when{};  // never
    if (set_for_ns_ != Clock::kForever) {
      when.it_value = {set_for_ns_ / kNsPerSecond, set_for_ns_ % kNsPerSecond};
    }
    timerfd_settime(descriptor_, TFD_TIMER_ABSTIME, &when, nullptr);
  }

  const int descriptor_;
  std::mutex mutex_;  // guards what follows
  ExpiryQueue queue_;
  int64_t set_for_ns_ = Clock::kForever;
};

KernelTimers::KernelTimers(PollSetGetter own, PollSetGetter other, Admission admission)
    : own_(std::move(own)), other_(std::move(other)), admission_(std::move(admission)) {}

KernelTimers::~KernelTimers() { stop_events(); }

PortError KernelTimers::unless_missing(int descriptor) {
  if (descriptor < 0) return {errno, "no file descriptor left for timers"};
  return {};
}

PortError KernelTimers::open() {
  PollSet* const other = other_();
  if (!other) return admission_(-1);
  auto timer = std::make_shared<KernelTimer>();
  if (auto error = admission_(timer->descriptor())) return error;
  const auto watch_at = [&](PollSet& set) { watch_.add(set, timer->descriptor(), [timer] { timer->expire(); }); };
  if (PollSet* own = own_()) watch_at(*own);
  watch_at(*other);
  timer_ = std::move(timer);
  return {};
}

PortError KernelTimers::arm(EventToken token, int64_t first_ns, int64_t period_ns, EventSink& sink) {
  if (!timer_) {
    if (auto error = open()) return error;
  }
  return timer_->arm(token, first_ns, period_ns, sink);
}

uint64_t KernelTimers::take(EventToken token) { return timer_ ? timer_->take(token) : 0; }

void KernelTimers::disarm(EventToken token) {
  if (timer_) timer_->disarm(token);
}

void KernelTimers::stop_events() {
  if (timer_) timer_->clear();
}

}  // namespace upy
