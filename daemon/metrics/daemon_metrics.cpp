#include "metrics/daemon_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include "system/process_figures.h"
#include "upy/version.h"

namespace upyd {
namespace {

using Kind = Exposition::Kind;

double seconds(int64_t ns) { return static_cast<double>(ns) / 1e9; }

double number(uint64_t value) { return static_cast<double>(value); }

constexpr std::array<std::string_view, OutcomeCounts::kKinds> kOutcomes = {"finished", "exception", "interrupted",
                                                                           "stopped",  "killed",    "refused"};

constexpr std::pair<v1::InstanceState, std::string_view> kBoardStates[] = {{v1::INSTANCE_STATE_UP, "up"},
                                                                           {v1::INSTANCE_STATE_WAITING, "waiting"},
                                                                           {v1::INSTANCE_STATE_STOPPED, "stopped"},
                                                                           {v1::INSTANCE_STATE_FAILED, "failed"}};

struct Standing {
  std::string name;
  double heap_limit;
  InstanceCounts counts;
};

/// A family with one sample for each standing instance, boards that are down among them.
struct InstanceMetric {
  const char* name;
  Kind kind;
  const char* help;
  double (*value)(const Standing&);
};

constexpr InstanceMetric kInstanceMetrics[] = {
    {"upyd_instance_running", Kind::Gauge, "Whether the instance runs a script (1) or is idle (0).",
     [](const Standing& one) { return one.counts.is_running ? 1.0 : 0.0; }},
    {"upyd_instance_runs", Kind::Counter, "Runs begun in the instance.",
     [](const Standing& one) { return number(one.counts.runs); }},
    {"upyd_instance_cpu_seconds", Kind::Counter, "CPU time of the instance's thread.",
     [](const Standing& one) { return seconds(one.counts.cpu_ns); }},
    {"upyd_instance_heap_used_bytes", Kind::Gauge, "Live and not yet collected bytes of the heap.",
     [](const Standing& one) { return number(one.counts.interpreter.heap_used); }},
    {"upyd_instance_heap_peak_bytes", Kind::Gauge, "The most that was ever used of the heap.",
     [](const Standing& one) { return number(one.counts.interpreter.heap_peak); }},
    {"upyd_instance_heap_limit_bytes", Kind::Gauge, "The limit of the heap.",
     [](const Standing& one) { return one.heap_limit; }},
    {"upyd_instance_heap_external_bytes", Kind::Gauge, "Held by libraries for the instance, and charged to its limit.",
     [](const Standing& one) { return number(one.counts.interpreter.external); }},
    {"upyd_instance_gc_collections", Kind::Counter, "Garbage collections.",
     [](const Standing& one) { return number(one.counts.interpreter.collections); }},
    {"upyd_instance_gc_pause_seconds", Kind::Counter, "Time that scripts stood still for garbage collections.",
     [](const Standing& one) { return seconds(one.counts.interpreter.collection_ns); }},
    {"upyd_instance_callbacks", Kind::Counter, "Callbacks that ran, of edges, timers and micropython.schedule.",
     [](const Standing& one) { return number(one.counts.interpreter.schedule.run); }},
    {"upyd_instance_callback_errors", Kind::Counter, "Callbacks that raised, or were killed between runs.",
     [](const Standing& one) { return number(one.counts.callback_errors); }},
    {"upyd_instance_callbacks_waiting", Kind::Gauge, "Callbacks that wait to run.",
     [](const Standing& one) { return number(one.counts.interpreter.schedule.waiting); }},
    {"upyd_instance_callback_delay_worst_seconds", Kind::Gauge,
     "The longest time from an event, or from being queued, to the begin of its callback.",
     [](const Standing& one) { return seconds(one.counts.interpreter.schedule.worst_delay_ns); }},
    {"upyd_instance_events_dropped", Kind::Counter, "Edges and expiries lost to a full mailbox or queue of callbacks.",
     [](const Standing& one) { return number(one.counts.interpreter.schedule.dropped); }},
    {"upyd_instance_expiries_coalesced", Kind::Counter, "Expiries of timers that an earlier one's callback stands for.",
     [](const Standing& one) { return number(one.counts.interpreter.schedule.coalesced); }},
};

struct CountedLine {
  std::string chip, offset, name;
  SharedChip::Counters counters;
};

struct LineMetric {
  const char* name;
  const char* help;
  uint64_t SharedChip::Counters::*value;
};

constexpr LineMetric kLineMetrics[] = {
    {"upyd_gpio_edges", "Edges of GPIO lines that somebody watches, lost ones included.", &SharedChip::Counters::edges},
    {"upyd_gpio_edges_lost", "Edges that the kernel had no room for, as far as it tells.", &SharedChip::Counters::lost},
    {"upyd_gpio_edges_dropped", "Edges that an instance had no room for; each instance counts.",
     &SharedChip::Counters::dropped},
};

/// Of a class of times, as a number of seconds.
std::string bound_text(size_t i) {
  const auto& bounds = CallStatistics::kBoundsNs;
  return i < bounds.size() ? fmt::format("{}", seconds(bounds[i])) : "+Inf";
}

void add_one(Exposition& to, std::string_view name, Kind kind, std::string_view help, double value) {
  to.family(name, kind, help);
  to.sample({}, value);
}

/// By the names that all exporters of Prometheus have for them.
void add_process(Exposition& to, Moment start) {
  const ProcessFigures process = process_figures();
  const std::chrono::duration<double> since_epoch = std::chrono::system_clock::now().time_since_epoch() - start.age();
  add_one(to, "process_start_time_seconds", Kind::Gauge, "When the daemon began, in seconds since 1970.",
          since_epoch.count());
  add_one(to, "process_cpu_seconds", Kind::Counter, "CPU time of the whole daemon.", seconds(process.cpu_ns));
  add_one(to, "process_resident_memory_bytes", Kind::Gauge, "Resident memory of the whole daemon.",
          number(process.resident_bytes));
  add_one(to, "process_virtual_memory_bytes", Kind::Gauge, "Address space, heaps that are reserved included.",
          number(process.virtual_bytes));
  add_one(to, "process_threads", Kind::Gauge, "Threads; each instance has one.", process.threads);
  add_one(to, "process_open_fds", Kind::Gauge, "File descriptors that are open.", number(process.open_files));
  add_one(to, "process_max_fds", Kind::Gauge, "File descriptors that may be open.", number(process.max_open_files));
}

void add_times(Exposition& to, const CallStatistics::Method& method) {
  uint64_t count = 0;
  for (size_t i = 0; i <= CallStatistics::kBoundsNs.size(); ++i) {
    count += method.in_class(i);
    to.bucket({{"method", method.name()}}, bound_text(i), count);
  }
  to.sum({{"method", method.name()}}, seconds(method.total_ns()), count);
}

}  // namespace

std::string DaemonMetrics::text(Exposition::Format format) const {
  Exposition to(format);
  add_daemon(to);
  add_budgets(to);
  add_instances(to);
  add_boards(to);
  add_lines(to);
  add_calls(to);
  return to.finish();
}

void DaemonMetrics::add_daemon(Exposition& to) const {
  to.family("upyd_build", Kind::Info, "The version of upyd.");
  to.sample({{"version", UPY_VERSION}}, 1);
  add_process(to, start_);
  add_one(to, "upyd_instances_limit", Kind::Gauge, "Instances that there may be.", number(budgets_.instances.limit()));
  add_one(to, "upyd_runs", Kind::Counter, "Runs begun, in standing instances and in those of their own.",
          number(registry_.runs()));
  to.family("upyd_run_outcomes", Kind::Counter, "Runs that are over, by how they ended.");
  const auto outcomes = registry_.outcomes().all();
  for (size_t i = 0; i < outcomes.size(); ++i) to.sample({{"outcome", kOutcomes[i]}}, number(outcomes[i]));
}

void DaemonMetrics::add_budgets(Exposition& to) const {
  const auto budgets = budgets_.all();
  to.family("upyd_budget_used", Kind::Gauge, "What is taken of a budget of upyd's, bytes or things.");
  for (const Budget* budget : budgets) to.sample({{"budget", budget->kind().name}}, number(budget->used()));
  to.family("upyd_budget_limit", Kind::Gauge, "How large it is.");
  for (const Budget* budget : budgets) {
    if (budget->limit() != Budget::kUnlimited) to.sample({{"budget", budget->kind().name}}, number(budget->limit()));
  }
  to.family("upyd_budget_refusals", Kind::Counter, "How often somebody got nothing of it.");
  for (const Budget* budget : budgets) to.sample({{"budget", budget->kind().name}}, number(budget->refusals()));
}

void DaemonMetrics::add_instances(Exposition& to) const {
  std::vector<Standing> standing;
  const auto boards = boards_.list();
  std::map<std::string_view, double> by_state;
  for (const auto& [state, name] : kBoardStates) {
    if (state == v1::INSTANCE_STATE_UP) continue;  // among those that run and that are idle
    by_state[name] = static_cast<double>(std::count_if(
        boards.begin(), boards.end(), [state = state](const auto& board) { return board->state() == state; }));
  }
  for (const auto& host : registry_.list()) {
    if (!host->is_waiting()) {
      ++by_state[host->is_running() ? "running" : "idle"];
    } else if (!host->is_board()) {
      ++by_state["waiting"];
    }
    if (host->is_standing() && !host->is_board()) {
      standing.push_back({host->name(), number(host->config().heap_bytes()), host->counts()});
    }
  }
  for (const auto& board : boards) standing.push_back({board->name(), number(board->heap_bytes()), board->counts()});
  to.family("upyd_instances", Kind::Gauge, "Instances, those of single runs included, by what they do.");
  for (const char* state : {"idle", "running", "waiting", "stopped", "failed"}) {
    to.sample({{"state", state}}, by_state[state]);
  }
  for (const InstanceMetric& metric : kInstanceMetrics) {
    to.family(metric.name, metric.kind, metric.help);
    for (const Standing& one : standing) to.sample({{"name", one.name}}, metric.value(one));
  }
  to.family("upyd_instance_run_outcomes", Kind::Counter, "Runs of the instance that are over, by how they ended.");
  for (const Standing& one : standing) {
    for (size_t i = 0; i < kOutcomes.size(); ++i) {
      to.sample({{"name", one.name}, {"outcome", kOutcomes[i]}}, number(one.counts.outcomes[i]));
    }
  }
}

void DaemonMetrics::add_boards(Exposition& to) const {
  const auto boards = boards_.list();
  to.family("upyd_instance_state", Kind::Gauge, "Whether a persistent board is in that state (1) or not (0).");
  for (const auto& board : boards) {
    const v1::InstanceState now = board->state();
    for (const auto& [state, name] : kBoardStates) to.sample({{"name", board->name()}, {"state", name}}, state == now);
  }
  to.family("upyd_instance_restarts", Kind::Counter, "Starts of a persistent board by its restart policy.");
  for (const auto& board : boards) to.sample({{"name", board->name()}}, number(board->restarts()));
}

void DaemonMetrics::add_lines(Exposition& to) const {
  std::vector<CountedLine> lines;
  for (const auto& chip : gpio_.chips()) {
    for (const auto& line : chip->counted_lines()) {
      lines.push_back({chip->name(), std::to_string(line.offset), line.name, line.counters});
    }
  }
  for (const LineMetric& metric : kLineMetrics) {
    to.family(metric.name, Kind::Counter, metric.help);
    for (const CountedLine& line : lines) {
      to.sample({{"chip", line.chip}, {"offset", line.offset}, {"name", line.name}},
                number(line.counters.*metric.value));
    }
  }
}

void DaemonMetrics::add_calls(Exposition& to) const {
  const auto methods = calls_.methods();
  to.family("upyd_rpc_started", Kind::Counter, "Calls of the API that were begun.");
  for (const auto* method : methods) to.sample({{"method", method->name()}}, number(method->begun()));
  to.family("upyd_rpc_handled", Kind::Counter, "Calls of the API that are over, by gRPC's code.");
  for (const auto* method : methods) {
    for (size_t code = 0; code < CallStatistics::kCodes; ++code) {
      const auto status = static_cast<grpc::StatusCode>(code);
      const uint64_t count = method->ended(status);
      if (count == 0 && status != grpc::StatusCode::OK) continue;  // nearly all of them never happen
      to.sample({{"method", method->name()}, {"code", code_name(status)}}, number(count));
    }
  }
  to.family("upyd_rpc_duration_seconds", Kind::Histogram, "How long calls with one answer took.");
  for (const auto* method : methods) {
    if (method->is_unary()) add_times(to, *method);
  }
}

}  // namespace upyd
