#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "upyctl/board_settings.h"
#include "upyctl/commands.h"
#include "upyctl/deploy.h"
#include "upyctl/editor.h"
#include "upyctl/text.h"
#include "upyctl/values.h"
#include "upyd/settings/config_section.h"

namespace upyctl {
namespace {

using namespace upyd::v1;

struct BoardOptions {
  std::string name;
  std::optional<uint32_t> grace_ms;
  bool all = false;
};

Instance get(Session& session, const std::string& name) {
  GetInstanceRequest request;
  request.set_name(name);
  return session.upyd().get_instance(request);
}

// ---- life ----

int start(Session& session, const BoardOptions& options) {
  StartInstanceRequest request;
  request.set_name(options.name);
  session.show(session.upyd().start_instance(request), "");
  return kSuccess;
}

int restart(Session& session, const BoardOptions& options) {
  RestartInstanceRequest request;
  request.set_name(options.name);
  if (options.grace_ms) request.set_grace_ms(*options.grace_ms);
  session.show(session.upyd().restart_instance(request), "");
  return kSuccess;
}

int enable(Session& session, const std::string& name, bool enabled) {
  UpdateInstanceRequest request;
  request.set_name(name);
  request.set_enabled(enabled);
  session.show(session.upyd().update_instance(request), "");
  return kSuccess;
}

// ---- settings ----

int config(Session& session, const BoardOptions& options) {
  const Instance board = get(session, options.name);
  if (!board.persistent()) {
    throw std::invalid_argument("'" + board.name() +
                                "' is not persistent, so upyd keeps no settings of it; upyctl inspect " + board.name() +
                                " shows those that it has");
  }
  if (session.format() == Format::Json) {
    session.terminal().json(options.all ? board.config() : board.own_config());
  } else {
    session.terminal().out(settings_toml(board, options.all ? Others::AsComments : Others::Hidden));
  }
  return kSuccess;
}

void check_editable(const Instance& board) {
  if (!board.persistent()) {
    throw std::invalid_argument("'" + board.name() +
                                "' is not persistent, its settings stay as they are; see upyctl create --persistent");
  }
  if (!board.declared_in().empty()) {
    throw std::invalid_argument("'" + board.name() + "' is declared in " + board.declared_in() +
                                ": change that file, and reload upyd");
  }
}

std::string text_to_edit(const Instance& board) {
  return fmt::format(
             "# The settings of the board '{}'. What is a comment is upyd's default; each setting is explained in\n"
             "# upyd/v1/instance.proto. They hold from its next start on: upyctl restart {}\n\n",
             board.name(), board.name()) +
         settings_toml(board, Others::AsComments);
}

/// Whether the user wants to put right what is wrong.
bool wants_again(const Terminal& terminal, const std::string& fault) {
  terminal.note(fault);
  if (!isatty(STDIN_FILENO)) return false;
  terminal.err("Edit it again? [Y/n] ");
  std::string answer;
  return std::getline(std::cin, answer) && (answer.empty() || answer.front() == 'y' || answer.front() == 'Y');
}

/// Why the settings of a text do not hold now.
struct Refusal {
  std::string fault;
  bool is_outdated = false;  ///< it is made from settings that are others by now
};

/// Nothing: they hold.
std::optional<Refusal> apply(Session& session, const Instance& board, const std::string& text) try {
  UpdateInstanceRequest request = settings_of(text, "the text");
  request.set_name(board.name());
  request.set_etag(board.etag());
  session.show(session.upyd().update_instance(request), "");
  return std::nullopt;
} catch (const upyd::ConfigError& error) {
  return Refusal{error.what()};
} catch (const upyclient::Error& error) {
  return Refusal{session.explain(error), error.code() == grpc::ABORTED};
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

int edit(Session& session, const BoardOptions& options) {
  const Instance board = get(session, options.name);
  check_editable(board);
  const std::string before = text_to_edit(board);
  Editor editor(before, ".toml");
  while (true) {
    const std::string text = editor.edit();
    if (text == before) {
      session.terminal().note("nothing was changed");
      return kSuccess;
    }
    if (is_blank(text)) {
      session.terminal().note(
          "nothing was changed, as the text is empty; for upyd's defaults alone, leave its comments");
      return kFailure;
    }
    const auto refusal = apply(session, board, text);
    if (!refusal) return kSuccess;
    if (refusal->is_outdated) {
      session.terminal().note(refusal->fault);
    } else if (wants_again(session.terminal(), refusal->fault)) {
      continue;
    }
    editor.keep();
    session.terminal().note("nothing was changed; what you wrote is in " + editor.path());
    return kFailure;
  }
}

// ---- all that is known ----

/// A part of an answer: null where the call fails, as it does of a board that is down.
template <typename Call>
std::string part(Call call) try {
  return json_text(call());
} catch (const upyclient::Error& error) {
  if (error.code() == grpc::UNAVAILABLE) throw;
  return "null";
}

int inspect(Session& session, const BoardOptions& options) {
  upyclient::Connection& upyd = session.upyd();
  const Instance board = get(session, options.name);
  GetMemInfoRequest memory;
  memory.set_instance(options.name);
  GetQstrInfoRequest strings;
  strings.set_instance(options.name);
  GetDiskUsageRequest disk;
  disk.set_instance(options.name);
  const ListLinesResponse all_lines = upyd.list_lines();
  ListLinesResponse lines;
  for (const Line& line : all_lines.lines()) {
    const bool is_reader =
        std::find(line.readers().begin(), line.readers().end(), options.name) != line.readers().end();
    if (is_reader || line.writer() == options.name) *lines.add_lines() = line;
  }
  session.terminal().out(
      fmt::format("{{\"instance\": {},\n\"mem_info\": {},\n\"qstr_info\": {},\n\"disk_usage\": {},\n\"lines\": {}}}\n",
                  json_text(board), part([&] { return upyd.get_mem_info(memory); }),
                  part([&] { return upyd.get_qstr_info(strings); }), part([&] { return upyd.get_disk_usage(disk); }),
                  json_text(lines)));
  return kSuccess;
}

// ---- the commands ----

void add_grace(CLI::App& command, std::optional<uint32_t>& grace_ms) {
  command.add_option("--grace", grace_ms, "Time until what it runs is killed, e.g. 500ms, 10s, 1h at most")
      ->type_name("TIME")
      ->transform(time_value(0, kMostGraceMs));
}

using BoardFunction = int(Session&, const BoardOptions&);

/// Declares a command on one board.
CLI::App* add(CLI::App& root, Session& session, const std::shared_ptr<BoardOptions>& options, const std::string& name,
              const std::string& description, std::function<BoardFunction> act) {
  CLI::App* command = session.add_command(root, name, description,
                                          [&session, options, act = std::move(act)] { return act(session, *options); });
  command->add_option("NAME", options->name, "The board")->required()->type_name("");
  return command;
}

void add_deploy(CLI::App& root, Session& session) {
  auto options = std::make_shared<DeployOptions>();
  CLI::App* command =
      session.add_command(root, "deploy", "Put files on a board in one step, all or none, and restart it",
                          [&session, options] { return deploy(session, *options); });
  command->add_option("NAME", options->board, "The board")->required()->type_name("");
  command
      ->add_option("PATH", options->paths,
                   "What to put there: files and directories by their names, or what is in a single directory; names "
                   "that begin with a dot and __pycache__ are left out of directories")
      ->required()
      ->type_name("");
  command->add_flag("--clean", options->clean, "The board is to have no other files");
  command->add_flag("--keep-down", options->keep_down, "Do not start it if it is down");
  add_grace(*command, options->grace_ms);
}

}  // namespace

void add_board_commands(CLI::App& root, Session& session) {
  const auto options = std::make_shared<BoardOptions>();
  add(root, session, options, "start", "Start a board that is down", start);
  add_grace(*add(root, session, options, "restart", "Restart an instance, as machine.soft_reset does", restart),
            options->grace_ms);
  add(root, session, options, "enable", "Have upyd start a board when it starts itself",
      [](Session& here, const BoardOptions& board) { return enable(here, board.name, true); });
  add(root, session, options, "disable", "Have upyd not start a board when it starts itself",
      [](Session& here, const BoardOptions& board) { return enable(here, board.name, false); });
  add(root, session, options, "config", "Show the settings of a board, as a file that declares it has them", config)
      ->add_flag("-a,--all", options->all, "Add those that are upyd's defaults, as comments");
  add(root, session, options, "edit", "Change the settings of a board in $VISUAL or $EDITOR", edit);
  add(root, session, options, "inspect", "Show all that is known of an instance, as JSON", inspect);
  add_deploy(root, session);
}

}  // namespace upyctl
