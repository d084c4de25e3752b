#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;

/// The module micropython as clients of the daemon meet it: what scripts do with it is told of outside, and what they
/// do wrong stays their own affair.
class MicropythonTest : public RpcTest {
 protected:
  MicropythonTest() { create("a"); }

  v1::MemInfo mem_info(const std::string& instance = "a", bool verbose = false) {
    v1::GetMemInfoRequest request;
    request.set_instance(instance);
    request.set_verbose(verbose);
    return upyd().get_mem_info(request);
  }
  v1::QstrInfo qstr_info() {
    v1::GetQstrInfoRequest request;
    request.set_instance("a");
    request.set_verbose(true);
    return upyd().get_qstr_info(request);
  }
  v1::CompileResponse compile(const std::string& source, uint32_t opt_level) {
    v1::CompileRequest request;
    request.set_source(source);
    request.set_opt_level(opt_level);
    return upyd().compile(request);
  }
  /// What a script prints that runs at that level.
  std::string output_at(uint32_t opt_level, const std::string& source) {
    auto request = in("a", source);
    request.set_opt_level(opt_level);
    return run(request).out;
  }
};

// ---- const, opt_level ----

TEST_F(MicropythonTest, ConstantsWithAnUnderscoreTakeNoMemory) {
  run(in("a", "from micropython import const\nVISIBLE = const(1)\n_ZONK = const(2)\nx = _ZONK"));
  const v1::QstrInfo info = qstr_info();
  for (const std::string& name : info.strings()) EXPECT_NE(name, "_ZONK");
  EXPECT_EQ(run(in("a", "print(VISIBLE, '_ZONK' in globals())")).out, "1 False\n");
}

TEST_F(MicropythonTest, WhatIsNoConstantIsADiagnostic) {
  const auto response = compile("from micropython import const\nX = const(print)", 0);
  const v1::Diagnostic& diagnostic = response.diagnostics().diagnostics(0);
  EXPECT_EQ(diagnostic.type(), "SyntaxError");
  EXPECT_EQ(diagnostic.message(), "not a constant");
  EXPECT_EQ(diagnostic.line(), 2u);
}

TEST_F(MicropythonTest, RunSetsTheLevelForItsScriptAndLaterOnes) {
  EXPECT_EQ(output_at(0, "print(__debug__)"), "True\n");
  EXPECT_EQ(output_at(1, "assert False\nprint(__debug__)"), "False\n");
  EXPECT_EQ(run(in("a", "import micropython\nprint(micropython.opt_level(), __debug__)")).out, "1 False\n");
  EXPECT_EQ(output_at(0, "micropython.opt_level(1)\nprint(__debug__)"), "True\n");
  EXPECT_EQ(run(in("a", "print(__debug__)")).out, "False\n");
}

TEST_F(MicropythonTest, CompileSetsTheLevelOfItsBlob) {
  const std::string source = "def f():\n\n\n    assert False, __debug__\n    1 / 0\nf()";
  auto request = in("a", "");
  request.set_blob(compile(source, 0).blob());
  EXPECT_NE(run(request).err.find("line 4, in f\nAssertionError: True\n"), std::string::npos);
  request.set_blob(compile(source, 1).blob());
  EXPECT_NE(run(request).err.find("line 5, in f\nZeroDivisionError: divide by zero\n"), std::string::npos);
  request.set_blob(compile(source, 3).blob());
  EXPECT_NE(run(request).err.find("line 1, in <module>\n  File \"<stdin>\", line 1, in f\n"), std::string::npos);
}

TEST_F(MicropythonTest, AnInstanceBeginsAtTheLevelOfItsConfig) {
  v1::InstanceConfig config;
  config.set_opt_level(2);
  create("b", config);
  EXPECT_EQ(run(in("b", "import micropython\nprint(micropython.opt_level(), __debug__)")).out, "2 False\n");
}

TEST_F(MicropythonTest, LevelsAboveThreeAreRefused) {
  EXPECT_EQ(code_of([&] { compile("", 4); }), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] { output_at(4, ""); }), StatusCode::INVALID_ARGUMENT);
  v1::InstanceConfig config;
  config.set_opt_level(4);
  EXPECT_EQ(code_of([&] { create("b", config); }), StatusCode::INVALID_ARGUMENT);
}

// ---- the heap's lock, and errors without memory ----

TEST_F(MicropythonTest, ALockLeftAtExitIsReleasedAndTold) {
  const auto left = run(in("a", "import micropython\nfor i in range(3): micropython.heap_lock()"));
  EXPECT_TRUE(left.outcome.has_finished());
  EXPECT_EQ(left.outcome.released_heap_locks(), 0u);
  EXPECT_GT(mem_info().heap_used(), 0u) << "a locked heap can be looked into";
  const auto next = run(in("a", "print([1], micropython.heap_locked())"));
  EXPECT_EQ(next.out, "[1] 0\n");
  EXPECT_EQ(next.outcome.released_heap_locks(), 3u);
  EXPECT_EQ(run(in("a", "")).outcome.released_heap_locks(), 0u);
}

TEST_F(MicropythonTest, AnErrorUnderLockIsToldWithMessageAndTraceback) {
  const std::string source = "import micropython\nmicropython.heap_lock()\nbytearray(1)";
  const auto outcome = run(in("a", source)).outcome;
  EXPECT_EQ(outcome.exception().type(), "MemoryError");
  EXPECT_EQ(outcome.exception().message(), "memory allocation failed, heap is locked");
  EXPECT_NE(outcome.exception().traceback().find("line 3, in <module>"), std::string::npos);
}

TEST_F(MicropythonTest, WithoutEmergencyBufferAnErrorUnderLockIsBare) {
  const auto outcome = run(in("a",
                              "import micropython\n"
                              "micropython.alloc_emergency_exception_buf(0)\n"
                              "micropython.heap_lock()\n"
                              "bytearray(1)"))
                           .outcome;
  EXPECT_EQ(outcome.exception().type(), "MemoryError");
  EXPECT_EQ(outcome.exception().message(), "");
  EXPECT_EQ(outcome.exception().traceback(), "MemoryError: \n");
}

TEST_F(MicropythonTest, AFullHeapIsToldWithMessageAndTraceback) {
  v1::InstanceConfig config;
  config.set_heap_bytes(1u << 20);
  create("b", config);
  const auto outcome = run(in("b", "x = None\nwhile True: x = (x,)")).outcome;
  EXPECT_EQ(outcome.exception().type(), "MemoryError");
  EXPECT_TRUE(outcome.exception().message().starts_with("memory allocation failed, allocating "));
  EXPECT_NE(outcome.exception().traceback().find("line 2, in <module>"), std::string::npos);
}

// ---- figures ----

TEST_F(MicropythonTest, MemInfoIsTheSameInsideAndOutside) {
  const auto record =
      run(in("a", "import micropython\nkept = [bytearray(n) for n in (1, 500, 70000)]\nmicropython.mem_info(1)"));
  const v1::MemInfo info = mem_info("a", true);
  for (const char* part : {"mem: total=", "\nstack: ", " out of ",
                           "\nGC: total: ", "\n No. of 1-blocks: ", "\nGC memory layout; from ", "\n00000000: "}) {
    EXPECT_NE(record.out.find(part), std::string::npos) << part;
    EXPECT_NE(info.text().find(part), std::string::npos) << part;
  }
}

TEST_F(MicropythonTest, FiguresOfTheHeapAgree) {
  run(in("a", "import gc\nkept = [bytearray(n) for n in (1, 500, 70000)]\ngc.collect()"));
  const v1::MemInfo info = mem_info("a", true);
  EXPECT_LE(info.heap_used() + info.heap_free() + info.external(), info.heap_total());
  EXPECT_GE(info.heap_peak(), info.heap_used());
  EXPECT_GE(info.allocated(), info.heap_peak());
  EXPECT_GE(info.heap_committed(), info.heap_used());
  EXPECT_GT(info.collections(), 0u);
  EXPECT_GT(info.collection_ns(), 0u);
  EXPECT_GT(info.stack_limit(), info.stack_used());
  uint64_t allocations = 0, longest_free = 0, longest = 0, one_blocks = 0;
  for (int i = 0; i < info.map_blocks_size(); ++i) {
    const uint64_t blocks = info.map_blocks(i);
    const bool is_free = info.map_kinds()[static_cast<size_t>(i)] == '.';
    (is_free ? longest_free : longest) = std::max(is_free ? longest_free : longest, blocks);
    allocations += !is_free;
    one_blocks += !is_free && blocks == 1;
  }
  EXPECT_EQ(info.largest_free(), longest_free * 16);
  EXPECT_EQ(info.max_block(), longest);
  EXPECT_EQ(info.one_blocks(), one_blocks);
  EXPECT_EQ(info.one_blocks(), info.size_histogram(0));
  EXPECT_EQ(info.two_blocks(), info.size_histogram(1));
  uint64_t counted = 0;
  for (const uint32_t count : info.size_histogram()) counted += count;
  EXPECT_EQ(counted, allocations);
}

/// The collector may take a leftover on the native stack for a pointer: one or two of the blocks stay.
TEST_F(MicropythonTest, FiguresFollowTheScript) {
  const v1::MemInfo before = mem_info();
  const auto record = run(in("a",
                             "import gc, micropython\n"
                             "for i in range(20): x = bytearray(100000)\n"
                             "x = None\n"
                             "gc.collect()\n"
                             "print(micropython.mem_total(), micropython.mem_current(), micropython.mem_peak())"));
  const v1::MemInfo after = mem_info();
  EXPECT_GE(after.heap_peak(), 100'000u);
  EXPECT_LT(after.heap_used(), 400'000u);
  EXPECT_GE(after.allocated(), before.allocated() + 2'000'000);
  uint64_t total = 0, current = 0, peak = 0;
  ASSERT_EQ(std::sscanf(record.out.c_str(), "%lu %lu %lu", &total, &current, &peak), 3);
  EXPECT_GE(total, 2'000'000u);
  EXPECT_LT(current, 400'000u);
  EXPECT_EQ(peak, after.heap_peak());
}

TEST_F(MicropythonTest, MemoryOfLibrariesCountsAsExternal) {
  run(in("a", "import re\nkept = [re.compile('x' * n) for n in range(1, 9)]"));
  EXPECT_GT(mem_info().external(), 0u);
}

TEST_F(MicropythonTest, StackOfABusyScriptIsTold) {
  const v1::InstanceConfig config = upyd().get_status().default_config();
  EXPECT_EQ(mem_info().stack_limit(), config.stack_bytes() + config.frame_bytes());
  auto stream = upyd().run(in("a",
                              "def deep(n):\n"
                              "    if n: return max(map(deep, [n - 1]))\n"
                              "    print('on')\n"
                              "    while True: pass\n"
                              "deep(4)"));
  read_until(stream, "on");
  EXPECT_GT(mem_info().stack_used(), 1000u);
  interrupt("a", v1::InterruptRequest::LEVEL_KILL);
  finish(stream);
}

TEST_F(MicropythonTest, QstrInfoIsTheSameInsideAndOutside) {
  const auto record = run(in("a", "import micropython\nzonk = [i for i in ()]\nmicropython.qstr_info(1)"));
  EXPECT_TRUE(record.out.starts_with("qstr pool: n_pool=1, n_qstr=1, n_str_data_bytes=5, ")) << record.out;
  EXPECT_EQ(qstr_info().text(), record.out);
}

// ---- the scheduler ----

TEST_F(MicropythonTest, StatisticsOfTheSchedulerAreTold) {
  run(in("a",
         "import machine, micropython, time\n"
         "state = machine.disable_irq()\n"
         "for i in range(5): micropython.schedule(len, '')\n"
         "time.sleep_ms(20)\n"
         "machine.enable_irq(state)\n"
         "for i in range(5): pass"));
  const auto schedule = mem_info().schedule();
  EXPECT_EQ(schedule.run(), 5u);
  EXPECT_EQ(schedule.waiting(), 0u);
  EXPECT_EQ(schedule.high_water(), 5u);
  EXPECT_EQ(schedule.dropped(), 0u);
  EXPECT_GE(schedule.worst_delay_ns(), 20'000'000u);
}

TEST_F(MicropythonTest, AFullQueueIsAnErrorOfTheScriptAndNoLoss) {
  v1::InstanceConfig config;
  config.set_schedule_depth(4);
  create("b", config);
  const auto record = run(in("b",
                             "import machine, micropython\n"
                             "machine.disable_irq()\n"
                             "for i in range(5): micropython.schedule(len, '')"));
  EXPECT_EQ(record.outcome.exception().type(), "RuntimeError");
  EXPECT_EQ(record.outcome.exception().message(), "schedule queue full");
  EXPECT_EQ(mem_info("b").schedule().dropped(), 0u);
  EXPECT_EQ(mem_info("b").schedule().high_water(), 4u);
}

TEST_F(MicropythonTest, EventsThatFindTheQueueFullAreCounted) {
  run(in("a",
         "import micropython, time\n"
         "from machine import Timer\n"
         "timers = [Timer(period=1, callback=lambda t: None) for i in range(12)]\n"
         "micropython.schedule(lambda x: time.sleep_ms(100), None)\n"
         "time.sleep_ms(1)"));
  EXPECT_GT(mem_info().schedule().dropped(), 0u);
  EXPECT_EQ(mem_info().schedule().high_water(), 8u);
}

/// Edges come faster than the instance takes them: each one's callback runs, or it is counted as lost.
TEST_F(MicropythonTest, NoEdgeOfAFloodIsLostSilently) {
  v1::InstanceConfig config;
  config.set_mailbox_depth(8);
  create("b", config);
  auto stream = upyd().run(in("b",
                              "import time\n"
                              "from machine import Pin\n"
                              "Pin(4, Pin.IN).irq(lambda pin: time.sleep_us(50), Pin.IRQ_RISING | Pin.IRQ_FALLING)\n"
                              "print('on')\n"
                              "while True: pass"));
  read_until(stream, "on");
  constexpr uint64_t kEdges = 2000;
  v1::DriveLinesRequest flood;
  for (uint64_t i = 0; i < kEdges; ++i) {
    flood.add_drives()->set_line("4");
    flood.mutable_drives(static_cast<int>(i))->set_drive(i % 2 ? v1::DRIVE_LOW : v1::DRIVE_HIGH);
  }
  upyd().drive_lines(flood);
  v1::ScheduleInfo schedule;
  EXPECT_TRUE(soon([&] {
    schedule = mem_info("b").schedule();
    return schedule.run() + schedule.dropped() == kEdges;
  })) << schedule.DebugString();
  EXPECT_GT(schedule.dropped(), 0u);
  remove("b");
  EXPECT_TRUE(finish(stream).outcome.has_killed());
}

const std::string kEndlessChain =
    "import micropython\n"
    "def again(x): micropython.schedule(again, x)\n"
    "again(None)\n"
    "for i in range(1000): pass\n"
    "print('on')\n";

/// An interrupt that hits the callback ends that, and with it the chain; the next one ends the script.
TEST_F(MicropythonTest, ACallbackThatSchedulesItselfForEverLeavesTheScriptRunning) {
  auto stream = upyd().run(in("a", kEndlessChain + "while True: pass"));
  auto record = read_until(stream, "on");
  EXPECT_GT(mem_info().schedule().run(), 100u);
  EXPECT_TRUE(soon([&] { return interrupt("a", v1::InterruptRequest::LEVEL_INTERRUPT).run_id() == 0; }));
  EXPECT_TRUE(finish(stream, std::move(record)).outcome.has_interrupted());
}

TEST_F(MicropythonTest, ACallbackThatSchedulesItselfForEverGoesOnWhileIdle) {
  EXPECT_EQ(run(in("a", kEndlessChain)).out, "on\n");
  const uint64_t before = mem_info().schedule().run();
  EXPECT_TRUE(soon([&] { return mem_info().schedule().run() > before + 100; }));
  EXPECT_EQ(run(in("a", "print(6 * 7)")).out, "42\n");
  remove("a");
  EXPECT_EQ(code_of([&] { mem_info(); }), StatusCode::NOT_FOUND);
}

TEST_F(MicropythonTest, AnInterruptEndsACallbackThatLoops) {
  auto stream = upyd().run(in("a",
                              "import micropython, time\n"
                              "def loop(x):\n"
                              "    print('in')\n"
                              "    while True: pass\n"
                              "micropython.schedule(loop, None)\n"
                              "time.sleep_ms(1)\n"
                              "print('on')"));
  auto record = read_until(stream, "in");
  interrupt("a", v1::InterruptRequest::LEVEL_INTERRUPT);
  record = finish(stream, std::move(record));
  EXPECT_TRUE(record.outcome.has_finished());
  EXPECT_NE(record.out.find("in loop\nKeyboardInterrupt: \non\n"), std::string::npos) << record.out;
}

/// The client answers what a callback prints by deleting its instance, while the callback is at work.
TEST_F(MicropythonTest, AnInstanceIsDeletedInTheMiddleOfItsCallback) {
  for (const char* work : {"while True: pass", "time.sleep(1000)", "micropython.schedule(callback, 0)", "1 / 0"}) {
    create("b");
    auto stream = upyd().run(in("b",
                                "import micropython, time\n"
                                "def callback(x):\n"
                                "    print('in')\n"
                                "    " +
                                    std::string(work) +
                                    "\n"
                                    "micropython.schedule(callback, None)\n"
                                    "while True: pass"));
    read_until(stream, "in");
    remove("b");
    EXPECT_EQ(finish(stream).outcome.killed().limit(), v1::Killed::LIMIT_REQUEST) << work;
    EXPECT_EQ(code_of([&] { mem_info("b"); }), StatusCode::NOT_FOUND);
  }
}

TEST_F(MicropythonTest, AnIdleInstanceIsDeletedInTheMiddleOfItsCallback) {
  run(in("a",
         "import machine\n"
         "def callback(t):\n"
         "    while True: pass\n"
         "machine.Timer(mode=machine.Timer.ONE_SHOT, period=1, callback=callback)"));
  ASSERT_TRUE(soon([&] { return mem_info().schedule().run() == 1; }));
  v1::DeleteInstanceRequest request;
  request.set_name("a");
  upyd().delete_instance(request);
  EXPECT_EQ(code_of([&] { mem_info(); }), StatusCode::NOT_FOUND);
}

TEST_F(MicropythonTest, ScheduledInterruptsReachTheMainScript) {
  const auto record = run(in("a",
                             "import micropython\n"
                             "def ask(x): micropython.schedule(micropython.kbd_intr, None)\n"
                             "micropython.schedule(ask, None)\n"
                             "while True: pass"));
  EXPECT_TRUE(record.outcome.has_interrupted());
}

}  // namespace
}  // namespace upyd
