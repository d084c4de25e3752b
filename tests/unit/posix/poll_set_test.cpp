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
      if (pipe.read()) ++calls;
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

TEST_F(PollSetTest, OfThoseWhoWaitTheFirstIsWoken) {
  watch(*set_, pipe_, calls_);
  watch(*other_, pipe_, other_calls_);
  std::atomic<bool> ends = false;
  const auto waits = [&](PollSet& set) {
    while (!ends) wait(set);
  };
  std::thread other(waits, std::ref(*other_));
  const auto write = [&] {
    const int before = calls_ + other_calls_;
    pipe_.write();
    while (calls_ + other_calls_ == before) std::this_thread::yield();
  };
  write();
  EXPECT_EQ(other_calls_, 1) << "the first does not wait, so it is passed over";

  std::thread first(waits, std::ref(*set_));
  constexpr int kTries = 1000;  // before it sleeps for sure
  for (int i = 0; i < kTries && calls_ == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    write();
  }
  EXPECT_GT(calls_, 0);
  ends = true;
  set_->interrupt();
  other_->interrupt();
  first.join();
  other.join();
}

}  // namespace
}  // namespace upy
