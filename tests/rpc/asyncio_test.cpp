#include "rpc_test.h"

namespace upyd {
namespace {

using Level = v1::InterruptRequest;

/// Scripts that wait for several things at once: event loops and polls.
class AsyncioTest : public RpcTest {
 protected:
  AsyncioTest() { create("a"); }

  /// Begins a script, waits until it says that it is on, and does something to it.
  RunRecord during(const std::string& script, const std::function<void()>& action) {
    auto stream = upyd().run(in("a", script));
    RunRecord record = read_until(stream, "on\n");
    action();
    return finish(stream, std::move(record));
  }
  void pulse(const std::string& line) {
    for (const auto level : {v1::DRIVE_LOW, v1::DRIVE_HIGH}) drive(line, level);
  }
};

constexpr const char* kConsoleTimerAndPin = R"(
import asyncio, sys
from machine import Pin, Timer

tick, edge = asyncio.ThreadSafeFlag(), asyncio.ThreadSafeFlag()
button = Pin(4, Pin.IN)

async def tell(flag, name):
    while True:
        await flag.wait()
        print(name)

async def main():
    asyncio.create_task(tell(tick, 'tick'))
    asyncio.create_task(tell(edge, 'edge'))
    button.irq(lambda pin: edge.set(), Pin.IRQ_RISING, hard=True)
    timer = Timer(-1, mode=Timer.ONE_SHOT, period=1, callback=lambda timer: tick.set())
    reader = asyncio.StreamReader(sys.stdin)
    print('on')
    while line := await reader.readline():
        print(line)

asyncio.run(main())
)";

TEST_F(AsyncioTest, ALoopWaitsForConsoleTimerAndPin) {
  auto console = open_console(console_of("a"));
  auto stream = upyd().run(in("a", kConsoleTimerAndPin));
  auto record = read_until(stream, "tick\n");
  pulse("4");
  record = read_until(stream, "edge\n");
  console.write("half a ");
  pulse("4");
  record = read_until(stream, "edge\n");
  console.write("line\nsecond\n");
  record = read_until(stream, "b'half a line\\n'\nb'second\\n'\n");
  console.write("last");
  console.end_input();
  record = finish(stream);
  EXPECT_EQ(record.out, "b'last'\n");
  EXPECT_TRUE(record.outcome.has_finished());
}

TEST_F(AsyncioTest, ALoopThatWaitsUsesNoTime) {
  auto console = open_console(console_of("a"));
  const auto record = run(in("a", R"(
import asyncio, select, sys
async def main():
    try:
        await asyncio.wait_for_ms(asyncio.StreamReader(sys.stdin).read(1), 300)
    except asyncio.TimeoutError:
        print('timeout')
asyncio.run(main())
poller = select.poll()
poller.register(sys.stdin, select.POLLIN)
print(poller.poll(300))
)"));
  EXPECT_EQ(record.out, "timeout\n[]\n");
  EXPECT_LT(record.outcome.cpu_ns(), 150'000'000u);
}

constexpr const char* kAsleep = R"(
import asyncio
async def main():
    print('on')
    try:
        await asyncio.sleep(1000)
    finally:
        print('in order')
asyncio.run(main())
)";

TEST_F(AsyncioTest, AnInterruptIsRaisedInTheMainTask) {
  const auto record = during(kAsleep, [&] { interrupt("a", Level::LEVEL_INTERRUPT); });
  EXPECT_TRUE(record.outcome.has_interrupted());
  EXPECT_EQ(record.out, "on\nin order\n");
}

TEST_F(AsyncioTest, AStopIsToo) {
  const auto record = during(kAsleep, [&] { interrupt("a", Level::LEVEL_STOP); });
  EXPECT_TRUE(record.outcome.has_stopped());
  EXPECT_EQ(record.out, "on\nin order\n");
}

TEST_F(AsyncioTest, AKillAsksNobody) {
  const auto record = during(kAsleep, [&] { interrupt("a", Level::LEVEL_KILL); });
  EXPECT_TRUE(record.outcome.has_killed());
  EXPECT_EQ(record.out, "on\n");
  EXPECT_EQ(run(in("a", "async def main(): return await asyncio.sleep(0, )\nprint(asyncio.run(main()))")).out,
            "None\n");
}

TEST_F(AsyncioTest, TasksThatNeverWaitCanBeInterrupted) {
  const auto record = during(R"(
import asyncio
async def busy():
    while True:
        await asyncio.sleep(0)
async def main():
    asyncio.create_task(busy())
    print('on')
    await busy()
asyncio.run(main())
)",
                             [&] { interrupt("a", Level::LEVEL_INTERRUPT); });
  EXPECT_TRUE(record.outcome.has_interrupted());
}

TEST_F(AsyncioTest, TasksGoOnInTheNextRun) {
  run(in("a", R"(
import asyncio
async def later():
    await asyncio.sleep(0)
    print('later')
asyncio.create_task(later())
)"));
  EXPECT_EQ(run(in("a", "asyncio.run(asyncio.sleep_ms(1))")).out, "later\n");
}

constexpr const char* kPolls = R"(
import select, sys
poller = select.poll()
poller.register(sys.stdin, select.POLLIN)
print('on')
print(poller.poll())
)";

TEST_F(AsyncioTest, APollWaitsForTheConsole) {
  auto console = open_console(console_of("a"));
  EXPECT_EQ(during(kPolls, [&] { console.write("x"); }).out, "on\n[(<io.TextIOWrapper 0>, 1)]\n");
  EXPECT_EQ(during("import select\nprint('on')\nprint(sys.stdin.read(1), select.select([0], [], []))",
                   [&] { console.end_input(); })
                .out,
            "on\nx ([0], [], [])\n");
}

TEST_F(AsyncioTest, APollCanBeInterrupted) {
  auto console = open_console(console_of("a"));
  for (const auto level : {Level::LEVEL_INTERRUPT, Level::LEVEL_STOP, Level::LEVEL_KILL}) {
    const auto record = during(kPolls, [&] { interrupt("a", level); });
    EXPECT_FALSE(record.outcome.has_finished());
    EXPECT_EQ(record.out, "on\n");
  }
}

TEST_F(AsyncioTest, CallbacksRunDuringAPoll) {
  auto console = open_console(console_of("a"));
  auto stream = upyd().run(in("a", std::string(R"(
from machine import Pin, Timer
from micropython import schedule
Pin(4, Pin.IN).irq(lambda pin: print('edge'), Pin.IRQ_RISING)
Timer(-1, mode=Timer.ONE_SHOT, period=1, callback=lambda timer: schedule(print, 'scheduled'))
)") + kPolls));
  auto record = read_until(stream, "scheduled\n");
  pulse("4");
  record = read_until(stream, "edge\n");
  console.write("x");
  EXPECT_EQ(finish(stream).out, "[(<io.TextIOWrapper 0>, 1)]\n");
}

}  // namespace
}  // namespace upyd
