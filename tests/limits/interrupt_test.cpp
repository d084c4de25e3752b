#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "support/script_host.h"

/// Whatever a script is busy with, an interrupt, a stop and a kill from another thread reach it.
namespace {

using upy::Outcome;
using upy::StopLevel;

struct Busy {
  const char* name;
  const char* source;  ///< prints nothing, and does not end by itself within the test's time
};

const Busy kLoops[] = {
    {"while_true", "while True: pass"},
    {"while_condition", "n = 1\nwhile n: n += 1"},
    {"while_else", "n = 1\nwhile n > 0:\n  n = 3\nelse: pass"},
    {"while_continue", "while True:\n  continue"},
    {"for_range", "while True:\n  for i in range(10**9): pass"},
    {"for_range_object", "r = range(10**9)\nwhile True:\n  for i in r: pass"},
    {"for_big_range", "while True:\n  for i in range(2**61, 2**61 + 10**9): pass"},
    {"for_list", "x = [0] * 1000\nwhile True:\n  for i in x: pass"},
    {"for_growing_list", "x = [0]\nfor i in x:\n  x.append(i)\n  x.pop(0)\n  x.append(i)"},
    {"for_tuple", "x = (0,) * 1000\nwhile True:\n  for i in x: pass"},
    {"for_str", "x = 'x' * 1000\nwhile True:\n  for i in x: pass"},
    {"for_dict", "x = {i: i for i in range(1000)}\nwhile True:\n  for i in x: pass"},
    {"for_generator", "def g():\n  while True: yield 1\nfor i in g(): pass"},
    {"for_delegating_generator", "def g():\n  while True: yield 1\ndef h():\n  yield from g()\nfor i in h(): pass"},
    {"for_instance", "class A:\n  def __iter__(self): return self\n  def __next__(self): return 1\nfor i in A(): pass"},
    {"for_getitem", "class A:\n  def __getitem__(self, i): return 1\nfor i in A(): pass"},
    {"list_comprehension", "while True: [i for i in range(10**9) if i < 0]"},
    {"dict_comprehension", "while True: {i: 1 for i in range(10**9) if i < 0}"},
    {"set_comprehension", "while True: {i for i in range(10**9) if i < 0}"},
    {"generator_expression", "while True: sum(1 for i in range(10**9))"},
    {"recursion", "def f(n):\n  if n: f(n - 1); f(n - 1)\nf(200)"},
    {"in_function", "def f():\n  while True: pass\nf()"},
    {"in_class_body", "class A:\n  while True: pass"},
    {"in_init", "class A:\n  def __init__(self):\n    while True: pass\nA()"},
    {"in_method", "class A:\n  def f(self):\n    while True: pass\nA().f()"},
    {"in_property", "class A:\n  @property\n  def f(self):\n    while True: pass\nA().f"},
    {"in_operator", "class A:\n  def __add__(self, o):\n    while True: pass\nA() + 1"},
    {"in_lambda", "f = lambda: [1 for i in range(10**9) if i < 0]\nwhile True: f()"},
    {"in_exec", "exec('while True: pass')"},
    {"in_eval", "eval('[1 for i in range(10**12) if i < 0]')"},
    {"in_sort_key", "def k(x):\n  while True: pass\n[2, 1].sort(key=k)"},
    {"in_hash", "class A:\n  def __hash__(self):\n    while True: pass\n{A(): 1}"},
    {"in_repr", "class A:\n  def __repr__(self):\n    while True: pass\nstr([A()])"},
    {"in_with", "class A:\n  def __enter__(self): pass\n  def __exit__(self, *a): pass\nwith A():\n  while True: pass"},
    {"in_exit",
     "class A:\n  def __enter__(self): pass\n  def __exit__(self, *a):\n    while True: pass\nwith A(): pass"},
    {"in_except", "try: 1/0\nexcept ZeroDivisionError:\n  while True: pass"},
    {"in_finally", "try: pass\nfinally:\n  while True: pass"},
    {"raising", "while True:\n  try: raise ValueError\n  except ValueError: pass"},
    {"in_sleep", "import time\ntime.sleep(3600)"},
    {"in_sleep_ms", "import time\ntime.sleep_ms(3600000)"},
    {"in_poll", "import select\nselect.poll().poll()"},
    {"in_poll_of_instance",
     "import io, select\nclass A(io.IOBase):\n  def ioctl(self, request, events): return 0\n"
     "poller = select.poll()\npoller.register(A())\npoller.poll()"},
    {"event_loop_asleep", "import asyncio\nasyncio.run(asyncio.sleep(3600))"},
    {"event_loop_forever", "import asyncio\nasyncio.get_event_loop().run_forever()"},
    {"event_loop_of_turns",
     "import asyncio\nasync def f():\n  while True: await "
     "asyncio.sleep(0)\nasyncio.create_task(f())\nasyncio.run(f())"},
    {"event_loop_in_task",
     "import asyncio\nasync def f():\n  while True: pass\nasyncio.create_task(f())\nasyncio.run(asyncio.sleep(1))"},
    {"idling", "import machine\nwhile True: machine.idle()"},
};

const Busy kNatives[] = {
    {"sum_of_range", "sum(range(10**12))"},
    {"all_of_map", "all(map(lambda x: True, range(10**12)))"},
    {"any_of_range", "any(0 for i in range(10**12))"},
    {"max_of_range", "max(range(10**12))"},
    {"list_of_filter", "list(filter(lambda x: False, range(10**12)))"},
    {"in_range_of_objects", "class A: pass\nA() in (i for i in range(10**12))"},
    {"set_of_range", "while True: set(i % 10 for i in range(10**9))"},
    {"sorted", "x = list(range(100000, 0, -1))\nwhile True: x.sort(); x.reverse()"},
    {"list_compare", "x = [1.5] * 100000\ny = list(x)\nwhile True: x == y"},
    {"list_count", "x = [1] * 100000\nwhile True: x.count(1)"},
    {"str_repeat", "while True: 'x' * 1000000"},
    {"str_find", "x = 'a' * 500000\ny = 'a' * 250000 + 'b'\nwhile True: x.find(y)"},
    {"str_replace", "x = 'ab' * 100000\nwhile True: x.replace('a', 'ba')"},
    {"str_join", "x = ['abc'] * 50000\nwhile True: ','.join(x)"},
    {"str_split", "x = 'a,' * 50000\nwhile True: x.split(',')"},
    {"bytes_join", "x = [b'abc'] * 50000\nwhile True: b','.join(x)"},
    {"big_power", "while True: 3 ** 200000"},
    {"big_multiply", "x = 3 ** 200000\nwhile True: x * x"},
    {"big_divide", "x = 3 ** 200000\ny = 7 ** 70000\nwhile True: x // y"},
    {"big_text", "x = 3 ** 200000\nwhile True: str(x)"},
    {"big_parse", "x = '7' * 60000\nwhile True: int(x)"},
    {"big_modular_power", "m = 3 ** 3000 + 1\nwhile True: pow(7, m, m)"},
    {"deque", "from collections import deque\nwhile True: deque(range(10**6), 10)"},
    {"zip", "list(zip(i for i in range(10**12) if i < 0))"},
    {"heapify", "import heapq\nx = list(range(300000, 0, -1))\nwhile True: heapq.heapify(x); x.reverse()"},
    {"base64", "import binascii\nx = bytes(2000000)\nwhile True: binascii.a2b_base64(binascii.b2a_base64(x))"},
    {"sha256", "import hashlib\nx = bytes(8000000)\nwhile True: hashlib.sha256(x)"},
    {"framebuf_fill",
     "import framebuf\nx = framebuf.FrameBuffer(bytearray(8000000), 2000, 2000, framebuf.RGB565)\nwhile True: "
     "x.fill(1)"},
    {"framebuf_ellipse",
     "import framebuf\nframebuf.FrameBuffer(bytearray(9), 3, 3, framebuf.GS8).ellipse(0, 0, 10**11, 10**11, 1)"},
    {"framebuf_poly",
     "import framebuf, array\nx = framebuf.FrameBuffer(bytearray(60000), 1, 60000, framebuf.GS8)\n"
     "x.poly(0, 0, array.array('H', [0, 0, 1, 60000] * 100000), 1, True)"},
    {"uctypes_sizeof",
     "import uctypes\nx = {'a': 0}\nfor i in range(60): x = {'a': (0, x), 'b': (0, x)}\nuctypes.sizeof(x)"},
    {"json_dumps", "import json\nx = [[1]] * 500000\nwhile True: json.dumps(x)"},
    {"nested_equal", "a = []\nb = []\nfor i in range(40):\n  a = [a, a]\n  b = [b, b]\na == b"},
    {"nested_less", "a = ()\nb = ()\nfor i in range(40):\n  a = (a, a)\n  b = (b, b)\na < b"},
    {"nested_in", "a = []\nb = []\nfor i in range(40):\n  a = [a, a]\n  b = [b, b]\na in [b]"},
    {"nested_sort", "a = []\nb = []\nfor i in range(40):\n  a = [a, a]\n  b = [b, b]\nsorted([a, b])"},
    {"nested_hash", "a = ()\nfor i in range(40): a = (a, a)\nhash(a)"},
    {"nested_key", "a = ()\nfor i in range(40): a = (a, a)\n{}.setdefault(a)"},
    {"nested_print",
     "import io\nclass A(io.IOBase):\n  def write(self, data): return len(data)\n"
     "a = []\nfor i in range(40): a = [a, a]\nprint(a, file=A())"},
    {"nested_except", "a = ()\nfor i in range(40): a = (a, a)\ntry: raise ValueError\nexcept a: pass"},
    {"keys_of_one_hash", "a = {((1 << 61) - 1) * i: i for i in range(20000)}\nwhile True: dict(a).update(a)"},
    {"collect", "import gc\na = [[] for i in range(100000)]\nwhile True: gc.collect()"},
    {"regex", "import re\nre.match('(' + 'a?' * 300 + ')*b', 'a' * 10**6)"},
    {"regex_search", "import re\nx = 'a' * 10**6\nwhile True: re.search('a*b', x)"},
    {"compile_comment", "x = '#' + 'x' * 4000000\nwhile True: exec(x)"},
    {"compile_string", "x = 'a = \"' + 'x' * 2000000 + '\"'\nwhile True: exec(x)"},
    {"compile_list", "x = 'a = [' + '1,' * 200000 + ']'\nwhile True:\n  try: exec(x)\n  except MemoryError: pass"},
    {"json_loads",
     "import json\nx = '[' + ' 1.5,' * 200000\nwhile True:\n  try: json.loads(x)\n  except ValueError: pass"},
};

class BusyTest : public testing::TestWithParam<Busy> {
 protected:
  BusyTest() : host_({.heap_bytes = 16u << 20}) {}

  /// Runs the script, asks it to stop when it is under way, and answers how it ended.
  Outcome stop(const std::string& source, StopLevel level) {
    std::thread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      begin_ = std::chrono::steady_clock::now();
      host_.instance().stop(level);
    });
    Outcome outcome = host_.run(source);
    auto took = std::chrono::steady_clock::now() - begin_;
    stopper.join();
    // Wide: the machine may be loaded, and under a sanitizer. What is checked is that it stops at all, and soon.
    EXPECT_LT(std::chrono::duration_cast<std::chrono::seconds>(took).count(), 5);
    return outcome;
  }

  ScriptHost host_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

TEST_P(BusyTest, IsInterrupted) {
  Outcome outcome = stop(GetParam().source, StopLevel::Interrupt);
  EXPECT_EQ(outcome.kind, Outcome::Kind::Interrupted) << outcome.traceback;
  EXPECT_EQ(outcome.exit_status, 130);
  EXPECT_EQ(host_.run("print(1)").kind, Outcome::Kind::Finished);
}

TEST_P(BusyTest, IsStopped) {
  Outcome outcome = stop(GetParam().source, StopLevel::Stop);
  EXPECT_EQ(outcome.kind, Outcome::Kind::Stopped) << outcome.traceback;
}

/// Even where every handler there is tries to go on.
TEST_P(BusyTest, IsKilledWhateverCatches) {
  std::string body = GetParam().source;
  for (size_t at = 0; (at = body.find('\n', at)) != body.npos; at += 9) body.replace(at, 1, "\n        ");
  std::string source =
      "class Keep:\n  def __enter__(self): pass\n  def __exit__(self, *a): return True\n"
      "while True:\n"
      "  try:\n"
      "    try:\n"
      "      with Keep():\n"
      "        " +
      body +
      "\n"
      "    except BaseException: pass\n"
      "  finally:\n"
      "    continue\n";
  EXPECT_EQ(stop(source, StopLevel::Kill).kind, Outcome::Kind::Killed);
  EXPECT_EQ(host_.run("print(1)").kind, Outcome::Kind::Finished);
  EXPECT_EQ(host_.take_output(), "1\n");
}

std::string name_of(const testing::TestParamInfo<Busy>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Loop, BusyTest, testing::ValuesIn(kLoops), name_of);
INSTANTIATE_TEST_SUITE_P(Native, BusyTest, testing::ValuesIn(kNatives), name_of);

class InterruptTest : public BusyTest {};

TEST_F(InterruptTest, MayBeCaught) {
  Outcome outcome = stop("try:\n  while True: pass\nexcept KeyboardInterrupt: print('caught')", StopLevel::Interrupt);
  EXPECT_EQ(outcome.kind, Outcome::Kind::Finished);
  EXPECT_EQ(host_.take_output(), "caught\n");
}

TEST_F(InterruptTest, StopRunsFinally) {
  Outcome outcome = stop("try:\n  while True: pass\nfinally: print('safe')", StopLevel::Stop);
  EXPECT_EQ(outcome.kind, Outcome::Kind::Stopped);
  EXPECT_EQ(host_.take_output(), "safe\n");
}

TEST_F(InterruptTest, KillRunsNoFinally) {
  EXPECT_EQ(stop("try:\n  while True: pass\nfinally: print('not this')", StopLevel::Kill).kind, Outcome::Kind::Killed);
  EXPECT_EQ(host_.take_output(), "");
}

/// An interrupt that comes while a callback runs ends the callback; the script goes on.
TEST_F(InterruptTest, InCallbackEndsTheCallback) {
  Outcome outcome = stop(
      "import micropython, time\n"
      "def callback(x):\n"
      "  while True: pass\n"
      "micropython.schedule(callback, 0)\n"
      "time.sleep_ms(1)\n"
      "print('after')",
      StopLevel::Interrupt);
  EXPECT_EQ(outcome.kind, Outcome::Kind::Finished);
  std::string output = host_.take_output();
  EXPECT_NE(output.find("KeyboardInterrupt: \nafter\n"), output.npos) << output;
}

TEST_F(InterruptTest, KillInCallbackEndsTheScript) {
  Outcome outcome = stop(
      "import micropython, time\n"
      "def callback(x):\n"
      "  while True: pass\n"
      "micropython.schedule(callback, 0)\n"
      "time.sleep(3600)",
      StopLevel::Kill);
  EXPECT_EQ(outcome.kind, Outcome::Kind::Killed);
}

}  // namespace
