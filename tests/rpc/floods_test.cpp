#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using FloodsTest = RpcTest;

TEST_F(FloodsTest, AReaderThatDoesNotReadLosesOutputAndIsToldSo) {
  auto request = alone("line = 'x' * 999\nfor i in range(20000): print(line)");
  request.mutable_own()->mutable_config()->set_output_bytes(64u << 10);
  auto stream = upyd().run(request);
  EXPECT_TRUE(soon([&] {
    const auto status = upyd().get_status();
    return status.runs() == 1 && status.instances() == 0;
  })) << "the script is held up";
  const auto record = finish(stream);
  EXPECT_GT(record.dropped, 0u);
  EXPECT_EQ(record.out.size() + record.dropped, 20'000'000u);
  EXPECT_TRUE(record.outcome.has_finished());
}

TEST_F(FloodsTest, AFloodDoesNotDisturbOthers) {
  auto flood = upyd().run(alone("while True: print('x' * 999)"));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(run(alone("print(6 * 7)")).out, "42\n");
}

TEST_F(FloodsTest, AFloodOfTimersDoesNotDisturbThoseOfOthers) {
  v1::InstanceConfig config;
  config.set_heap_bytes(128u << 20);
  create("many", config);
  auto flood = upyd().run(in("many",
                             "from machine import Timer\n"
                             "timers = [Timer(-1, freq=10000, callback=lambda t: 0) for i in range(100000)]\n"
                             "print('on')\n"
                             "while True: pass\n"));
  create("one");
  EXPECT_EQ(run(in("one",
                   "from machine import Timer\n"
                   "import time\n"
                   "ticks = 0\n"
                   "def tick(t):\n"
                   "    global ticks\n"
                   "    ticks += 1\n"
                   "timer = Timer(period=5, callback=tick)\n"
                   "end = time.ticks_add(time.ticks_ms(), 20000)\n"
                   "while ticks < 20 and time.ticks_diff(end, time.ticks_ms()) > 0: pass\n"
                   "print(ticks)\n"))
                .out,
            "20\n");
  interrupt("many", v1::InterruptRequest::LEVEL_KILL);
  EXPECT_TRUE(finish(flood).outcome.has_killed());
}

TEST_F(FloodsTest, AWriterThatWaitsCanBeInterrupted) {
  create("a");
  auto stream = upyd().run(in("a", "while True: print('x' * 999)"));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  interrupt("a", v1::InterruptRequest::LEVEL_INTERRUPT);
  EXPECT_TRUE(finish(stream).outcome.has_interrupted());
}

}  // namespace
}  // namespace upyd
