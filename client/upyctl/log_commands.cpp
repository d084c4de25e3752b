#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "upyctl/commands.h"
#include "upyctl/following.h"
#include "upyctl/moment.h"
#include "upyctl/values.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

using google::protobuf::Timestamp;
using namespace upyd::v1;

const std::map<std::string, LogSource> kSources = {
    {"out", LOG_SOURCE_STDOUT}, {"err", LOG_SOURCE_STDERR}, {"upyd", LOG_SOURCE_UPYD}};

struct LogOptions {
  std::string instance;
  bool follow = false;
  uint32_t last = 0;
  std::string since;
  std::vector<std::string> sources;
  uint64_t run_id = 0;
  bool timestamps = false;
  bool raw = false;
};

ReadLogRequest request_of(const LogOptions& options) {
  ReadLogRequest request;
  request.set_instance(options.instance);
  request.set_follow(options.follow);
  request.set_last(options.last);
  if (!options.since.empty()) *request.mutable_since() = *read_moment(options.since);
  for (const std::string& source : options.sources) request.add_sources(kSources.at(source));
  request.set_run_id(options.run_id);
  return request;
}

/// Writes entries as the lines that they are pieces of, or as JSON. What a script wrote is shown as it is where no
/// terminal could obey it.
class LogPrinter {
 public:
  LogPrinter(const Session& session, const LogOptions& options)
      : terminal_(session.terminal()),
        is_json_(session.format() == Format::Json),
        has_timestamps_(options.timestamps),
        is_raw_(options.raw || !terminal_.out_is_terminal()) {}

  void print(const LogEntry& entry) {
    if (is_json_) return terminal_.json_line(entry);
    std::string text;
    if (open_ != LOG_SOURCE_UNSPECIFIED && open_ != entry.source()) text += '\n';
    if (open_ != entry.source()) text += beginning_of(entry);
    text += is_raw_ ? entry.text() : upyd::escaped(entry.text());
    open_ = entry.continues() ? entry.source() : LOG_SOURCE_UNSPECIFIED;
    if (!entry.continues()) text += '\n';
    terminal_.out(text);
  }

  void tell_dropped(uint64_t entries) {
    if (is_json_) return terminal_.note(fmt::format("{} entries were dropped", entries));
    finish();
    terminal_.out(fmt::format("[upyd] ... {} {} dropped\n", entries, entries == 1 ? "line" : "lines"));
  }

  /// Ends a line that is not complete.
  void finish() {
    if (std::exchange(open_, LOG_SOURCE_UNSPECIFIED) != LOG_SOURCE_UNSPECIFIED) terminal_.out("\n");
  }

 private:
  std::string beginning_of(const LogEntry& entry) const {
    const std::string time = has_timestamps_ ? moment_text(entry.time()) + " " : "";
    return entry.source() == LOG_SOURCE_UPYD ? time + "[upyd] " : time;
  }

  const Terminal& terminal_;
  const bool is_json_;
  const bool has_timestamps_;
  const bool is_raw_;
  LogSource open_ = LOG_SOURCE_UNSPECIFIED;  // whose line goes on
};

/// Where a log was read up to, so that reading goes on there after a restart of upyd. Entries of one moment are told
/// apart by their number.
class LogPlace {
 public:
  /// What comes next, of the same log.
  ReadLogRequest go_on(ReadLogRequest request) {
    to_skip_ = entries_;
    if (entries_ == 0) return request;
    request.clear_last();
    *request.mutable_since() = time_;
    return request;
  }
  /// Whether an entry was read before.
  bool pass(const LogEntry& entry) {
    const bool is_same = entries_ > 0 && entry.time() == time_;
    if (!is_same) to_skip_ = 0;
    if (to_skip_ > 0) {
      --to_skip_;
      return true;
    }
    entries_ = is_same ? entries_ + 1 : 1;
    time_ = entry.time();
    return false;
  }

 private:
  Timestamp time_;        // of the last entry
  uint64_t entries_ = 0;  // of that time, that were read
  uint64_t to_skip_ = 0;
};

int show_log(Session& session, const LogOptions& options) {
  LogPrinter printer(session, options);
  LogPlace place;
  const auto read = [&](const std::function<void()>& answered) {
    upyclient::LogStream stream = session.upyd().read_log(place.go_on(request_of(options)));
    for (ReadLogResponse response; stream.read(response);) {
      answered();
      if (response.dropped() > 0) printer.tell_dropped(response.dropped());
      for (const LogEntry& entry : response.entries()) {
        if (!place.pass(entry)) printer.print(entry);
      }
    }
  };
  options.follow ? follow_across_restarts(session, read) : read([] {});
  printer.finish();
  return kSuccess;
}

}  // namespace

void add_log_commands(CLI::App& root, Session& session) {
  auto options = std::make_shared<LogOptions>();
  CLI::App* command = session.add_command(root, "logs", "Show what an instance has written, and what became of it",
                                          [&session, options] { return show_log(session, *options); });
  command->add_option("NAME", options->instance, "The instance, or one that is gone")->required()->type_name("");
  command->add_flag("-f,--follow", options->follow, "Go on with what comes, until the instance is deleted or Ctrl-C");
  command->add_option("-n,--last", options->last, "Only the last N lines of those there are")
      ->transform(number_value<uint32_t>(1))
      ->type_name("N");
  command
      ->add_option("--since", options->since, "Only what is not older: 10m, today, 14:30, or \"2026-01-31 14:30:05\"")
      ->transform(moment_value())
      ->type_name("TIME");
  command
      ->add_option("--stream", options->sources,
                   "Only this: out, err, or upyd for its own words; may be given several times")
      ->transform(word_value(kSources))
      ->expected(1)
      ->take_all()
      ->type_name("STREAM");
  command->add_option("--run", options->run_id, "Only of the run with this number")
      ->transform(number_value<uint64_t>(1))
      ->type_name("ID");
  command->add_flag("-t,--timestamps", options->timestamps,
                    "With the time before each line, local, with its offset from UTC");
  command->add_flag("--raw", options->raw,
                    "Control characters as they were written, also on a terminal; else a terminal gets them as \\x1b");
}

}  // namespace upyctl
