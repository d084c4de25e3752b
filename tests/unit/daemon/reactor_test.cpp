#include "reactor/reactor.h"

#include <gtest/gtest.h>
#include <asio/steady_timer.hpp>

#include <future>

namespace upyd {
namespace {

constexpr int64_t kMs = 1'000'000;

TEST(ReactorTest, CallsAtTheTimeAndNotBefore) {
  Reactor reactor;
  std::promise<int64_t> called_at;
  const int64_t when_ns = reactor.now_ns() + 20 * kMs;
  reactor.at(when_ns, [&](int64_t now_ns) {
    called_at.set_value(now_ns);
    return Alarms::kNever;
  });
  EXPECT_GE(called_at.get_future().get(), when_ns);
}

TEST(ReactorTest, AnEarlierAlarmGoesBeforeALaterOne) {
  Reactor reactor;
  std::promise<void> called;
  reactor.at(reactor.now_ns() + 3'600'000 * kMs, [](int64_t) { return Alarms::kNever; });
  reactor.at(reactor.now_ns() + kMs, [&](int64_t) {
    called.set_value();
    return Alarms::kNever;
  });
  called.get_future().get();
}

TEST(ReactorTest, CallsInTheOrderOfPosting) {
  Reactor reactor;
  std::string order;
  std::promise<void> done;
  for (const char mark : {'a', 'b', 'c'}) reactor.post([&order, mark] { order += mark; });
  reactor.post([&] { done.set_value(); });
  done.get_future().get();
  EXPECT_EQ(order, "abc");
}

TEST(ReactorTest, ACallReturnsAfterTheHandlersThatItCancels) {
  Reactor reactor;
  asio::steady_timer timer(reactor.io());
  std::string order;
  reactor.post([&] {
    timer.expires_after(std::chrono::hours(1));
    timer.async_wait([&](const asio::error_code& error) { order += error ? " cancelled" : " called"; });
  });
  reactor.call([&] {
    timer.cancel();
    order += "cancel";
  });
  EXPECT_EQ(order, "cancel cancelled");
}

}  // namespace
}  // namespace upyd
