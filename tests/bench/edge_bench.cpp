/// What an edge of a simulated line costs on its way to a callback, beside what it costs the system to wake a thread,
/// and what a storm of edges on one instance costs the timer of another, beside the timer of a program of its own. The
/// exit status is 1 if a bound is exceeded.

#include <sched.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cmath>
#include <ctime>
#include <thread>

#include "bench/report.h"
#include "bench/scripts.h"
#include "port/time_units.h"
#include "support/upyd_process.h"

namespace {

using namespace bench;
using namespace upyd::v1;
using test_support::UpydProcess;
using upyclient::Connection;

constexpr double kMaxToWakeup = 3;
constexpr double kMaxToOwnTimer = 1.5;
constexpr int64_t kPeriodNs = 10'000'000;

constexpr const char* kEdgeScript =
    "import time\n"
    "from machine import Pin\n"
    "delays = []\n"
    "def on_edge(pin): delays.append(time.ticks_cpu() - irq.timestamp_ns())\n"
    "irq = Pin(4, Pin.IN).irq(on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING)\n";
constexpr const char* kStormScript =
    "from machine import Pin\n"
    "seen = 0\n"
    "def on_edge(pin):\n"
    "    global seen\n"
    "    seen += 1\n"
    "irq = Pin(5, Pin.IN).irq(on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING)\n";
constexpr const char* kTimerScript =
    "import time\n"
    "from machine import Timer\n"
    "ticks = []\n"
    "timer = Timer(-1, period=10, callback=lambda t: ticks.append(time.ticks_cpu()))\n";

int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * upy::kNsPerSecond + now.tv_nsec;
}

/// Runs a script and returns the numbers it prints.
std::vector<double> numbers_of(Connection& upyd, const std::string& instance, const std::string& source) {
  return numbers_in(run(upyd, request_in(instance, source)));
}

void create_with(Connection& upyd, const std::string& instance, const std::string& script) {
  CreateInstanceRequest request;
  request.set_name(instance);
  request.mutable_config()->set_heap_bytes(16 << 20);
  upyd.create_instance(request);
  run(upyd, request_in(instance, script));
}

/// Drives a line up and down so many times in one call.
void drive(Connection& upyd, const std::string& line, int edges) {
  static bool high = false;
  DriveLinesRequest request;
  for (int i = 0; i < edges; ++i) {
    high = !high;
    LineDrive& drive = *request.add_drives();
    drive.set_line(line);
    drive.set_drive(high ? DRIVE_HIGH : DRIVE_LOW);
  }
  upyd.drive_lines(request);
}

/// A thread that waits for an eventfd and does nothing else.
class Waiter {
 public:
  Waiter() : descriptor_(eventfd(0, 0)), thread_([this] { run(); }) {}
  ~Waiter() {
    over_ = true;
    eventfd_write(descriptor_, 1);
    thread_.join();
    close(descriptor_);
  }
  /// Wakes it; the delay is known a little later.
  void wake() {
    woken_ns_ = now_ns();
    eventfd_write(descriptor_, 1);
  }
  const std::vector<double>& delays() const { return delays_; }

 private:
  void run() {
    eventfd_t value;
    while (eventfd_read(descriptor_, &value) == 0 && !over_) {
      delays_.push_back(static_cast<double>(now_ns() - woken_ns_));
    }
  }

  const int descriptor_;
  std::atomic<int64_t> woken_ns_ = 0;
  std::atomic<bool> over_ = false;
  std::vector<double> delays_;
  std::thread thread_;
};

/// Keeps what this thread starts, programs too, to one processor as long as it lives.
class OneProcessor {
 public:
  OneProcessor() {
    sched_getaffinity(0, sizeof(before_), &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    sched_setaffinity(0, sizeof(one), &one);
  }
  ~OneProcessor() { sched_setaffinity(0, sizeof(before_), &before_); }

 private:
  cpu_set_t before_;
};

/// On one processor: to wake another one takes longer than all that is measured here, and who has to is chance.
void measure_edges(Report& report, int edges) {
  report.title(fmt::format("From an edge of a simulated line to its callback, on one processor; {} times", edges));
  const OneProcessor one_processor;
  UpydProcess process("");
  Connection& upyd = process.connection();
  create_with(upyd, "reader", kEdgeScript);
  Waiter waiter;
  for (int i = 0; i < edges; ++i) {
    drive(upyd, "4", 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    waiter.wake();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const auto delays = numbers_of(upyd, "reader", "print(*delays)");
  const double callback = quantile(delays, 0.5) / 1000, wakeup = quantile(waiter.delays(), 0.5) / 1000;
  report.value("a thread woken by an eventfd, median", wakeup, "us");
  report.value("callback, median", callback, "us");
  report.value("callback, 99th percentile", quantile(delays, 0.99) / 1000, "us");
  report.bounded("callback / woken thread, medians", callback / wakeup, kMaxToWakeup, "x");
}

/// The times at which a timer of the system's ends a wait, on a grid.
std::vector<double> own_ticks(std::chrono::seconds time) {
  const int timer = timerfd_create(CLOCK_MONOTONIC, 0);
  const itimerspec period{{0, kPeriodNs}, {0, kPeriodNs}};
  timerfd_settime(timer, 0, &period, nullptr);
  std::vector<double> ticks;
  const int64_t end_ns = now_ns() + time.count() * upy::kNsPerSecond;
  for (uint64_t expiries; now_ns() < end_ns && read(timer, &expiries, sizeof(expiries)) > 0;) {
    ticks.push_back(static_cast<double>(now_ns()));
  }
  close(timer);
  return ticks;
}

/// What remains of a time in its period.
double phase(double ns) { return std::fmod(ns, kPeriodNs); }

/// How late ticks are on their grid, in microseconds. The grid is not known, but that most ticks are nearly in time.
std::vector<double> lateness(std::vector<double> ticks) {
  constexpr double kMostEarly = 1'000'000;
  const double first = ticks[0];
  for (double& tick : ticks) tick = phase(tick - first + kPeriodNs / 2);
  const double usual = quantile(ticks, 0.5);
  for (double& tick : ticks) tick = phase(tick - usual + kPeriodNs + kMostEarly);
  const double in_time = quantile(ticks, 0.01);
  for (double& tick : ticks) tick = (tick - in_time) / 1000;
  return ticks;
}

struct Lateness {
  std::vector<double> instance, own;
};

Lateness measure_timers(Connection& upyd, std::chrono::seconds time) {
  run(upyd, request_in("timer", "ticks.clear()"));
  Lateness measured;
  measured.own = lateness(own_ticks(time));
  measured.instance = lateness(numbers_of(upyd, "timer", "print(*ticks)"));
  return measured;
}

void tell(Report& report, const std::string& when, const Lateness& lateness) {
  for (const double part : {0.5, 0.9, 0.99}) {
    report.value(fmt::format("{}: own timer, {:g} %", when, part * 100), quantile(lateness.own, part), "us");
    report.value(fmt::format("{}: instance's timer, {:g} %", when, part * 100), quantile(lateness.instance, part),
                 "us");
  }
}

void measure_storm(Report& report, Connection& upyd, std::chrono::seconds time) {
  report.title(fmt::format("How late a 10 ms timer is, {} s each", time.count()));
  create_with(upyd, "timer", kTimerScript);
  create_with(upyd, "stormy", kStormScript);
  tell(report, "quiet", measure_timers(upyd, time));
  std::atomic<bool> over = false;
  uint64_t sent = 0;
  std::thread storm([&] {
    constexpr int kBatch = 100;
    for (; !over; sent += kBatch) drive(upyd, "5", kBatch);
  });
  const Lateness lateness = measure_timers(upyd, time);
  over = true;
  storm.join();
  tell(report, "in the storm", lateness);
  report.value("edges of the storm", static_cast<double>(sent) / static_cast<double>(time.count()), "/s");
  report.bounded("instance's timer / own timer, 99 %", quantile(lateness.instance, 0.99) / quantile(lateness.own, 0.99),
                 kMaxToOwnTimer, "x");
}

}  // namespace

int main(int argc, char** argv) try {
  int edges = 1000, seconds = 10;
  CLI::App app("Measures what edges of simulated lines cost.", "edge_bench");
  app.add_option("--edges", edges, "Edges, one by one")->capture_default_str();
  app.add_option("--seconds", seconds, "Length of the storm")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  Report report;
  measure_edges(report, edges);
  UpydProcess upyd("");
  measure_storm(report, upyd.connection(), std::chrono::seconds(seconds));
  return report.all_kept() ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "edge_bench: {}\n", error.what());
  return 1;
}
