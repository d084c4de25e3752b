#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/possessions.h"
#include "support/temporary_directory.h"
#include "support/upyd_process.h"
#include "visitors.h"

namespace soak {
namespace {

using Clock = std::chrono::steady_clock;
using test_support::Possessions;
using test_support::UpydProcess;

constexpr int kPeriods = 10;  // between two rests; the first is for what is made once and kept
constexpr int kVisitors = 6;

// What may be more at a later rest than at the first. Descriptors are all the daemon's own, so none. gRPC has threads
// that come and go with its calls. Of memory there are from 24 to 28 MiB at a rest, up and down from one to the next:
// what malloc has free counts as far as it was touched lately. So 6 MiB are beyond that, and a tenth of what is lost in
// half an hour, in which visitors do a million things, if each leaves 64 bytes.
constexpr size_t kMoreThreads = 16;
constexpr size_t kMoreMemoryKib = 6 << 10;

/// What it has at one moment.
struct Sample {
  size_t memory_kib, threads, descriptors;

  explicit Sample(pid_t daemon) : Sample(daemon, Possessions(daemon)) {}
  Sample(pid_t daemon, const Possessions& has)
      : memory_kib(test_support::resident_kib(daemon)), threads(has.threads), descriptors(has.descriptors) {}

  void print(const char* what, double at_s, uint64_t acts) const {
    std::printf("%8.0f s  %-7s %7zu KiB  %4zu threads  %4zu descriptors  %9llu acts\n", at_s, what, memory_kib, threads,
                descriptors, static_cast<unsigned long long>(acts));
    std::fflush(stdout);
  }
};

class Soak {
 public:
  Soak(uint32_t boards, uint64_t seed) : boards_(boards), upyd_(config(), directory_.file("state")) {
    for (int i = 0; i < kVisitors; ++i) {
      visitors_.push_back(
          std::make_unique<Visitor>(upyd_.connection().address(), boards, seed * kVisitors + i, metrics()));
    }
    for (uint32_t i = 0; i < boards; ++i) visitors_[0]->make_board(i);
  }

  /// Throws std::exception if it grows.
  void run(Clock::duration time) {
    std::optional<Sample> first;
    for (int period = 1; period <= kPeriods; ++period) {
      work(begin_ + time * period / kPeriods);
      Sample(upyd_.id()).print("at work", since_begin(), acts());
      const Sample at_rest = rest();
      at_rest.print("at rest", since_begin(), acts());
      if (!first) first = at_rest;
      check(*first, at_rest);
    }
    upyd_.send_signal(SIGTERM);
    const auto end = upyd_.wait();
    if (end.exit_status != 0)
      throw std::runtime_error("upyd ended with status " + std::to_string(end.exit_status) + ":\n" + end.err);
  }

 private:
  std::string metrics() const { return directory_.file("metrics"); }
  std::string config() const {
    return "grace_ms = 200\nmax_instances = 1000\nlog_level = \"error\"\n[metrics]\nlisten = \"unix://" + metrics() +
           "\"\n[[gpio.simulated]]\nname = \"gpiochip0\"\nlines = " + std::to_string(kLines) + "\n";
  }
  double since_begin() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }
  uint64_t acts() const {
    uint64_t sum = 0;
    for (const auto& visitor : visitors_) sum += visitor->acts();
    return sum;
  }

  void work(Clock::time_point until) {
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::exception_ptr failure;
    for (const auto& visitor : visitors_) {
      threads.emplace_back([&] {
        try {
          while (Clock::now() < until) visitor->act();
        } catch (...) {
          std::lock_guard lock(mutex);
          failure = std::current_exception();
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
  }

  /// All boards are stopped, so that it has the same to do each time: nothing. Then they are started again.
  Sample rest() {
    for (uint32_t i = 0; i < boards_; ++i) {
      upyd::v1::StopInstanceRequest request;
      request.set_name(board_name(i));
      upyd_.connection().stop_instance(request);
    }
    std::this_thread::sleep_for(std::chrono::seconds(2));
    const Sample sample(upyd_.id());
    for (uint32_t i = 0; i < boards_; ++i) {
      upyd::v1::StartInstanceRequest request;
      request.set_name(board_name(i));
      upyd_.connection().start_instance(request);
    }
    return sample;
  }

  static void check(const Sample& first, const Sample& now) {
    const size_t most = first.memory_kib + kMoreMemoryKib;
    if (now.memory_kib > most) throw std::runtime_error("it has more memory than " + std::to_string(most) + " KiB");
    if (now.threads > first.threads + kMoreThreads) throw std::runtime_error("it has more threads than at first");
    if (now.descriptors > first.descriptors) throw std::runtime_error("it has more descriptors than at first");
  }

  const uint32_t boards_;
  const test_support::TemporaryDirectory directory_;
  UpydProcess upyd_;
  std::vector<std::unique_ptr<Visitor>> visitors_;
  const Clock::time_point begin_ = Clock::now();
};

}  // namespace
}  // namespace soak

int main(int argc, char** argv) {
  CLI::App app("Uses an upyd of the build with many boards for a long time; what it takes must not grow.", "soak");
  int seconds = 1800;
  uint32_t boards = 200;
  uint64_t seed = 1;
  app.add_option("--seconds", seconds, "how long");
  app.add_option("--boards", boards, "how many boards");
  app.add_option("--seed", seed, "of what the clients do");
  CLI11_PARSE(app, argc, argv);
  try {
    soak::Soak(boards, seed).run(std::chrono::seconds(seconds));
  } catch (const std::exception& error) {
    std::cerr << "soak: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
