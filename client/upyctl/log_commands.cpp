#include <fmt/format.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "upyctl/commands.h"
#include "upyctl/moment.h"
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
  std::vector<LogSource> sources;
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
  request.mutable_sources()->Assign(options.sources.begin(), options.sources.end());
  request.set_run_id(options.run_id);
  return request;
}

/// Writes entries as the lines that they are pieces of. What a script wrote is shown as it is where no terminal could
/// obey it.
class LogPrinter {
 public:
  LogPrinter(const Terminal& terminal, const LogOptions& options)
      : terminal_(terminal), has_timestamps_(options.timestamps), is_raw_(options.raw || !terminal.out_is_terminal()) {}

  void print(const LogEntry& entry) {
    std::string text;
    if (open_ != LOG_SOURCE_UNSPECIFIED && open_ != entry.source()) text += '\n';
    if (open_ != entry.source()) text += beginning_of(entry);
    text += is_raw_ ? entry.text() : upyd::escaped(entry.text());
    open_ = entry.continues() ? entry.source() : LOG_SOURCE_UNSPECIFIED;
    if (!entry.continues()) text += '\n';
    terminal_.out(text);
  }

  void tell_dropped(uint64_t entries) {
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
  const bool has_timestamps_;
  const bool is_raw_;
  LogSource open_ = LOG_SOURCE_UNSPECIFIED;  // whose line goes on
};

int show_log(Session& session, const LogOptions& options) {
  LogPrinter printer(session.terminal(), options);
  upyclient::LogStream stream = session.upyd().read_log(request_of(options));
  for (ReadLogResponse response; stream.read(response);) {
    if (session.format() == Format::Json) {
      if (response.dropped() > 0) session.terminal().note(fmt::format("{} entries were dropped", response.dropped()));
      for (const LogEntry& entry : response.entries()) session.terminal().json_line(entry);
      continue;
    }
    if (response.dropped() > 0) printer.tell_dropped(response.dropped());
    for (const LogEntry& entry : response.entries()) printer.print(entry);
  }
  printer.finish();
  return kSuccess;
}

std::string check_moment(const std::string& text) {
  if (read_moment(text)) return "";
  return "'" + text +
         "' is no time: write an age, such as 10m or 2h, a time, such as 14:30, or a date and a time, such " +
         "as 2026-01-31 14:30:05";
}

}  // namespace

void add_log_commands(CLI::App& root, Session& session) {
  auto options = std::make_shared<LogOptions>();
  CLI::App* command = session.add_command(root, "logs", "Show what an instance has written, and what became of it",
                                          [&session, options] { return show_log(session, *options); });
  command->add_option("NAME", options->instance, "The instance, or one that is gone")->required()->type_name("");
  command->add_flag("-f,--follow", options->follow, "Go on with what comes, until the instance is deleted or Ctrl-C");
  command->add_option("-n,--last", options->last, "Only the last N lines of those there are")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command->add_option("--since", options->since, "Only what is not older: 10m, 14:30, or \"2026-01-31 14:30:05\"")
      ->check(CLI::Validator([](const std::string& text) { return check_moment(text); }, ""))
      ->type_name("TIME");
  command
      ->add_option("--stream", options->sources,
                   "Only this: out, err, or upyd for its own words; may be given several times")
      ->transform(CLI::CheckedTransformer(kSources).description(""))
      ->expected(1)
      ->take_all()
      ->type_name("STREAM");
  command->add_option("--run", options->run_id, "Only of the run with this number")
      ->check(CLI::PositiveNumber)
      ->type_name("ID");
  command->add_flag("-t,--timestamps", options->timestamps, "With the time (UTC) before each line");
  command->add_flag("--raw", options->raw,
                    "Control characters as they were written, also on a terminal; else a terminal gets them as \\x1b");
}

}  // namespace upyctl
