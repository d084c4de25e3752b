/// How long an edge takes from the kernel's timestamp to a script's callback, beside programs that do nothing but read
/// edges: one in C, one in Python. To be run in the kernel rig. The exit status is 1 if the bound is exceeded.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "kernel/rig_chip.h"
#include "report.h"
#include "scripts.h"
#include "support/process.h"
#include "support/upyd_process.h"

namespace {

using namespace bench;
using test_support::Process;
using test_support::RigChip;
using test_support::UpydProcess;

constexpr double kMaxToC = 2;

/// The program of an instance that reads a line: {0} its offset, {1} the edges to come, {2} whether the handler is
/// hard. Such a one may not allocate.
constexpr const char* kScript =
    "import array, time\n"
    "from machine import Pin\n"
    "delays = array.array('q', [0] * {1})\n"
    "count = 0\n"
    "def on_edge(pin):\n"
    "    now = time.ticks_cpu()\n"
    "    global count\n"
    "    delays[count] = now - irq.timestamp_ns()\n"
    "    count += 1\n"
    "irq = Pin('rig:{0}', Pin.IN).irq(on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING, hard={2})\n";

enum class Handler { Soft, Hard };

/// Somebody who waits for edges of a line of its own.
class Reader {
 public:
  virtual ~Reader() = default;
  /// The microseconds from the kernel's timestamp to the reader's, of all edges; waits for the last.
  virtual std::vector<double> delays() = 0;
};

/// Numbers of nanoseconds in microseconds.
std::vector<double> microseconds(const std::string& text) {
  std::vector<double> numbers = numbers_in(text);
  for (double& number : numbers) number /= 1000;
  return numbers;
}

/// A program that prints "ready", and its delays in nanoseconds in the end.
class ProgramReader final : public Reader {
 public:
  explicit ProgramReader(const std::vector<std::string>& arguments) : process_(arguments) {
    if (!process_.prints(kReady)) throw std::runtime_error(arguments[0] + ": " + process_.wait().err);
  }

  std::vector<double> delays() override { return microseconds(process_.wait().out.substr(kReady.size())); }

 private:
  inline static const std::string kReady = "ready\n";
  Process process_;
};

/// An instance of upyd that waits for callbacks.
class InstanceReader final : public Reader {
 public:
  InstanceReader(upyclient::Connection& upyd, uint32_t offset, size_t edges, Handler handler)
      : upyd_(upyd), name_(fmt::format("reader{}", offset)) {
    create(upyd, name_);
    run(upyd, request_in(name_, fmt::format(kScript, offset, edges, handler == Handler::Hard ? "True" : "False")));
  }

  std::vector<double> delays() override {
    return microseconds(run(upyd_, request_in(name_, "while count < len(delays): time.sleep_ms(1)\nprint(*delays)")));
  }

 private:
  upyclient::Connection& upyd_;
  const std::string name_;
};

/// Sends edges to the readers in turn, the CPU being idle whenever one comes.
void send_edges(RigChip& chip, uint32_t readers, size_t edges) {
  for (size_t i = 0; i < edges; ++i) {
    for (uint32_t line = 0; line < readers; ++line) {
      chip.pull(line, i % 2 == 0);
      std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
  }
}

/// Prints what a reader saw, and returns its median.
double show(Report& report, const std::string& name, Reader& reader) {
  const auto delays = reader.delays();
  const double median = quantile(delays, 0.5);
  report.value(name + ", median", median, "us");
  report.value(name + ", 99th percentile", quantile(delays, 0.99), "us");
  return median;
}

}  // namespace

int main(int argc, char** argv) try {
  size_t edges = 1000;
  CLI::App app("Measures how long edges take to callbacks, in the kernel rig.", "gpio_bench");
  app.add_option("--edges", edges, "Edges for each reader")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  RigChip chip(4);
  UpydProcess upyd("[instances]\ngpio = ['rig:*']\n[gpio]\nchips = ['rig']\n");
  const std::string count = std::to_string(edges);
  ProgramReader in_c({EDGE_READER, chip.device(), "0", count});
  ProgramReader in_python({"/usr/bin/python3", EDGE_READER_PY, chip.device(), "1", count});
  InstanceReader soft(upyd.connection(), 2, edges, Handler::Soft), hard(upyd.connection(), 3, edges, Handler::Hard);
  send_edges(chip, 4, edges);

  Report report;
  report.title(fmt::format("From the kernel's timestamp of an edge to its reader; {} edges each", edges));
  const double c = show(report, "bare C program", in_c);
  report.value("bare CPython program / C", show(report, "bare CPython program", in_python) / c, "x");
  report.value("hard callback / C", show(report, "hard callback of a script in upyd", hard) / c, "x");
  report.bounded("callback / C", show(report, "callback of a script in upyd", soft) / c, kMaxToC, "x");
  return report.all_kept() ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "gpio_bench: {}\n", error.what());
  return 1;
}
