#include "posix/kernel_timers.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "posix/poller.h"
#include "posix/system_clock.h"

namespace upy {
namespace {

constexpr int64_t kMs = 1'000'000;

/// A mailbox of many threads, that a test waits for.
class Mailbox final : public EventSink {
 public:
  bool post(const Event&) override {
    std::lock_guard lock(mutex_);
    posted_by_ = std::this_thread::get_id();
    ++count_;
    changed_.notify_one();
    return true;
  }

  /// The thread that posted the n-th event; waits for it.
  std::thread::id poster_of(int n) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ >= n; });
    return posted_by_;
  }
  int count() {
    std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread::id posted_by_;
  int count_ = 0;
};

class TimersTest : public testing::Test {
 protected:
  void arm(EventToken token, int64_t in_ns, int64_t period_ns) {
    ASSERT_FALSE(timers_.arm(token, clock_now_ns(CLOCK_MONOTONIC) + in_ns, period_ns, mailbox_));
  }
  void wait() {
    own_->wait_until(clock_now_ns(CLOCK_MONOTONIC) + 100 * kMs);
    own_->call_readable();
  }

  const std::unique_ptr<PollSet> own_ = PollSet::make();
  const std::unique_ptr<Poller> poller_ = Poller::make();
  Mailbox mailbox_;
  KernelTimers timers_{[this] { return own_.get(); }, [this] { return &poller_->set(); }};
};

TEST_F(TimersTest, AThreadThatWaitsIsWoken) {
  arm(1, 20 * kMs, 0);
  while (mailbox_.count() == 0) wait();
  EXPECT_EQ(mailbox_.poster_of(1), std::this_thread::get_id());
  EXPECT_EQ(timers_.take(1), 1u);
  arm(1, 0, 10 * kMs);
  while (mailbox_.count() == 1) wait();
  EXPECT_GE(timers_.take(1), 1u);
}

TEST_F(TimersTest, AThreadThatDoesNotWaitIsTold) {
  arm(1, 0, 1 * kMs);
  EXPECT_NE(mailbox_.poster_of(1), std::this_thread::get_id());
  EXPECT_GE(timers_.take(1), 1u);
  mailbox_.poster_of(2);
}

TEST_F(TimersTest, AfterDisarmNoEventComes) {
  arm(1, 0, kMs / 10);
  mailbox_.poster_of(1);
  timers_.disarm(1);
  timers_.disarm(2);
  const int count = mailbox_.count();
  EXPECT_EQ(timers_.take(1), 0u);
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(mailbox_.count(), count);
}

TEST_F(TimersTest, TheDestructorDisarmsAll) {
  {
    KernelTimers timers([] { return nullptr; }, [this] { return &poller_->set(); });
    EXPECT_EQ(timers.take(1), 0u);
    ASSERT_FALSE(timers.arm(1, clock_now_ns(CLOCK_MONOTONIC), kMs / 10, mailbox_));
    ASSERT_FALSE(timers.arm(2, clock_now_ns(CLOCK_MONOTONIC) + 3600 * 1000 * kMs, 0, mailbox_));
    mailbox_.poster_of(1);
  }
  const int count = mailbox_.count();
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(mailbox_.count(), count);
}

}  // namespace
}  // namespace upy
