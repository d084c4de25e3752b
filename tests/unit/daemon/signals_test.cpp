#include "reactor/signals.h"

#include <gtest/gtest.h>

#include <csignal>
#include <future>
#include <memory>
#include <thread>

namespace upyd {
namespace {

/// By default nothing happens.
constexpr int kHarmless = SIGURG;

TEST(SignalsTest, EachOfThemIsTaken) {
  Reactor reactor;
  std::promise<int> first, second;
  const Signals signals(reactor, {SIGUSR1, SIGUSR2},
                        [&](int number) { (number == SIGUSR1 ? first : second).set_value(number); });
  raise(SIGUSR2);
  EXPECT_EQ(second.get_future().get(), SIGUSR2);
  raise(SIGUSR1);
  EXPECT_EQ(first.get_future().get(), SIGUSR1);
}

TEST(SignalsTest, AfterTheirEndNoneIsTaken) {
  Reactor reactor;
  for (int i = 0; i < 50; ++i) {
    auto taken = std::make_unique<int>(0);
    auto signals = std::make_unique<Signals>(reactor, std::initializer_list{kHarmless}, [&](int) { ++*taken; });
    std::thread sender([] {
      for (int n = 0; n < 200; ++n) raise(kHarmless);
    });
    std::this_thread::sleep_for(std::chrono::microseconds(i * 10));
    signals.reset();
    taken.reset();
    sender.join();
  }
}

}  // namespace
}  // namespace upyd
