#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>

#include "limits/stop_table.h"
#include "posix/system_clock.h"
#include "posix/system_files.h"
#include "upy/instance.h"

/// No work of a native is long between two looks for a kill, however much of it a script asks for: so a kill's outcome
/// comes soon. What is measured is the greatest time on the processor between two safepoints.
///
/// The table has a row for each native whose work grows with data, and names those whose work does not; a native that
/// it does not mention fails the test.
namespace {

using upy::Instance;
using upy::Outcome;

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr int64_t kLongestNs = 6'000'000;  // less than a third of what a kill may take, as machines differ
#else
constexpr int64_t kLongestNs = 60'000'000;
#endif

/// Sees every safepoint.
class Watch final : public upy::Host {
 public:
  void begin(Instance& instance) {
    last_ = reference_ = now();
    longest_ns_ = 0;
    instance.request_safepoint();
  }
  int64_t longest_ns() const { return longest_ns_; }

  void at_safepoint(Instance& instance) override {
    look();
    instance.request_safepoint();
  }
  void callback_raised(std::string_view, std::string_view) override {}
  void callback_begins() override {}
  void callback_ended(CallbackEnd) override {}
  void event_lost() override {}
  /// What took less than this altogether is not measured by itself: the processor's time is dear to ask for.
  void look() {
    constexpr int64_t kIgnoredNs = 100'000;
    const int64_t monotonic = clock(CLOCK_MONOTONIC);
    if (monotonic - reference_.monotonic < kIgnoredNs) return;
    const Moment moment{monotonic, clock(CLOCK_THREAD_CPUTIME_ID)};
    longest_ns_ = std::max(longest_ns_, moment.cpu - reference_.cpu);
    reference_ = moment;
  }

 private:
  struct Moment {
    int64_t monotonic, cpu;
  };
  static int64_t clock(clockid_t which) {
    timespec now{};
    clock_gettime(which, &now);
    return now.tv_sec * 1'000'000'000 + now.tv_nsec;
  }
  static Moment now() { return {clock(CLOCK_MONOTONIC), clock(CLOCK_THREAD_CPUTIME_ID)}; }

  Moment last_{}, reference_{};
  int64_t longest_ns_ = 0;
};

struct Console final : upy::Console {
  void write(Stream stream, std::string_view text) override {
    std::string& to = stream == Stream::Out ? output : errors;
    if (to.size() < kKept) to += text.substr(0, kKept);
  }
  ptrdiff_t read(char*, size_t) override { return 0; }
  Input input() override { return Input::End; }
  int input_descriptor() override { return -1; }
  static constexpr size_t kKept = 1 << 20;
  std::string output, errors;
};

/// Runs a script in an instance of its own and answers what it printed.
std::string run(const std::string& source, Watch& watch) {
  upy::SystemClock clock;
  upy::SystemFiles files;
  Console console;
  std::string error;
  const upy::Config config{.heap_bytes = 384u << 20};
  auto instance = Instance::create(config, {.clock = clock, .console = console, .files = files, .host = &watch}, error);
  EXPECT_TRUE(instance) << error;
  upy::Script script;
  script.text = source;
  watch.begin(*instance);
  const Outcome outcome = instance->run(script);
  watch.look();
  EXPECT_EQ(outcome.kind, Outcome::Kind::Finished) << outcome.traceback << source;
  return console.output;
}

class StopTest : public testing::TestWithParam<StopTable::Row> {};

TEST_P(StopTest, LooksUpSoon) {
  static const std::string prelude = StopTable().prelude;
  int64_t longest = INT64_MAX;
  for (int attempt = 0; attempt < 4 && longest > kLongestNs; attempt++) {  // others may be using the caches
    Watch watch;
    run(prelude + GetParam().source, watch);
    longest = std::min(longest, watch.longest_ns());
  }
  EXPECT_LE(longest, kLongestNs) << GetParam().names << GetParam().source;
}

INSTANTIATE_TEST_SUITE_P(Native, StopTest, testing::ValuesIn(StopTable().rows),
                         [](const testing::TestParamInfo<StopTable::Row>& info) {
                           std::string name = info.param.names.substr(0, info.param.names.find(' '));
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return !isalnum(c); }, '_');
                           return std::to_string(info.index) + "_" + name;
                         });

/// Every callable that dir() finds in the modules, in the types and in objects that only natives make.
TEST(StopTableTest, MentionsEveryNative) {
  const StopTable table;
  std::set<std::string> mentioned = table.constant;
  for (const auto& row : table.rows) {
    std::istringstream names(row.names);
    for (std::string name; names >> name;) mentioned.insert(name);
  }
  Watch watch;
  std::istringstream found(run(R"(
import array, asyncio, binascii, builtins, cmath, collections, errno, framebuf, gc, hashlib, heapq, io, json
import machine, math, micropython, os, platform, random, re, select, struct, sys, time, uctypes, vfs
def show(owner, thing):
    for name in dir(thing):
        value = getattr(thing, name, None)
        is_exception = isinstance(value, type) and issubclass(value, BaseException)
        if callable(value) and not is_exception and name != '__class__': print(owner + '.' + name)
modules = (array, asyncio, binascii, builtins, cmath, collections, errno, framebuf, gc, hashlib, heapq, io, json,
           machine, math, micropython, os, platform, random, re, select, struct, sys, time, uctypes, vfs)
for module in modules: show(module.__name__, module)
types = set()
for module in modules:
    for name in dir(module):
        thing = getattr(module, name)
        if isinstance(thing, type) and not issubclass(thing, BaseException): types.add(thing)
def generator(): yield
for thing in (re.compile('a'), re.match('a', 'a'), generator(), {}.keys(), {}.values(), {}.items(), show, 1 .to_bytes,
              select.poll(), sys.stdout, iter([]), compile('1', '', 'eval')): types.add(type(thing))
for each in types: show(each.__name__, each)
)",
                               watch));
  size_t count = 0;
  for (std::string name; found >> name; count++) {
    const std::string all = name.substr(0, name.find('.')) + ".*";
    EXPECT_TRUE(mentioned.count(name) || mentioned.count(all)) << name << ": add it to stop_table.py";
  }
  EXPECT_GT(count, 400u);
}

}  // namespace
