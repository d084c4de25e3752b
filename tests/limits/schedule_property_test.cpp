#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

#include "support/script_host.h"

/// Random interleavings of schedule, edges, interrupts, heap locks, sleeps and collections, held against what must be
/// true of them all: callbacks run in the order of being scheduled, none inside another, and none is lost but those
/// that are counted as dropped or that an interrupt ended.
namespace {

using upy::Event;
using upy::Outcome;

/// One line; its edges come from the test.
class EdgeSource final : public upy::Pins {
 public:
  upy::PortError request(const Id&, const upy::PinConfig&, Handle& handle) override {
    handle = 1;
    return {};
  }
  upy::PortError configure(Handle, const upy::PinConfig&) override { return {}; }
  upy::PortError read(Handle, int& level) override {
    level = 0;
    return {};
  }
  upy::PortError write(Handle, int) override { return {}; }
  upy::PortError watch(Handle, int, upy::EventToken token, upy::EventSink& sink) override {
    token_ = token;
    sink_ = &sink;
    return {};
  }
  void count_dropped(Handle, uint32_t) override {}
  uint64_t dropped(Handle) override { return 0; }
  void release(Handle) override {}
  std::string name(Handle) override { return "line"; }

  void post_edge() {
    sink_->post({.kind = Event::Kind::Edge, .rising = true, .token = token_});
    posted_++;
  }
  uint32_t posted() const { return posted_; }

 private:
  upy::EventToken token_ = 0;
  upy::EventSink* sink_ = nullptr;
  uint32_t posted_ = 0;
};

constexpr const char* kScript = R"(
import gc, machine, micropython, random, time

MOST = 20000
accepted = [0] * MOST  # numbers of the callbacks that were scheduled
ran = [0] * MOST       # of those that ran; both are made beforehand, as callbacks run with the heap locked too
accepted_count = ran_count = next_number = refused = edges = inside = nested = 0

def work(number):
    global ran_count, inside, nested
    nested += inside
    inside = 1
    ran[ran_count] = number
    ran_count += 1
    try:
        for i in range(number % 5): pass
        if number % 4 == 0: try_to_schedule()
    finally:
        inside = 0

def on_edge(pin):
    global edges, nested
    nested += inside
    edges += 1

def try_to_schedule():
    global accepted_count, next_number, refused
    try:
        micropython.schedule(work, next_number)
        accepted[accepted_count] = next_number
        accepted_count += 1
    except RuntimeError:
        refused += 1
    next_number += 1

def step(kind):
    if kind == 0: try_to_schedule()
    elif kind == 1: time.sleep_ms(0)
    elif kind == 2: gc.collect()
    elif kind == 3:
        micropython.heap_lock()
        try:
            try_to_schedule()
            for i in range(3): pass
        finally:
            micropython.heap_unlock()
    elif kind == 4:
        state = machine.disable_irq()
        try:
            try_to_schedule()
            for i in range(3): pass
        finally:
            machine.enable_irq(state)
    elif kind == 5:
        for i in range(20): pass
    elif kind == 6:
        for i in range(6): try_to_schedule()
    else: time.sleep_us(50)

def steps(count):
    while count:
        count -= 1
        step(random.getrandbits(3))

def is_in_order():
    at = 0
    for i in range(ran_count):
        while at < accepted_count and accepted[at] != ran[i]: at += 1
        if at == accepted_count: return False
        at += 1
    return True

pin = machine.Pin("line", machine.Pin.IN)
pin.irq(on_edge, machine.Pin.IRQ_RISING)
)";

size_t occurrences(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

class SchedulePropertyTest : public testing::TestWithParam<uint32_t> {
 protected:
  /// Does something again and again, at random moments, on a thread of its own.
  class Disturbance {
   public:
    Disturbance(uint32_t seed, int longest_us, std::function<void()> act)
        : thread_([this, seed, longest_us, act = std::move(act)] {
            std::mt19937 random(seed);
            while (!over_) {
              act();
              std::this_thread::sleep_for(std::chrono::microseconds(random() % static_cast<uint32_t>(longest_us)));
            }
          }) {}
    ~Disturbance() {
      over_ = true;
      thread_.join();
    }

   private:
    std::atomic<bool> over_ = false;
    std::thread thread_;
  };

  static upy::Config stressed() {
    upy::Config config;
    config.collect_every = GetParam() % 2 ? 50 : 0;
    return config;
  }

  int64_t number(const std::string& name) {
    host_.run("print(" + name + ")");
    return std::stoll(host_.take_output());
  }

  EdgeSource pins_;
  ScriptHost host_{stressed(), &pins_};
};

TEST_P(SchedulePropertyTest, KeepsOrderAndLosesNothingSilently) {
  ASSERT_EQ(host_.run(kScript).kind, Outcome::Kind::Finished) << host_.take_errors();
  host_.run("random.seed(" + std::to_string(GetParam()) + ")");
  {
    Disturbance edges(GetParam(), 300, [&] { pins_.post_edge(); });
    Disturbance interrupts(GetParam() + 1, 2000, [&] { host_.instance().stop(upy::StopLevel::Interrupt); });
    for (int round = 0; round < 60; ++round) {
      const Outcome outcome = host_.run("steps(60)");
      ASSERT_TRUE(outcome.kind == Outcome::Kind::Finished || outcome.kind == Outcome::Kind::Interrupted)
          << outcome.traceback;
    }
  }
  upy::Instance& instance = host_.instance();
  instance.clear_stop();
  upy::SystemClock clock;
  do instance.idle(clock.monotonic_ns() + 1'000'000);
  while (instance.schedule_info().waiting > 0);

  const std::string printed = host_.take_output();
  EXPECT_EQ(printed.find("Error"), std::string::npos) << printed;  // callbacks need no memory, and do nothing wrong
  const upy::ScheduleInfo info = instance.schedule_info();
  const int64_t ran = number("ran_count"), edges = number("edges"), accepted = number("accepted_count");
  EXPECT_EQ(number("nested"), 0);
  EXPECT_EQ(number("int(is_in_order())"), 1);
  EXPECT_GT(ran, 0);
  EXPECT_GT(edges, 0);
  // Callbacks that an interrupt ended before their first statement have left no trace but their traceback.
  const int64_t unseen_work = accepted - ran;
  const int64_t unseen_edges = pins_.posted() - static_cast<int64_t>(info.dropped) - edges;
  EXPECT_GE(unseen_work, 0);
  EXPECT_GE(unseen_edges, 0);
  EXPECT_EQ(static_cast<int64_t>(info.run), ran + edges + unseen_work + unseen_edges);
  EXPECT_LE(unseen_work + unseen_edges, static_cast<int64_t>(occurrences(printed, "KeyboardInterrupt")));
}

INSTANTIATE_TEST_SUITE_P(Seeds, SchedulePropertyTest, testing::Range(0u, 12u));

}  // namespace
