#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "upyctl/commands.h"
#include "upyctl/instance_state.h"
#include "upyctl/table.h"
#include "upyctl/units.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

using namespace upyd::v1;

/// What stands on one screen; of more the number is told.
constexpr int kMostInstances = 8, kMostFailures = 3, kMostLines = 6, kMostErrors = 4, kMostWarnings = 2;

std::string more(size_t left, const char* how) {
  return left == 0 ? "" : fmt::format("… and {} more: {}\n", left, how);
}

std::string daemon_text(const Status& status, const upyd::Address& address) {
  const OutcomeCounts& outcomes = status.outcomes();
  return fmt::format(
      "upyd {} at {}, process {}, up {}{}\n"
      "  {} of {} instances, {} running\n"
      "  {} runs: {} finished, {} raised, {} interrupted, {} stopped, {} killed, {} refused\n"
      "  {} resident, {} of CPU, {} threads, {} of {} files\n",
      status.version(), address.url(), status.pid(), age_text(status.start_time()),
      status.draining() ? ", shutting down" : "", status.instances(), status.max_instances(), status.running(),
      status.runs(), outcomes.finished(), outcomes.exception(), outcomes.interrupted(), outcomes.stopped(),
      outcomes.killed(), outcomes.refused(), size_text(status.resident_bytes()), time_text(status.cpu_ns()),
      status.threads(), status.open_files(), status.max_open_files());
}

/// The busiest first.
std::string instances_text(const ListInstancesResponse& list) {
  if (list.instances().empty()) return "";
  std::vector<const Instance*> instances;
  for (const Instance& instance : list.instances()) instances.push_back(&instance);
  std::stable_sort(instances.begin(), instances.end(), [](const Instance* a, const Instance* b) {
    return std::pair(a->has_run(), a->cpu_ns()) > std::pair(b->has_run(), b->cpu_ns());
  });
  Table table({"INSTANCE", "STATE", "SCRIPT", "CPU", "HEAP", "RUNS", "ERRORS"});
  const size_t shown = std::min<size_t>(instances.size(), kMostInstances);
  for (size_t i = 0; i < shown; ++i) {
    const Instance& each = *instances[i];
    const uint64_t errors = each.outcomes().exception() + each.outcomes().refused() + each.callback_errors();
    table.add({each.name(), each.has_run() ? "running " + age_text(each.run().start_time()) : state_text(each),
               each.run().file(), time_text(each.cpu_ns()),
               fmt::format("{} of {}", size_text(each.figures().heap_used()), size_text(each.config().heap_bytes())),
               std::to_string(each.runs()), std::to_string(errors)});
  }
  return "\n" + table.text() + more(instances.size() - shown, "upyctl ps");
}

/// Instances that can't be what they are to be, and why: boards that failed, and what resets itself over and over.
std::string failures_text(const ListInstancesResponse& list) {
  std::string text;
  int failed = 0;
  for (const Instance& board : list.instances()) {
    const bool is_down = board.state() == INSTANCE_STATE_FAILED || board.state() == INSTANCE_STATE_WAITING;
    if (!is_down || board.last_failure().empty() || ++failed > kMostFailures) continue;
    const uint32_t restarts = board.restarts();
    text +=
        fmt::format("  {} {}{}: {}\n", board.name(), state_text(board.state()),
                    restarts == 0 ? "" : fmt::format(" after {} {}", restarts, restarts == 1 ? "restart" : "restarts"),
                    upyd::escaped(board.last_failure()));
  }
  if (failed == 0) return "";
  return "\nFailed, or waiting before the next start:\n" + text +
         more(static_cast<size_t>(std::max(failed - kMostFailures, 0)), "upyctl ps");
}

/// What is taken of what there is for all, and of what the user may have.
std::string budgets_text(const Status& status) {
  if (status.budgets().empty()) return "";
  Table table({"BUDGET", "OF", "USED", "LIMIT", "REFUSED"});
  for (const Budget& budget : status.budgets()) {
    if (budget.principal().empty() && budget.used() == 0 && budget.refusals() == 0) continue;
    const auto text = [&](uint64_t amount) { return budget.in_bytes() ? size_text(amount) : std::to_string(amount); };
    table.add({budget.name(), budget.principal().empty() ? "all" : upyd::escaped(budget.principal()),
               text(budget.used()), budget.limit() == 0 ? "" : text(budget.limit()),
               budget.refusals() == 0 ? "" : std::to_string(budget.refusals())});
  }
  return "\n" + table.text();
}

std::string holders_text(const Line& line) {
  std::string text = fmt::format("{}", fmt::join(line.readers(), ","));
  if (!line.writer().empty()) text = line.writer() + (text.empty() ? "" : "," + text);
  return line.kept() ? "upyd" : text;
}

/// Those that somebody here uses.
std::string lines_text(const ListLinesResponse& list) {
  Table table({"LINE", "NAME", "USE", "LEVEL", "BY", "EDGES", "LOST"});
  int used = 0;
  for (const Line& line : list.lines()) {
    const std::string holders = holders_text(line);
    if (holders.empty() || ++used > kMostLines) continue;
    table.add({fmt::format("{}:{}", line.chip(), line.offset()), line.name(),
               line.direction() == Line::DIRECTION_IN ? "input" : "output",
               line.has_level() ? std::to_string(line.level()) : "", holders, std::to_string(line.edges()),
               std::to_string(line.lost_edges() + line.dropped_edges())});
  }
  if (used == 0) return "";
  return "\n" + table.text() + more(static_cast<size_t>(std::max(used - kMostLines, 0)), "upyctl gpio info");
}

std::string place_text(const ScriptError& error) {
  if (error.instance().empty()) return "";
  return fmt::format(", {}, {}", error.instance(), error.run_id() ? fmt::format("run {}", error.run_id()) : "callback");
}

/// The latest first. Those of scripts are often many; they are not to hide what upyd warns of.
std::string errors_text(const Status& status, bool are_own, const char* heading, int most) {
  std::string text;
  for (int i = status.recent_errors_size() - 1; i >= 0 && most > 0; --i) {
    const ScriptError& error = status.recent_errors(i);
    if (error.instance().empty() != are_own) continue;
    text += fmt::format("  {} ago{}: {}\n", age_text(error.time()), place_text(error), upyd::escaped(error.text()));
    --most;
  }
  return text.empty() ? "" : fmt::format("\n{}:\n{}", heading, text);
}

int status(Session& session) {
  upyclient::Connection& upyd = session.upyd();
  const Status status = upyd.get_status();
  const ListInstancesResponse instances = upyd.list_instances();
  const ListLinesResponse lines = upyd.list_lines();
  if (session.format() == Format::Json) {
    session.terminal().out(fmt::format("{{\"status\": {},\n\"instances\": {},\n\"lines\": {}}}\n", json_text(status),
                                       json_text(instances), json_text(lines)));
  } else {
    session.terminal().out(daemon_text(status, upyd.address()) + instances_text(instances) + failures_text(instances) +
                           budgets_text(status) + lines_text(lines) +
                           errors_text(status, false, "Last errors", kMostErrors) +
                           errors_text(status, true, "Last warnings of upyd", kMostWarnings));
  }
  return kSuccess;
}

}  // namespace

void add_status_command(CLI::App& root, Session& session) {
  session.add_command(root, "status", "Show on one screen the daemon, its instances, lines in use and the last errors",
                      [&session] { return status(session); });
}

}  // namespace upyctl
