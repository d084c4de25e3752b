#include "timers.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>

#include "clock.h"
#include "descriptors.h"
#include "posix/expiry_queue.h"

namespace upyd {

/// A timer of the kernel's that is set to the first expiry in a queue.
class InstanceTimers::KernelTimer {
 public:
  KernelTimer() : descriptor_(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {}
  ~KernelTimer() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  KernelTimer(const KernelTimer&) = delete;
  KernelTimer& operator=(const KernelTimer&) = delete;

  /// -1: there is none.
  int descriptor() const { return descriptor_; }

  upy::PortError arm(upy::EventToken token, int64_t first_ns, int64_t period_ns, upy::EventSink& sink) {
    std::lock_guard lock(mutex_);
    auto error = queue_.arm(token, first_ns, period_ns, sink);
    set();
    return error;
  }
  uint64_t take(upy::EventToken token) {
    std::lock_guard lock(mutex_);
    return queue_.take(token);
  }
  void disarm(upy::EventToken token) {
    std::lock_guard lock(mutex_);
    queue_.disarm(token);
    set();
  }
  void clear() {
    std::lock_guard lock(mutex_);
    queue_.clear();
    set();
  }
  /// To be called when the descriptor is readable.
  void expire() {
    std::lock_guard lock(mutex_);
    queue_.pass(monotonic_now_ns());
    set();
  }

 private:
  /// To the first expiry; until then the descriptor is not readable.
  void set() {
    if (set_for_ns_ == queue_.due_ns()) return;
    set_for_ns_ = queue_.due_ns();
    itimerspec when{};  // never
    if (set_for_ns_ != upy::Clock::kForever) {
      constexpr int64_t kNsPerSecond = 1'000'000'000;
      when.it_value = {set_for_ns_ / kNsPerSecond, set_for_ns_ % kNsPerSecond};
    }
    timerfd_settime(descriptor_, TFD_TIMER_ABSTIME, &when, nullptr);
  }

  const int descriptor_;
  std::mutex mutex_;  // guards what follows
  upy::ExpiryQueue queue_;
  int64_t set_for_ns_ = upy::Clock::kForever;
};

InstanceTimers::InstanceTimers(upy::WaitingPlace own, upy::PollSet& shared) : own_(std::move(own)), shared_(shared) {}

InstanceTimers::~InstanceTimers() { silence(); }

upy::PortError InstanceTimers::open() {
  auto timer = std::make_shared<KernelTimer>();
  if (timer->descriptor() < 0) return {errno, kNoDescriptorLeft};
  if (is_kept_back(timer->descriptor(), DescriptorUse::Script)) return {EMFILE, kNoDescriptorLeft};
  const auto watch_at = [&](upy::PollSet& set) { watch_.add(set, timer->descriptor(), [timer] { timer->expire(); }); };
  if (upy::PollSet* own = own_()) watch_at(*own);
  watch_at(shared_);
  timer_ = std::move(timer);
  return {};
}

upy::PortError InstanceTimers::arm(upy::EventToken token, int64_t first_ns, int64_t period_ns, upy::EventSink& sink) {
  if (!timer_) {
    if (auto error = open()) return error;
  }
  return timer_->arm(token, first_ns, period_ns, sink);
}

uint64_t InstanceTimers::take(upy::EventToken token) { return timer_ ? timer_->take(token) : 0; }

void InstanceTimers::disarm(upy::EventToken token) {
  if (timer_) timer_->disarm(token);
}

void InstanceTimers::silence() {
  if (timer_) timer_->clear();
}

}  // namespace upyd
