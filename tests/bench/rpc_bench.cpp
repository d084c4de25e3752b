/// What hosting costs, measured through the API against an upyd that it starts: the memory of idle instances, the time
/// of a short life of an instance and of a look into one beside that of an empty call, of a scrape of the metrics, and
/// how fast callbacks start and a busy loop is interrupted. Each figure is printed beside what it is compared with or
/// bounded by; the exit status is 1 if a bound is exceeded.

#include <fmt/format.h>
#include <grpc/grpc.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "report.h"
#include "scripts.h"
#include "support/socket_talk.h"
#include "support/temporary_directory.h"
#include "support/upyd_process.h"

namespace {

using namespace bench;
using namespace upyd::v1;
using test_support::UpydProcess;
using upyclient::Connection;
using upyclient::RunStream;
using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

constexpr double kMaxIdleKib = 48;
constexpr double kMaxLifeToCall = 6;
constexpr double kMaxInterruptMs = 5;
constexpr double kMaxInspectionToCall = 1.5;
constexpr double kMaxBusyInspectionMs = 1;
constexpr double kMaxScrapeMs = 1;  // of 100 instances
constexpr const char* kScheduleScript =
    "import micropython, time\n"
    "delays = []\n"
    "def callback(begin): delays.append(time.time_ns() - begin)\n"
    "for i in range(10000):\n"
    "    micropython.schedule(callback, time.time_ns())\n"
    "    while len(delays) == i: pass\n"
    "delays.sort()\n"
    "print(delays[5000], delays[9900])\n";
constexpr const char* kSleepScript =
    "import time\n"
    "late = []\n"
    "for i in range(300):\n"
    "    begin = time.ticks_us()\n"
    "    time.sleep_ms(10)\n"
    "    late.append(time.ticks_diff(time.ticks_us(), begin) - 10000)\n"
    "late.sort()\n"
    "print(late[150], late[297])\n";
constexpr const char* kBusyLoop = "print('busy')\nwhile True:\n    pass\n";

struct Sizes {
  int instances = 1000;
  int blocks = 40;
  int interrupts = 300;
  int inspections = 1000;
  int neighbours = 50;
};

double time_of(const std::function<void()>& thing) {
  const auto start = Clock::now();
  thing();
  return Microseconds(Clock::now() - start).count();
}

void time_block(const std::function<void()>& thing, std::vector<double>& times) {
  constexpr int kWarmUp = 5, kCounted = 50;
  for (int i = 0; i < kWarmUp; ++i) thing();
  for (int i = 0; i < kCounted; ++i) times.push_back(time_of(thing));
}

/// The median time of each of several things, in microseconds. They take turns in blocks, so that what else the machine
/// does meets all of them alike.
std::vector<double> median_times(int blocks, const std::vector<std::function<void()>>& things) {
  std::vector<std::vector<double>> times(things.size());
  for (int block = 0; block < blocks; ++block) {
    for (size_t i = 0; i < things.size(); ++i) time_block(things[i], times[i]);
  }
  std::vector<double> medians;
  for (auto& each : times) medians.push_back(quantile(std::move(each), 0.5));
  return medians;
}

void remove(Connection& upyd, const std::string& name) {
  DeleteInstanceRequest request;
  request.set_name(name);
  request.set_force(true);
  upyd.delete_instance(request);
}

std::string numbered(const char* name, int number) { return fmt::format("{}{}", name, number); }

double resident_kib(Connection& upyd) { return static_cast<double>(upyd.get_status().resident_bytes()) / 1024; }

void measure_memory(Report& report, Connection& upyd, int count) {
  report.title(fmt::format("Memory of one of {} instances, resident", count));
  create(upyd, "warm-up");
  run(upyd, request_in("warm-up", "print(1)"));
  remove(upyd, "warm-up");
  double before = resident_kib(upyd);
  for (int i = 0; i < count; ++i) create(upyd, numbered("idle", i));
  report.bounded("idle", (resident_kib(upyd) - before) / count, kMaxIdleKib, "KiB");
  for (int i = 0; i < count; ++i) run(upyd, request_in(numbered("idle", i), "print(1)"));
  report.value("idle again after print(1)", (resident_kib(upyd) - before) / count, "KiB");
  for (int i = 0; i < count; ++i) remove(upyd, numbered("idle", i));
  report.value("left after all were deleted", (resident_kib(upyd) - before) / count, "KiB");
}

void measure_life(Report& report, Connection& upyd, int blocks) {
  report.title(fmt::format("Create, run print(1), delete; medians of {} blocks of calls", blocks));
  const RunRequest own = request_alone("print(1)");
  create(upyd, "standing");
  auto empty_call = [&] { upyd.check_health(); };
  auto run_alone = [&] { run(upyd, request_in("standing", "print(1)")); };
  auto in_one_call = [&] { run(upyd, own); };
  auto in_three_calls = [&] {
    create(upyd, "short");
    run(upyd, request_in("short", "print(1)"));
    remove(upyd, "short");
  };
  const auto times = median_times(blocks, {empty_call, run_alone, in_one_call, in_three_calls});
  remove(upyd, "standing");
  const double call = times[0], life = times[2], life_in_calls = times[3];
  report.value("empty unary call", call, "us");
  report.value("run alone, in a standing instance", times[1], "us");
  report.value("in one call: Run in an instance of its own", life, "us");
  report.value("in three calls: CreateInstance, Run, Delete", life_in_calls, "us");
  report.bounded("in one call / empty call", life / call, kMaxLifeToCall, "x");
  report.value("in three calls / empty call", life_in_calls / call, "x");
}

/// Begins the busy loop in an instance and returns once it loops.
RunStream start_busy(Connection& upyd, const std::string& instance) {
  RunStream stream = upyd.run(request_in(instance, kBusyLoop));
  for (RunEvent event; stream.read(event) && !event.has_output();) {
  }
  return stream;
}

void measure_inspection(Report& report, Connection& upyd, const Sizes& sizes) {
  report.title("GetMemInfo beside an empty call");
  create(upyd, "inspected");
  run(upyd, request_in("inspected", "print(1)"));
  GetMemInfoRequest request;
  request.set_instance("inspected");
  const auto times = median_times(sizes.blocks, {[&] { upyd.check_health(); }, [&] { upyd.get_mem_info(request); }});
  report.value("empty unary call", times[0], "us");
  report.value("of an idle instance", times[1], "us");
  report.bounded("of an idle instance / empty call", times[1] / times[0], kMaxInspectionToCall, "x");
  RunStream stream = start_busy(upyd, "inspected");
  std::vector<double> busy;
  for (int i = 0; i < sizes.inspections; ++i) busy.push_back(time_of([&] { upyd.get_mem_info(request); }));
  report.value("of a busy loop, median", quantile(busy, 0.5) / 1000, "ms");
  report.bounded("of a busy loop, 99th percentile", quantile(busy, 0.99) / 1000, kMaxBusyInspectionMs, "ms");
  remove(upyd, "inspected");
}

/// All of a scrape as a client sees it, beside one of a daemon without instances.
void measure_scrape(Report& report, Connection& upyd, const std::string& metrics) {
  constexpr int kInstances = 100, kScrapes = 200;
  report.title(fmt::format("A scrape of the metrics; medians of {}", kScrapes));
  const auto scrape = [&] {
    const test_support::SocketTalk talk(metrics);
    talk.send("GET /metrics HTTP/1.1\r\nAccept: application/openmetrics-text\r\n\r\n");
    talk.read_all();
  };
  const auto median = [&] {
    std::vector<double> times;
    for (int i = 0; i < kScrapes; ++i) times.push_back(time_of(scrape) / 1000);
    return quantile(std::move(times), 0.5);
  };
  const double empty = median();
  for (int i = 0; i < kInstances; ++i) create(upyd, numbered("scraped", i));
  const double full = median();
  for (int i = 0; i < kInstances; ++i) remove(upyd, numbered("scraped", i));
  report.value("no instance", empty, "ms");
  report.value(fmt::format("{} instances", kInstances), full, "ms");
  report.bounded(fmt::format("for {} instances", kInstances), full - empty, kMaxScrapeMs, "ms");
}

/// From micropython.schedule to the first statement of the callback, as the script itself sees it.
void measure_schedule(Report& report, Connection& upyd) {
  report.title("From micropython.schedule to its callback");
  const auto numbers = numbers_in(run(upyd, request_alone(kScheduleScript)));
  report.value("median", numbers.at(0) / 1000, "us");
  report.value("99th percentile", numbers.at(1) / 1000, "us");
}

/// The time from asking for an interrupt of a busy loop to having its outcome, in milliseconds.
double time_interrupt(Connection& upyd, const std::string& instance) {
  RunStream stream = start_busy(upyd, instance);
  InterruptRequest request;
  request.set_instance(instance);
  request.set_level(InterruptRequest::LEVEL_INTERRUPT);
  auto start = Clock::now();
  upyd.interrupt(request);
  for (RunEvent event; stream.read(event) && !event.has_outcome();) {
  }
  double milliseconds = Microseconds(Clock::now() - start).count() / 1000;
  for (RunEvent event; stream.read(event);) {
  }
  return milliseconds;
}

std::vector<double> time_interrupts(Connection& upyd, int count) {
  create(upyd, "interrupted");
  std::vector<double> times;
  for (int i = 0; i < count; ++i) times.push_back(time_interrupt(upyd, "interrupted"));
  remove(upyd, "interrupted");
  return times;
}

void measure_interrupts(Report& report, Connection& upyd, const Sizes& sizes) {
  report.title(
      fmt::format("From the interrupt of a busy loop to its outcome at the client; {} times", sizes.interrupts));
  std::vector<double> alone = time_interrupts(upyd, sizes.interrupts);
  report.value("alone, median", quantile(alone, 0.5), "ms");
  report.bounded("alone, 99th percentile", quantile(alone, 0.99), kMaxInterruptMs, "ms");

  std::deque<RunStream> neighbours;
  for (int i = 0; i < sizes.neighbours; ++i) {
    create(upyd, numbered("busy", i));
    neighbours.push_back(start_busy(upyd, numbered("busy", i)));
  }
  std::vector<double> beside = time_interrupts(upyd, sizes.interrupts);
  report.value(fmt::format("beside {} busy instances, median", sizes.neighbours), quantile(beside, 0.5), "ms");
  report.value(fmt::format("beside {} busy instances, 99th percentile", sizes.neighbours), quantile(beside, 0.99),
               "ms");
  for (int i = 0; i < sizes.neighbours; ++i) remove(upyd, numbered("busy", i));
}

/// How late an instance wakes up from a sleep, while others of that weight keep all CPUs busy.
void measure_wakeups(Report& report, Connection& upyd, int neighbours, uint32_t weight) {
  std::deque<RunStream> busy;
  for (int i = 0; i < neighbours; ++i) {
    CreateInstanceRequest request;
    request.set_name(numbered("busy", i));
    request.mutable_config()->set_cpu_weight(weight);
    upyd.create_instance(request);
    busy.push_back(start_busy(upyd, numbered("busy", i)));
  }
  const auto numbers = numbers_in(run(upyd, request_alone(kSleepScript)));
  const std::string beside = fmt::format("beside {} busy instances of cpu_weight {}", neighbours, weight);
  report.value(beside + ", median", numbers.at(0) / 1000, "ms");
  report.value(beside + ", 99th percentile", numbers.at(1) / 1000, "ms");
  for (int i = 0; i < neighbours; ++i) remove(upyd, numbered("busy", i));
}

}  // namespace

int main(int argc, char** argv) try {
  Sizes sizes;
  CLI::App app("Measures what hosting instances costs.", "rpc_bench");
  app.add_option("--instances", sizes.instances, "Idle instances")->capture_default_str();
  app.add_option("--blocks", sizes.blocks, "Blocks of 50 calls of each kind")->capture_default_str();
  app.add_option("--inspections", sizes.inspections, "Inspections of a busy loop")->capture_default_str();
  app.add_option("--interrupts", sizes.interrupts, "Interrupts")->capture_default_str();
  app.add_option("--neighbours", sizes.neighbours, "Busy instances beside")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  Report report;
  const test_support::TemporaryDirectory directory;
  const std::string metrics = directory.file("metrics.sock");
  UpydProcess upyd("max_instances = 4096\n[metrics]\nlisten = \"unix://" + metrics + "\"\n");
  measure_memory(report, upyd.connection(), sizes.instances);
  measure_life(report, upyd.connection(), sizes.blocks);
  measure_inspection(report, upyd.connection(), sizes);
  measure_scrape(report, upyd.connection(), metrics);
  measure_schedule(report, upyd.connection());
  measure_interrupts(report, upyd.connection(), sizes);
  report.title("How late an instance wakes up from sleep_ms(10); 300 times");
  for (const uint32_t weight : {100u, 20u, 5u}) measure_wakeups(report, upyd.connection(), sizes.neighbours, weight);
  return report.all_kept() ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "rpc_bench: {}\n", error.what());
  return 1;
}
