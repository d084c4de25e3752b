#include "posix/poll_set.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "posix/system_clock.h"
#include "support/pipe.h"

namespace upy {
namespace {

using test_support::Pipe;

constexpr int64_t kMs = 1'000'000;

class PollSetTest : public testing::Test {
 protected:
  /// Counts in `calls` how often the pipe was found readable, and reads it.
  PollSet::Id watch(PollSet& set, Pipe& pipe, std::atomic<int>& calls) {
    return set.watch(pipe.out(), [&] {
      pipe.read();
      ++calls;
    });
  }
  void wait(PollSet& set, int64_t until_ns = Clock::kForever) {
    set.wait_until(until_ns);
    set.call_readable();
  }

  const std::unique_ptr<PollSet> set_ = PollSet::make(), other_ = PollSet::make();
  Pipe pipe_, second_pipe_;
  std::atomic<int> calls_ = 0, other_calls_ = 0;
};

TEST_F(PollSetTest, WaitsUntilATime) {
  for (int i = 0; i < 3; ++i) {
    const int64_t until_ns = clock_now_ns(CLOCK_MONOTONIC) + 2 * kMs;
    while (clock_now_ns(CLOCK_MONOTONIC) < until_ns) wait(*set_, until_ns);
  }
  const int64_t past_ns = clock_now_ns(CLOCK_MONOTONIC) - 1;
  wait(*set_, past_ns);
  wait(*set_, past_ns);
  wait(*set_, -1);
}

TEST_F(PollSetTest, AnInterruptEndsTheWaitThatIsUnderWayOrTheNext) {
  set_->interrupt();
  wait(*set_);
  std::thread waits([&] { wait(*set_); });
  set_->interrupt();
  waits.join();
}

TEST_F(PollSetTest, CallsWhoseDescriptorsAreReadable) {
  watch(*set_, pipe_, calls_);
  watch(*set_, second_pipe_, other_calls_);
  pipe_.write();
  wait(*set_);
  EXPECT_EQ(calls_, 1);
  EXPECT_EQ(other_calls_, 0);
  pipe_.write();
  pipe_.write();
  second_pipe_.write();
  while (calls_ < 3 || other_calls_ < 1) wait(*set_);
}

TEST_F(PollSetTest, AWatchThatEndedIsNotCalled) {
  const auto id = watch(*set_, pipe_, calls_);
  pipe_.write();
  set_->wait_until(Clock::kForever);
  set_->end(id);
  set_->call_readable();
  EXPECT_EQ(calls_, 0);
}

TEST_F(PollSetTest, OfThoseWhoWaitTheFirstIsWokenAlone) {
  watch(*set_, pipe_, calls_);
  watch(*other_, pipe_, other_calls_);
  std::atomic<bool> ends = false;
  std::thread other_waits([&] {
    while (!ends) wait(*other_);
  });
  // The first set does not wait yet, so the other one is told.
  pipe_.write();
  while (other_calls_ == 0) std::this_thread::yield();
  EXPECT_EQ(calls_, 0);

  std::thread waits([&] { wait(*set_); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // it may well be asleep then; if not, the other is told
  pipe_.write();
  while (calls_ + other_calls_ < 2) std::this_thread::yield();
  EXPECT_LE(other_calls_, 2);
  set_->interrupt();
  waits.join();
  ends = true;
  other_->interrupt();
  other_waits.join();
}

}  // namespace
}  // namespace upy
