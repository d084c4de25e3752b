#include "posix/poller.h"

#include <gtest/gtest.h>

#include <future>

#include "support/pipe.h"

namespace upy {
namespace {

using test_support::Pipe;

TEST(PollerTest, CallsForEachDescriptorAsLongAsItIsReadable) {
  Pipe first, second;
  std::promise<void> three_times, once;
  int reads = 0;
  const auto poller = Poller::make();
  poller->set().watch(first.out(), [&] {
    EXPECT_TRUE(first.read());
    if (++reads == 3) three_times.set_value();
  });
  const auto id = poller->set().watch(second.out(), [&] {
    EXPECT_TRUE(second.read());
    once.set_value();
  });
  EXPECT_NE(id, 0u);
  for (int i = 0; i < 3; ++i) first.write();
  second.write();
  three_times.get_future().wait();
  once.get_future().wait();
}

TEST(PollerTest, AnEndedWatchIsNotCalled) {
  Pipe ended, other;
  std::promise<void> called;
  const auto poller = Poller::make();
  poller->set().end(poller->set().watch(ended.out(), [] { FAIL(); }));
  poller->set().end(99);
  poller->set().watch(other.out(), [&] {
    EXPECT_TRUE(other.read());
    called.set_value();
  });
  ended.write();
  other.write();
  called.get_future().wait();
}

TEST(PollerTest, ACallMayEndItsOwnWatch) {
  Pipe pipe;
  std::promise<void> called;
  const auto poller = Poller::make();
  std::atomic<PollSet::Id> id = 0;
  id = poller->set().watch(pipe.out(), [&] {
    while (id == 0) std::this_thread::yield();
    poller->set().end(id);
    called.set_value();  // a second time would throw
  });
  pipe.write();
  called.get_future().wait();
}

TEST(PollerTest, GivesBackWhatItsWatchesHold) {
  const auto held = std::make_shared<int>();
  Pipe pipe;
  {
    const auto poller = Poller::make();
    poller->set().watch(pipe.out(), [held] {});
  }
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace upy
