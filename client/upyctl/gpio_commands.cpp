#include <fmt/format.h>

#include <map>
#include <memory>

#include "upyctl/commands.h"
#include "upyctl/values.h"

/// The verbs are named as the tools of libgpiod are, and print what those print where the daemon knows no more.
namespace upyctl {
namespace {

using namespace upyd::v1;

constexpr const char* kLineHelp = "CHIP:OFFSET, OFFSET on the first chip, or NAME";

std::string chips_text(const ListChipsResponse& answer) {
  std::string text;
  for (const Chip& chip : answer.chips()) {
    text += fmt::format("{} [{}] ({} lines)\n", chip.name(), chip.label(), chip.num_lines());
  }
  return text;
}

int detect(Session& session) {
  ListChipsResponse answer = session.upyd().list_chips();
  session.show(answer, chips_text(answer));
  return kSuccess;
}

const char* direction_text(Line::Direction direction) {
  switch (direction) {
    case Line::DIRECTION_OUT:
      return "output";
    case Line::DIRECTION_OPEN_DRAIN:
      return "output drive=open-drain";
    default:
      return "input";
  }
}

const char* pull_text(Line::Pull pull) {
  switch (pull) {
    case Line::PULL_UP:
      return " bias=pull-up";
    case Line::PULL_DOWN:
      return " bias=pull-down";
    default:
      return "";
  }
}

const char* drive_text(Drive drive) {
  switch (drive) {
    case DRIVE_LOW:
      return " driven=low";
    case DRIVE_HIGH:
      return " driven=high";
    default:
      return "";
  }
}

std::string level_text(const Line& line) { return line.has_level() ? fmt::format(" level={}", line.level()) : ""; }

std::string edges_text(const Line& line) {
  std::string text;
  if (line.edges() > 0) text += fmt::format(" edges={}", line.edges());
  if (line.lost_edges() > 0) text += fmt::format(" lost={}", line.lost_edges());
  if (line.dropped_edges() > 0) text += fmt::format(" dropped={}", line.dropped_edges());
  return text;
}

std::string line_text(const Line& line) {
  std::string name = line.name().empty() ? "unnamed" : '"' + line.name() + '"';
  std::string text =
      fmt::format("\tline {:3}:\t{:<16}\t{}{}{}{}", line.offset(), name, direction_text(line.direction()),
                  level_text(line), pull_text(line.pull()), drive_text(line.drive()));
  if (line.debounce_us() > 0) text += fmt::format(" debounce-period={}us", line.debounce_us());
  if (!line.consumer().empty()) text += " consumer=\"" + line.consumer() + '"';
  if (line.kept()) text += " kept";
  if (!line.writer().empty()) text += " writer=" + line.writer();
  if (!line.readers().empty()) text += fmt::format(" readers={}", fmt::join(line.readers(), ","));
  return text + edges_text(line) + "\n";
}

ListLinesResponse list_lines(Session& session, const std::vector<std::string>& ids) {
  ListLinesRequest request;
  request.mutable_ids()->Assign(ids.begin(), ids.end());
  return session.upyd().list_lines(request);
}

std::string lines_text(const ListLinesResponse& answer) {
  std::string text;
  std::string chip;
  for (const Line& line : answer.lines()) {
    if (line.chip() != chip) text += line.chip() + ":\n";
    chip = line.chip();
    text += line_text(line);
  }
  return text;
}

int info(Session& session, const std::vector<std::string>& ids) {
  ListLinesResponse answer = list_lines(session, ids);
  session.show(answer, lines_text(answer));
  return kSuccess;
}

std::string levels_text(const ListLinesResponse& answer) {
  std::vector<uint32_t> levels;
  for (const Line& line : answer.lines()) levels.push_back(line.level());
  return fmt::format("{}\n", fmt::join(levels, " "));
}

int get(Session& session, const std::vector<std::string>& ids) {
  ListLinesResponse answer = list_lines(session, ids);
  for (const Line& line : answer.lines()) {
    if (line.has_level() || session.format() == Format::Json) continue;
    session.terminal().note(
        fmt::format("{}:{} is used by nobody here, so its level is not known", line.chip(), line.offset()));
    return kFailure;
  }
  session.show(answer, levels_text(answer));
  return kSuccess;
}

/// Reads "LINE=VALUE"; nothing if it is not of that form.
std::optional<LineDrive> parse_drive(const std::string& text) {
  static const std::map<std::string, Drive> values = {
      {"0", DRIVE_LOW}, {"low", DRIVE_LOW}, {"1", DRIVE_HIGH}, {"high", DRIVE_HIGH}, {"none", DRIVE_NONE}};
  size_t equals = text.rfind('=');
  if (equals == 0 || equals == std::string::npos) return std::nullopt;
  auto value = values.find(text.substr(equals + 1));
  if (value == values.end()) return std::nullopt;
  LineDrive drive;
  drive.set_line(text.substr(0, equals));
  drive.set_drive(value->second);
  return drive;
}

std::string check_drive(const std::string& text) {
  return parse_drive(text) ? "" : "'" + text + "' is not LINE=VALUE, VALUE one of 0, low, 1, high, none";
}

int set(Session& session, const std::vector<std::string>& settings) {
  DriveLinesRequest request;
  for (const std::string& setting : settings) *request.add_drives() = parse_drive(setting).value();
  session.upyd().drive_lines(request);
  return kSuccess;
}

struct MonitorOptions {
  std::vector<std::string> lines;
  std::string edges = "both";  ///< or "rising", "falling"
  std::optional<uint64_t> count;
};

const char* edge_text(const Edge& edge) { return edge.rising() ? "rising" : "falling"; }

void show_edge(const Session& session, const Edge& edge) {
  if (session.format() == Format::Json) {
    session.terminal().json_line(edge);
    return;
  }
  constexpr uint64_t kSecond = 1'000'000'000;
  session.terminal().out(fmt::format("{}.{:09}\t{}\t{} {}\n", edge.timestamp_ns() / kSecond,
                                     edge.timestamp_ns() % kSecond, edge_text(edge), edge.chip(), edge.offset()));
}

int monitor(Session& session, const MonitorOptions& options) {
  MonitorLinesRequest request;
  request.mutable_lines()->Assign(options.lines.begin(), options.lines.end());
  upyclient::EdgeStream stream = session.upyd().monitor_lines(request);
  uint64_t seen = 0;
  for (MonitorLinesResponse response; stream.read(response);) {
    if (response.dropped() > 0) session.terminal().note(fmt::format("{} edges were lost", response.dropped()));
    for (const Edge& edge : response.edges()) {
      if (options.edges != "both" && options.edges != edge_text(edge)) continue;
      show_edge(session, edge);
      if (++seen == options.count) return kSuccess;
    }
  }
  return kSuccess;
}

void add_monitor(CLI::App& gpio, Session& session) {
  auto options = std::make_shared<MonitorOptions>();
  CLI::App* command = session.add_command(gpio, "mon", "Print the edges of lines as they happen, until Ctrl-C",
                                          [&session, options] { return monitor(session, *options); });
  command->add_option("LINE", options->lines, kLineHelp)->required()->type_name("");
  command->add_option("-e,--edges", options->edges, "Which: both, rising or falling")
      ->transform(word_value(std::vector<std::string>{"both", "rising", "falling"}))
      ->type_name("EDGES");
  command->add_option("-n,--num-events", options->count, "End after N edges")
      ->transform(number_value<uint64_t>(1))
      ->type_name("N");
}

}  // namespace

void add_gpio_commands(CLI::App& root, Session& session) {
  CLI::App* gpio = root.add_subcommand("gpio", "See the GPIO lines, and drive those of a simulated chip");
  gpio->require_subcommand(1);

  session.add_command(*gpio, "detect", "List the chips", [&session] { return detect(session); });

  auto info_lines = std::make_shared<std::vector<std::string>>();
  session
      .add_command(*gpio, "info", "Show lines with their state and who holds them",
                   [&session, info_lines] { return info(session, *info_lines); })
      ->add_option("LINE", *info_lines, std::string(kLineHelp) + ", or a chip for all of its lines; none: all lines")
      ->type_name("");

  auto get_lines = std::make_shared<std::vector<std::string>>();
  session
      .add_command(*gpio, "get", "Print the levels of lines, 0 or 1",
                   [&session, get_lines] { return get(session, *get_lines); })
      ->add_option("LINE", *get_lines, kLineHelp)
      ->required()
      ->type_name("");

  auto settings = std::make_shared<std::vector<std::string>>();
  session
      .add_command(*gpio, "set", "Drive lines of a simulated chip from outside, until the next set",
                   [&session, settings] { return set(session, *settings); })
      ->add_option("SETTING", *settings, "LINE=VALUE; VALUE is 0, low, 1, high, or none to let the line float")
      ->required()
      ->check(check_drive)
      ->type_name("");

  add_monitor(*gpio, session);
}

}  // namespace upyctl
