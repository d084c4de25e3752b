#include <csignal>
#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using Level = v1::InterruptRequest;
using upyclient::WatchStream;

/// Callbacks that go on for ever once line 4 rises.
constexpr const char* kSpins =
    "from machine import Pin\n"
    "def spin(pin):\n"
    "    while True: pass\n"
    "Pin(4, Pin.IN).irq(spin, Pin.IRQ_RISING)";
constexpr const char* kSpinsHard =
    "from machine import Pin\n"
    "def spin(pin):\n"
    "    while True: pass\n"
    "Pin(4, Pin.IN).irq(spin, Pin.IRQ_RISING, hard=True)";
constexpr const char* kCatches =
    "from machine import Pin\n"
    "caught = []\n"
    "def spin(pin):\n"
    "    while True:\n"
    "        try:\n"
    "            while True: pass\n"
    "        except BaseException as e:\n"
    "            caught.append(type(e).__name__)\n"
    "Pin(4, Pin.IN).irq(spin, Pin.IRQ_RISING)";

/// Callbacks that are at work between runs.
class CallbacksTest : public RpcTest {
 protected:
  WatchStream watch(v1::EventKind kind) {
    v1::WatchEventsRequest request;
    request.add_kinds(kind);
    WatchStream stream = upyd().watch_events(request);
    v1::WatchEventsResponse response;
    EXPECT_TRUE(stream.read(response));
    return stream;
  }
  static v1::Event next(WatchStream& stream) {
    v1::WatchEventsResponse response;
    EXPECT_TRUE(stream.read(response));
    return response.events_size() ? response.events(0) : v1::Event();
  }

  /// Runs the script, then causes the callback that it set up.
  void set_off(const std::string& source) {
    drive("4", v1::DRIVE_LOW);
    EXPECT_TRUE(run(in("a", source)).outcome.has_finished());
    drive("4", v1::DRIVE_HIGH);
  }
  /// The same, and waits until the callback is at work.
  void begin(const std::string& source) {
    set_off(source);
    v1::GetInstanceRequest request;
    request.set_name("a");
    const uint64_t before_ns = upyd().get_instance(request).cpu_ns();
    EXPECT_TRUE(soon([&] { return upyd().get_instance(request).cpu_ns() > before_ns + 5'000'000; }));
  }
  /// Whether callbacks between runs, and runs, are what they are in a new instance.
  void expect_sound() {
    run(in("a",
           "from machine import Pin, Timer\n"
           "pin = Pin(5, Pin.OUT, value=0)\n"
           "t5 = Timer(period=1, callback=lambda t: pin.value(1 - pin.value()))"));
    for (const uint32_t level : {1u, 0u}) {
      EXPECT_TRUE(soon([&] { return line("5").level() == level; })) << "callbacks work";
    }
    EXPECT_EQ(run(in("a", "t5.deinit()\nprint('alive')")).out, "alive\n");
  }
};

TEST_F(CallbacksTest, OneThatTakesTooLongIsKilled) {
  for (const char* source : {kSpins, kSpinsHard, kCatches}) {
    v1::InstanceConfig config;
    config.set_callback_ms(100);
    create("a", config);
    auto events = watch(v1::EVENT_KIND_CALLBACK_KILLED);
    set_off(source);
    const auto event = next(events);
    EXPECT_EQ(event.instance(), "a");
    EXPECT_EQ(event.callback_killed().limit(), v1::Killed::LIMIT_WALL);
    expect_sound();
    remove("a");
  }
}

TEST_F(CallbacksTest, ARunWaitsForOneNoLongerThanItMayTake) {
  v1::InstanceConfig config;
  config.set_callback_ms(1000);
  create("a", config);
  begin(kSpins);
  EXPECT_EQ(run(in("a", "print('alive')")).out, "alive\n");
}

TEST_F(CallbacksTest, ShortOnesMayGoOnForEver) {
  v1::InstanceConfig config;
  config.set_callback_ms(100);
  create("a", config);
  auto events = watch(v1::EVENT_KIND_CALLBACK_KILLED);
  run(in("a",
         "import time\n"
         "from machine import Timer\n"
         "n = 0\n"
         "def tick(t):\n"
         "    global n\n"
         "    n += 1\n"
         "    time.sleep_ms(4)\n"
         "t = Timer(period=5, callback=tick)"));
  std::this_thread::sleep_for(std::chrono::milliseconds(350));
  EXPECT_GT(std::stoi(run(in("a", "t.deinit()\nprint(n)")).out), 10);
  set_off(kSpins);
  EXPECT_EQ(next(events).sequence(), 1u) << "the first that was killed";
}

TEST_F(CallbacksTest, AnInterruptReachesIt) {
  create("a");
  auto events = watch(v1::EVENT_KIND_CALLBACK_RAISED);
  begin(kSpins);
  const auto answer = interrupt("a", Level::LEVEL_INTERRUPT);
  EXPECT_EQ(answer.run_id(), 0u);
  EXPECT_TRUE(answer.callback());
  EXPECT_EQ(next(events).callback_raised().type(), "KeyboardInterrupt");
  EXPECT_TRUE(soon([&] { return !interrupt("a", Level::LEVEL_INTERRUPT).callback(); })) << "it is over";
  expect_sound();
}

TEST_F(CallbacksTest, AStopReachesItAndKillsAfterTheGraceTime) {
  create("a");
  auto events = watch(v1::EVENT_KIND_CALLBACK_KILLED);
  begin(kCatches);
  EXPECT_TRUE(interrupt("a", Level::LEVEL_STOP).callback());
  EXPECT_EQ(next(events).callback_killed().limit(), v1::Killed::LIMIT_REQUEST);
  EXPECT_TRUE(run(in("a", "print(caught)")).out.ends_with("['SystemExit']\n"));
  expect_sound();
}

TEST_F(CallbacksTest, AKillReachesIt) {
  create("a");
  auto events = watch(v1::EVENT_KIND_CALLBACK_KILLED);
  begin(kCatches);
  EXPECT_TRUE(interrupt("a", Level::LEVEL_KILL).callback());
  EXPECT_EQ(next(events).callback_killed().limit(), v1::Killed::LIMIT_REQUEST);
  EXPECT_TRUE(run(in("a", "print(caught)")).out.ends_with("[]\n"));
  expect_sound();
}

/// Whose event comes while the one that is killed is at work.
TEST_F(CallbacksTest, AKillLeavesTheOthers) {
  create("a");
  begin(std::string(kSpinsHard) +
        "\nled = Pin(5, Pin.OUT, value=0)\n"
        "Pin(6, Pin.IN).irq(lambda pin: led.value(1), Pin.IRQ_RISING, hard=True)");
  drive("6", v1::DRIVE_HIGH);
  EXPECT_EQ(line("5").level(), 0u);
  interrupt("a", Level::LEVEL_KILL);
  EXPECT_TRUE(soon([&] { return line("5").level() == 1; }));
}

TEST_F(CallbacksTest, AKillOfARunThatWaitsForItIsForThatRun) {
  create("a");
  begin(kSpins);
  auto stream = upyd().run(in("a", "print('ran')"));
  v1::RunEvent event;
  ASSERT_TRUE(stream.read(event));
  v1::InterruptRequest request;
  request.set_instance("a");
  request.set_level(Level::LEVEL_KILL);
  request.set_run_id(event.started().run_id());
  EXPECT_FALSE(upyd().interrupt(request).callback());
  EXPECT_TRUE(interrupt("a", Level::LEVEL_INTERRUPT).callback());
  const auto record = finish(stream);
  EXPECT_EQ(record.outcome.killed().limit(), v1::Killed::LIMIT_REQUEST);
  EXPECT_EQ(record.out.find("ran"), std::string::npos);
  expect_sound();
}

TEST_F(CallbacksTest, ADeletionKillsIt) {
  create("a");
  auto events = watch(v1::EVENT_KIND_CALLBACK_KILLED);
  begin(kCatches);
  v1::DeleteInstanceRequest request;
  request.set_name("a");
  upyd().delete_instance(request);
  EXPECT_EQ(next(events).callback_killed().limit(), v1::Killed::LIMIT_REQUEST);
}

TEST_F(CallbacksTest, TheEndOfTheDaemonInterruptsIt) {
  create("a");
  auto events = watch(v1::EVENT_KIND_CALLBACK_RAISED);
  begin(kSpins);
  upyd_.send_signal(SIGTERM);
  EXPECT_EQ(next(events).callback_raised().type(), "KeyboardInterrupt");
  EXPECT_EQ(upyd_.wait().exit_status, 0);
}

TEST_F(CallbacksTest, TheEndOfTheDaemonKillsOneThatGoesOn) {
  create("a");
  auto events = watch(v1::EVENT_KIND_CALLBACK_KILLED);
  begin(kCatches);
  upyd_.send_signal(SIGTERM);
  EXPECT_EQ(next(events).callback_killed().limit(), v1::Killed::LIMIT_SHUTDOWN);
  EXPECT_EQ(upyd_.wait().exit_status, 0);
}

}  // namespace
}  // namespace upyd
