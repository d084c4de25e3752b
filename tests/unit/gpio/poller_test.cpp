#include "gpio/poller.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <future>

#include "gpio/device_watch.h"

namespace upyd {
namespace {

class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_), 0); }
  ~Pipe() {
    close(ends_[0]);
    close(ends_[1]);
  }
  int out() const { return ends_[0]; }
  void write() { EXPECT_EQ(::write(ends_[1], "x", 1), 1); }
  void read() {
    char byte;
    EXPECT_EQ(::read(ends_[0], &byte, 1), 1);
  }

 private:
  int ends_[2];
};

TEST(PollerTest, CallsForEachDescriptorAsLongAsItIsReadable) {
  Pipe first, second;
  std::promise<void> three_times, once;
  int reads = 0;
  Poller poller;
  poller.watch(first.out(), [&] {
    first.read();
    if (++reads == 3) three_times.set_value();
  });
  const auto id = poller.watch(second.out(), [&] {
    second.read();
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
  Poller poller;
  poller.end(poller.watch(ended.out(), [] { FAIL(); }));
  poller.end(99);
  poller.watch(other.out(), [&] {
    other.read();
    called.set_value();
  });
  ended.write();
  other.write();
  called.get_future().wait();
}

TEST(PollerTest, ACallMayEndItsOwnWatch) {
  Pipe pipe;
  std::promise<void> called;
  Poller poller;
  std::atomic<Poller::Id> id = 0;
  id = poller.watch(pipe.out(), [&] {
    while (id == 0) std::this_thread::yield();
    poller.end(id);
    called.set_value();  // a second time would throw
  });
  pipe.write();
  called.get_future().wait();
}

TEST(PollerTest, GivesBackWhatItsWatchesHold) {
  const auto held = std::make_shared<int>();
  Pipe pipe;
  {
    Poller poller;
    poller.watch(pipe.out(), [held] {});
    watch_devices(poller, [held] {});
  }
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace upyd
