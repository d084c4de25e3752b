#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "upyctl/commands.h"
#include "upyctl/following.h"
#include "upyctl/instance_state.h"
#include "upyctl/moment.h"
#include "upyctl/output.h"
#include "upyctl/units.h"
#include "upyctl/values.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

using namespace upyd::v1;

/// A kind as users have it: EVENT_KIND_RUN_ENDED is run-ended.
std::string kind_text(EventKind kind) {
  constexpr size_t kPrefix = sizeof("EVENT_KIND_") - 1;
  std::string text = EventKind_Name(kind).substr(kPrefix);
  for (char& c : text) c = c == '_' ? '-' : static_cast<char>(c | 0x20);
  return text;
}

/// All kinds by their texts.
std::map<std::string, EventKind> all_kinds() {
  std::map<std::string, EventKind> kinds;
  for (int kind = EventKind_MIN + 1; kind <= EventKind_MAX; ++kind) {
    if (EventKind_IsValid(kind)) kinds[kind_text(static_cast<EventKind>(kind))] = static_cast<EventKind>(kind);
  }
  return kinds;
}

std::string on_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// Of a traceback, what says the most.
std::string last_line(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

const char* reason_text(InstanceDeleted::Reason reason) {
  switch (reason) {
    case InstanceDeleted::REASON_RUN_ENDED:
      return "its run has ended";
    case InstanceDeleted::REASON_SHUTDOWN:
      return "upyd shut down";
    case InstanceDeleted::REASON_NO_RESOURCES:
      return "the system has no thread for it";
    default:
      return "on request";
  }
}

std::string outcome_text(const Outcome& outcome) {
  switch (outcome.kind_case()) {
    case Outcome::kException:
      return fmt::format("{}: {}", outcome.exception().type(), on_one_line(outcome.exception().message()));
    case Outcome::kInterrupted:
      return "interrupted";
    case Outcome::kStopped:
      return "stopped";
    case Outcome::kKilled:
      return fmt::format("killed: {}", limit_text(outcome.killed().limit()));
    case Outcome::kRefused:
      return fmt::format("refused: {}", last_line(outcome.refused().diagnostics(0).traceback()));
    default:
      return "finished";
  }
}

const char* where_text(EdgesLost::Where where) {
  switch (where) {
    case EdgesLost::WHERE_KERNEL:
      return "in the kernel";
    case EdgesLost::WHERE_MAILBOX:
      return "at a full mailbox";
    default:
      return "at a full queue of callbacks";
  }
}

std::string line_change_text(const Line& line) {
  std::string text = fmt::format("{}:{}", line.chip(), line.offset());
  if (!line.writer().empty()) text += " written by " + line.writer();
  if (line.kept()) text += " kept";
  if (line.readers_size() > 0) text += fmt::format(" read by {}", fmt::join(line.readers(), ","));
  return text;
}

const char* cause_text(InstanceReset::Cause cause) {
  switch (cause) {
    case InstanceReset::CAUSE_WATCHDOG:
      return "its watchdog was not fed";
    case InstanceReset::CAUSE_DEEP_SLEEP:
      return "it woke from deep sleep";
    case InstanceReset::CAUSE_SOFT:
      return "soft reset";
    default:
      return "hard reset";
  }
}

std::string state_change_text(const InstanceStateChanged& change) {
  std::string text = state_text(change.state());
  if (change.state() == INSTANCE_STATE_WAITING)
    text += fmt::format(", starts in {}", time_text(change.delay_ms() * 1'000'000));
  if (!change.failure().empty()) text += ": " + change.failure();
  return text;
}

/// What there is to say of an event besides its kind.
std::string detail_text(const Event& event) {
  switch (event.event_case()) {
    case Event::kInstanceCreated:
      return event.instance_created().owned_by_run() ? "for one run" : "";
    case Event::kInstanceDeleted:
      return reason_text(event.instance_deleted().reason());
    case Event::kRunStarted:
      return fmt::format("{} {}", event.run_started().run_id(), event.run_started().file());
    case Event::kRunEnded:
      return fmt::format("{} {}, status {}", event.run_ended().run_id(), outcome_text(event.run_ended().outcome()),
                         event.run_ended().outcome().exit_status());
    case Event::kCallbackRaised:
      return last_line(event.callback_raised().report());
    case Event::kCallbackKilled:
      return event.callback_killed().limit() == Killed::LIMIT_WALL ? "it ran longer than its limit (--callback)"
                                                                   : limit_text(event.callback_killed().limit());
    case Event::kEventsLost:
      return fmt::format("{} in all", event.events_lost().total());
    case Event::kEdge:
      return fmt::format("{}:{} {} {}", event.edge().chip(), event.edge().offset(),
                         event.edge().rising() ? "rising" : "falling", event.edge().sequence());
    case Event::kEdgesLost:
      return fmt::format("{}:{} {} {}", event.edges_lost().chip(), event.edges_lost().offset(),
                         event.edges_lost().count(), where_text(event.edges_lost().where()));
    case Event::kLineChanged:
      return line_change_text(event.line_changed().line());
    case Event::kChipChanged:
      return event.chip_changed().chip() + (event.chip_changed().is_there() ? " is back" : " is gone");
    case Event::kInstanceReset:
      return cause_text(event.instance_reset().cause());
    case Event::kInstanceStateChanged:
      return state_change_text(event.instance_state_changed());
    case Event::kShuttingDown:
    case Event::EVENT_NOT_SET:
      break;
  }
  return "";
}

/// Columns for a terminal; for programs, with a tab between two.
std::string event_text(const Event& event, const Terminal& terminal) {
  const std::string kind = kind_text(static_cast<EventKind>(event.event_case()));
  const char* const columns = terminal.out_is_terminal() ? "{}  {:<16}  {:<22}" : "{}\t{}\t{}";
  const std::string text = fmt::format(fmt::runtime(columns), moment_text(event.time()), event.instance(), kind);
  const std::string detail = upyd::escaped(detail_text(event));
  const char* const gap = terminal.out_is_terminal() ? "  " : "\t";
  return detail.empty() ? text + "\n" : fmt::format("{}{}{}\n", text, gap, detail);
}

struct EventOptions {
  std::vector<std::string> instances;
  std::vector<std::string> kinds;
  std::vector<std::string> lines;
  std::optional<uint64_t> count;
};

WatchEventsRequest request_of(const EventOptions& options) {
  WatchEventsRequest request;
  request.mutable_instances()->Assign(options.instances.begin(), options.instances.end());
  const auto kinds = all_kinds();
  for (const std::string& kind : options.kinds) request.add_kinds(kinds.at(kind));
  request.mutable_lines()->Assign(options.lines.begin(), options.lines.end());
  return request;
}

void print(const Session& session, const Event& event) {
  if (session.format() == Format::Json) {
    session.terminal().json_line(event);
  } else {
    session.terminal().out(event_text(event, session.terminal()));
  }
}

int watch(Session& session, const EventOptions& options) {
  uint64_t seen = 0;
  follow_across_restarts(session, [&](const std::function<void()>& answered) {
    upyclient::WatchStream stream = session.upyd().watch_events(request_of(options));
    for (WatchEventsResponse response; stream.read(response);) {
      answered();
      if (response.dropped() > 0) session.terminal().note(fmt::format("{} events were dropped", response.dropped()));
      for (const Event& event : response.events()) {
        print(session, event);
        if (++seen == options.count) return;
      }
    }
  });
  return kSuccess;
}

}  // namespace

void add_event_commands(CLI::App& root, Session& session) {
  const auto kinds = all_kinds();
  std::string kind_help = "Only this kind; may be given several times:";
  for (const auto& [text, kind] : kinds) kind_help += " " + text;

  auto options = std::make_shared<EventOptions>();
  CLI::App* command = session.add_command(root, "events", "Print what happens in upyd as it happens, until Ctrl-C",
                                          [&session, options] { return watch(session, *options); });
  command->add_option("NAME", options->instances, "The instances; none: all")->type_name("");
  command->add_option("-k,--kind", options->kinds, kind_help)
      ->transform(word_value(kinds))
      ->expected(1)
      ->take_all()
      ->type_name("KIND");
  command->add_option("-l,--line", options->lines, "Only what is about this GPIO line; may be given several times")
      ->allow_extra_args(false)
      ->type_name("LINE");
  command->add_option("-n,--num-events", options->count, "End after N events")
      ->transform(number_value<uint64_t>(1))
      ->type_name("N");
}

}  // namespace upyctl
