#include "posix/kernel_watchdog.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <mutex>
#include <utility>

#include "port/time_units.h"
#include "posix/system_clock.h"

namespace upy {

/// A timer of the kernel's that is set to when the watchdog expires, or to an earlier time.
class KernelWatchdog::Kept {
 public:
  Kept(int64_t timeout_ns, std::function<void()> expired)
      : timeout_ns_(timeout_ns),
        descriptor_(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)),
        expired_(std::move(expired)) {}
  ~Kept() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;

  /// -1: there is none.
  int descriptor() const { return descriptor_; }
  int64_t timeout_ns() const { return timeout_ns_; }

  void feed() { fed_ns_.store(clock_now_ns(CLOCK_MONOTONIC), std::memory_order_relaxed); }

  /// Sets the timer to the end of the time that began when it was fed.
  void set() { set(fed_ns_.load(std::memory_order_relaxed) + timeout_ns_); }

  /// To be called when the descriptor is readable.
  void look() {
    std::lock_guard lock(mutex_);
    if (!expired_) return set(0);
    if (clock_now_ns(CLOCK_MONOTONIC) < fed_ns_.load(std::memory_order_relaxed) + timeout_ns_) return set();
    std::exchange(expired_, nullptr)();
    set(0);
  }
  void end() {
    std::lock_guard lock(mutex_);
    expired_ = nullptr;
    set(0);
  }

 private:
  /// 0: never.
  void set(int64_t when_ns) const {
    itimerspec when{};
    when.it_value = {when_ns / kNsPerSecond, when_ns % kNsPerSecond};
    timerfd_settime(descriptor_, TFD_TIMER_ABSTIME, &when, nullptr);
  }

  const int64_t timeout_ns_;
  const int descriptor_;
  std::atomic<int64_t> fed_ns_ = 0;
  std::mutex mutex_;               // held while `expired_` is called
  std::function<void()> expired_;  // null at the end
};

KernelWatchdog::KernelWatchdog(PollSetGetter other, KernelTimers::Admission admission, std::function<void()> expired)
    : other_(std::move(other)), admission_(std::move(admission)), expired_(std::move(expired)) {}

KernelWatchdog::~KernelWatchdog() { stop_events(); }

PortError KernelWatchdog::start(int64_t timeout_ns) {
  if (kept_) {
    if (kept_->timeout_ns() != timeout_ns) return {EBUSY, "the watchdog runs already, with another timeout"};
    kept_->feed();
    return {};
  }
  PollSet* const other = other_();
  if (!other) return admission_(-1);
  auto kept = std::make_shared<Kept>(timeout_ns, expired_);
  if (auto error = admission_(kept->descriptor())) return error;
  watch_.add(*other, kept->descriptor(), [kept] { kept->look(); });
  kept_ = std::move(kept);
  kept_->feed();
  kept_->set();
  return {};
}

void KernelWatchdog::feed() {
  if (kept_) kept_->feed();
}

void KernelWatchdog::stop_events() {
  if (kept_) kept_->end();
}

}  // namespace upy
