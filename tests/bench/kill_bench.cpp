#include <CLI/CLI.hpp>
#include <chrono>
#include <random>
#include <thread>

#include "bench/report.h"
#include "limits/stop_table.h"
#include "support/script_host.h"

/// How long it takes from a kill to the outcome, whatever a script makes natives do, in heaps of several sizes.
namespace {

using Clock = std::chrono::steady_clock;
using upy::Outcome;

double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

/// Runs a script and kills it after that time. How long the outcome took from there; negative if it had ended before.
double kill_after(Clock::duration time, const std::string& source, size_t heap_bytes, Clock::duration& ran) {
  ScriptHost host({.heap_bytes = heap_bytes});
  Clock::time_point killed{};
  const Clock::time_point begin = Clock::now();
  std::thread killer([&] {
    std::this_thread::sleep_until(begin + time);
    killed = Clock::now();
    host.instance().stop(upy::StopLevel::Kill);
  });
  const Outcome outcome = host.run(source);
  const Clock::time_point end = Clock::now();
  killer.join();
  ran = end - begin;
  return outcome.kind == Outcome::Kind::Killed ? milliseconds(end - killed) : -1;
}

/// The row with data that takes a good part of such a heap, and with collections.
std::string script_for(const StopTable& table, const StopTable::Row& row, size_t heap_bytes) {
  std::string prelude = table.prelude;
  const auto replace = [&](const std::string& what, const std::string& with) {
    prelude.replace(prelude.find(what), what.size(), with);
  };
  replace("gc.disable()", "");
  replace("N = 4000000", "N = " + std::to_string(heap_bytes / 24));
  return prelude + row.source;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures how long kills take.");
  std::vector<size_t> heaps{2, 32, 512};
  int kills = 4;
  std::string only;
  app.add_option("--heaps", heaps, "sizes of heaps, in MiB");
  app.add_option("--kills", kills, "of each script");
  app.add_option("--only", only, "scripts whose natives have that in their name");
  CLI11_PARSE(app, argc, argv);

  const StopTable table;
  bench::Report report;
  std::mt19937 random(1);
  for (const size_t heap : heaps) {
    report.title(fmt::format("heap of {} MiB", heap));
    std::vector<double> all;
    for (const StopTable::Row& row : table.rows) {
      if (row.names.find(only) == row.names.npos) continue;
      const std::string source = script_for(table, row, heap << 20);
      Clock::duration length{};
      kill_after(std::chrono::seconds(3), source, heap << 20, length);
      double worst = 0;
      for (int i = 0; i < kills; i++) {
        const auto after = Clock::duration(std::uniform_int_distribution<Clock::rep>(0, length.count())(random));
        Clock::duration ran;
        const double took = kill_after(after, source, heap << 20, ran);
        if (took >= 0) all.push_back(took);
        worst = std::max(worst, took);
      }
      if (worst > 10) report.value(row.names.substr(0, 40), worst, "ms");
    }
    if (all.empty()) continue;
    report.value("kill, median", bench::quantile(all, 0.5), "ms");
    report.bounded("kill, 99th percentile", bench::quantile(all, 0.99), 20, "ms");
    report.value("kill, worst", bench::quantile(all, 1), "ms");
  }
  return report.all_kept() ? 0 : 1;
}
