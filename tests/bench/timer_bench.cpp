/// How punctual timers are: many instances, each with a periodic machine.Timer, beside as many threads that each read a
/// timerfd of the same period. Every expiry must be a callback or counted as coalesced, and the grids must not drift;
/// the exit status is 1 if not.

#include <sys/timerfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <deque>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "port/time_units.h"
#include "report.h"
#include "scripts.h"
#include "support/upyd_process.h"

namespace {

using namespace bench;
using namespace upyd::v1;
using test_support::UpydProcess;
using upyclient::Connection;
using upyclient::RunStream;

constexpr const char* kConfig = "max_instances = 4096\n";
constexpr double kMaxDriftUs = 1000;

struct Sizes {
  int instances = 200;
  int hertz = 100;
  int seconds = 30;

  int64_t expiries() const { return int64_t{hertz} * seconds; }
  int64_t period_ns() const { return upy::kNsPerSecond / hertz; }
};

/// Notes how late each callback is for the oldest expiry that it stands for, so an expiry that is neither a callback
/// nor counted makes all later ones late by a period. Prints the numbers of callbacks and of coalesced expiries, then
/// the delays in microseconds. The grid begins at `start`, or up to half a millisecond later.
constexpr const char* kScript = R"(
import array, sys, time
from machine import Timer
hertz, seconds = int(sys.argv[1]), int(sys.argv[2])
period = 1000000 // hertz
most = hertz * seconds + 2
delays = array.array('i', [0] * most)
calls = accounted = 0
def on_tick(timer):
    global calls, accounted
    delay = time.ticks_diff(time.ticks_us(), start) - (accounted + 1) * period
    calls += 1
    accounted = calls + timer.coalesced()
    if calls <= most: delays[calls - 1] = delay
t = Timer()
while True:
    start = time.ticks_us()
    t.init(freq=hertz, callback=on_tick)
    if time.ticks_diff(time.ticks_us(), start) < 500: break
time.sleep(seconds)
t.deinit()
print(calls, t.coalesced(), *[delays[i] for i in range(min(calls, most))])
)";

/// What became of one timer.
struct Ticks {
  int64_t calls = 0, coalesced = 0;
  std::vector<double> delays_us;

  /// The delay of the more punctual callbacks, at which what else the machine does has no part, in a second at the
  /// beginning or at the end.
  double first_us(const Sizes& sizes) const { return punctual(delays_us.begin(), delays_us.begin() + second(sizes)); }
  double last_us(const Sizes& sizes) const { return punctual(delays_us.end() - second(sizes), delays_us.end()); }

 private:
  using Iterator = std::vector<double>::const_iterator;
  static double punctual(Iterator begin, Iterator end) { return quantile({begin, end}, 0.1); }
  ptrdiff_t second(const Sizes& sizes) const {
    return std::min<ptrdiff_t>(sizes.hertz, static_cast<ptrdiff_t>(delays_us.size()));
  }
};

RunStream start_ticking(Connection& upyd, const Sizes& sizes) {
  RunRequest request = request_alone(kScript);
  for (const std::string& argument : {std::string("tick"), fmt::to_string(sizes.hertz), fmt::to_string(sizes.seconds)})
    request.add_argv(argument);
  return upyd.run(request);
}

Ticks read_ticks(RunStream& stream) {
  Ticks ticks;
  std::istringstream in(read_output(stream));
  in >> ticks.calls >> ticks.coalesced;
  for (double delay; in >> delay;) ticks.delays_us.push_back(delay);
  if (ticks.delays_us.empty()) throw std::runtime_error("a script did not print what it measured");
  return ticks;
}

std::vector<Ticks> tick_in_instances(Connection& upyd, const Sizes& sizes) {
  std::deque<RunStream> streams;
  for (int i = 0; i < sizes.instances; ++i) streams.push_back(start_ticking(upyd, sizes));
  std::vector<Ticks> ticks;
  for (RunStream& stream : streams) ticks.push_back(read_ticks(stream));
  return ticks;
}

int64_t monotonic_ns() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

timespec to_timespec(int64_t ns) { return {.tv_sec = ns / upy::kNsPerSecond, .tv_nsec = ns % upy::kNsPerSecond}; }

/// What a bare program does: the same of a timerfd that begins at that time.
Ticks tick_bare(const Sizes& sizes, int64_t start_ns) {
  const int64_t period_ns = sizes.period_ns();
  const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  const itimerspec spec{.it_interval = to_timespec(period_ns), .it_value = to_timespec(start_ns + period_ns)};
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &spec, nullptr);
  Ticks ticks;
  ticks.delays_us.reserve(static_cast<size_t>(sizes.expiries()));
  for (uint64_t expired = 0; ticks.calls + ticks.coalesced < sizes.expiries();) {
    if (read(timer, &expired, sizeof expired) != sizeof expired) break;
    const int64_t due_ns = start_ns + (ticks.calls + ticks.coalesced + 1) * period_ns;
    ticks.delays_us.push_back(static_cast<double>(monotonic_ns() - due_ns) / 1000);
    ticks.coalesced += static_cast<int64_t>(expired) - 1;
    ++ticks.calls;
  }
  close(timer);
  return ticks;
}

/// The grids of the threads are spread over a period, as those of instances that start one after the other.
std::vector<Ticks> tick_in_threads(const Sizes& sizes) {
  std::vector<Ticks> ticks(static_cast<size_t>(sizes.instances));
  std::vector<std::thread> threads;
  const int64_t start_ns = monotonic_ns();
  for (int i = 0; i < sizes.instances; ++i)
    threads.emplace_back([&, i] {
      ticks[static_cast<size_t>(i)] = tick_bare(sizes, start_ns + i * sizes.period_ns() / sizes.instances);
    });
  for (std::thread& thread : threads) thread.join();
  return ticks;
}

std::vector<double> all_delays(const std::vector<Ticks>& of_all) {
  std::vector<double> delays;
  for (const Ticks& ticks : of_all) delays.insert(delays.end(), ticks.delays_us.begin(), ticks.delays_us.end());
  return delays;
}

void show(Report& report, const std::string& who, const std::vector<Ticks>& of_all) {
  int64_t calls = 0, coalesced = 0;
  for (const Ticks& ticks : of_all) {
    calls += ticks.calls;
    coalesced += ticks.coalesced;
  }
  report.title(who);
  report.value("calls", static_cast<double>(calls), "");
  report.value("coalesced", static_cast<double>(coalesced), "");
  const std::vector<double> delays = all_delays(of_all);
  for (const auto& [name, part] : {std::pair{"median", 0.5},
                                   {"90th percentile", 0.9},
                                   {"99th percentile", 0.99},
                                   {"99.9th percentile", 0.999},
                                   {"worst", 1.0}})
    report.value(fmt::format("late by, {}", name), quantile(delays, part), "us");
}

void judge(Report& report, const std::vector<Ticks>& of_all, const Sizes& sizes) {
  const double period_us = static_cast<double>(sizes.period_ns()) / 1000;
  double lost = 0, drift_us = 0;
  for (const Ticks& ticks : of_all) {
    lost += std::round(ticks.last_us(sizes) / period_us);
    drift_us = std::max(drift_us, std::abs(ticks.last_us(sizes) - ticks.first_us(sizes)));
  }
  report.bounded("expiries of which nothing is known", lost, 0, "");
  report.bounded("largest drift of a grid", drift_us, kMaxDriftUs, "us");
}

}  // namespace

int main(int argc, char** argv) try {
  Sizes sizes;
  CLI::App app("Measures how punctual the timers of many instances are.", "timer_bench");
  app.add_option("--instances", sizes.instances, "Instances, with a timer each")->capture_default_str();
  app.add_option("--hertz", sizes.hertz, "Frequency of each timer")->capture_default_str()->check(CLI::PositiveNumber);
  app.add_option("--seconds", sizes.seconds, "How long they tick")->capture_default_str()->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);

  Report report;
  UpydProcess upyd(kConfig);
  const std::vector<Ticks> hosted = tick_in_instances(upyd.connection(), sizes);
  show(report, fmt::format("{} instances, timers of {} Hz for {} s", sizes.instances, sizes.hertz, sizes.seconds),
       hosted);
  judge(report, hosted, sizes);
  show(report, fmt::format("{} threads that read a timerfd", sizes.instances), tick_in_threads(sizes));
  return report.all_kept() ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "timer_bench: {}\n", error.what());
  return 1;
}
