#include "upyctl/cli.h"

#include <fmt/format.h>
#include <google/protobuf/stubs/common.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "upyctl/commands.h"
#include "upyctl/help.h"
#include "upyctl/session.h"
#include "upyctl/suggestion.h"

namespace upyctl {
namespace {

constexpr const char* kFooter =
    "The exit status of run, exec and wait is the script's: 0, 1 after an exception, the value of sys.exit, 130 "
    "interrupted,\n"
    "137 killed; 125: it did not run, or its end is not known. Ctrl-C interrupts the script, a second one kills it.";

/// The command that was given, as far as it is one.
const CLI::App& given_command(const CLI::App& root) {
  const CLI::App* command = &root;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

/// A command as typed: "upyctl gpio set".
std::string full_name(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  return parent == nullptr ? command.get_name() : full_name(*parent) + " " + command.get_name();
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* each : command.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(each->get_name());
  }
  return names;
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string no_command(const std::string& name, const CLI::App& among) {
  return "there is no command '" + name + "'" + did_you_mean(name, commands_of(among));
}

/// What a message of CLI11 begins with: the option it is about.
const CLI::Option* option_of(const CLI::ParseError& error, const CLI::App& command) {
  const std::string text = error.what();
  const std::string name = text.substr(0, text.find_first_of(": "));
  const auto options = command.get_options(
      [&name](const CLI::Option* each) { return each->get_name() == name || each->check_lname(name); });
  return options.empty() ? nullptr : options.front();
}

/// An option has too few values or too many.
std::string mismatch_text(const CLI::ParseError& error, const CLI::App& command) {
  const CLI::Option* const option = option_of(error, command);
  if (!option) return error.what();
  const std::string name = option->get_name();
  if (option->get_items_expected_max() == 0) return name + " takes no value";
  if (option->results().size() > static_cast<size_t>(option->get_items_expected_max())) return name + " is given twice";
  if (option->get_positional()) return fmt::format("{} of {} are needed", option->get_items_expected_min(), name);
  return fmt::format("{} needs a value: {}", name, option->get_description());
}

/// "--a excludes --b", "--a requires --b": the options, and what is to be said of them.
std::string pair_text(const std::string& told, std::string_view verb, const char* words) {
  const size_t at = told.find(verb);
  if (at == told.npos) return told;
  return fmt::format(fmt::runtime(words), told.substr(0, at), told.substr(at + verb.size()));
}

template <typename Kind>
bool is(const CLI::ParseError& error) {
  return dynamic_cast<const Kind*>(&error) != nullptr;
}

/// In words of upyctl's own. What a value should be, values.h says.
std::string error_text(const CLI::ParseError& error, const CLI::App& command) {
  const std::string told = error.what();
  if (is<CLI::ArgumentMismatch>(error)) return mismatch_text(error, command);
  if (is<CLI::ExcludesError>(error)) return pair_text(told, " excludes ", "{} and {} can't be given together");
  if (is<CLI::RequiresError>(error)) return pair_text(told, " requires ", "{} needs {} beside it");
  if (is<CLI::RequiredError>(error) && !commands_of(command).empty())
    return fmt::format("a command is missing; there are {}", fmt::join(commands_of(command), ", "));
  return told;
}

std::string what_is_wrong(const CLI::ParseError& error, const CLI::App& command) {
  const std::vector<std::string> left = command.remaining();
  if (left.empty() && command.get_parent() && is<CLI::ExtrasError>(error))
    return what_is_wrong(error, *command.get_parent());
  const std::string unknown = left.empty() ? "" : left.front();
  if (unknown.size() > 1 && unknown.starts_with('-')) {
    const std::string option = unknown.substr(0, unknown.find('='));
    return "there is no option '" + option + "'" + did_you_mean(option, options_of(command));
  }
  if (!unknown.empty() && !commands_of(command).empty()) return no_command(unknown, command);
  return is<CLI::ExtrasError>(error) ? "'" + unknown + "' is one word too many" : error_text(error, command);
}

/// CLI11 would take "--follow=0" for a flag.
void take_no_values_of_flags(CLI::App& command) {
  for (CLI::Option* option : command.get_options()) {
    if (option->get_items_expected_max() == 0) option->disable_flag_override();
  }
  for (CLI::App* each : command.get_subcommands([](const CLI::App*) { return true; })) take_no_values_of_flags(*each);
}

/// Shows help, or says what is wrong with the command line.
int tell(const CLI::ParseError& error, const CLI::App& root, const Terminal& terminal) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    std::ostringstream help;
    root.exit(error, help, help);
    terminal.out(help.str());
    return kSuccess;
  }
  const CLI::App& command = given_command(root);
  terminal.note(what_is_wrong(error, command));
  terminal.err("Try '" + full_name(command) + " --help'.\n");
  return kUsageError;
}

/// Of the options that may stand before a command, those that a value follows.
constexpr std::string_view kTakeValues[] = {"--host", "--ca", "--cert", "--key"};

/// The first word that is neither an option nor an option's value.
std::string command_of(const std::vector<std::string>& arguments) {
  for (size_t i = 0; i < arguments.size(); i++) {
    if (std::find(std::begin(kTakeValues), std::end(kTakeValues), arguments[i]) != std::end(kTakeValues)) {
      i++;
    } else if (!arguments[i].starts_with('-')) {
      return arguments[i];
    }
  }
  return "";
}

/// Of run and exec, what a "--" ends the options of is the script's; CLI11 would look for words of upyctl there.
std::vector<std::string> split_off_script(std::vector<std::string>& arguments) {
  const std::string command = command_of(arguments);
  if (command != "run" && command != "exec") return {};
  const auto mark = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> words(mark, arguments.end());
  arguments.erase(mark, arguments.end());
  return words;
}

int show_help(const CLI::App& root, const std::vector<std::string>& topic, const Terminal& terminal) {
  const CLI::App* command = &root;
  for (const std::string& name : topic) {
    const auto named = command->get_subcommands([&name](const CLI::App* one) { return one->check_name(name); });
    if (named.empty()) {
      terminal.note(no_command(name, *command));
      terminal.err("Try '" + full_name(*command) + " --help'.\n");
      return kUsageError;
    }
    command = named.front();
  }
  std::vector<std::string> arguments = topic;
  arguments.push_back("--help");
  return run_command_line(arguments, terminal);
}

void add_help_command(CLI::App& root, Session& session) {
  auto topic = std::make_shared<std::vector<std::string>>();
  CLI::App* command = session.add_command(root, "help", "Show help for a command", [&root, &session, topic] {
    return show_help(root, *topic, session.terminal());
  });
  command->add_option("COMMAND", *topic, "The command")->type_name("");
}

/// The API's strings hold nothing else.
void check_text(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (google::protobuf::internal::IsStructurallyValidUTF8(argument.data(), static_cast<int>(argument.size())))
      continue;
    throw std::invalid_argument("'" + argument + "' is not UTF-8: names and arguments must be");
  }
}

/// Whether its exit status is to be a script's.
bool stands_for_script(const CLI::App& root) {
  return root.got_subcommand("run") || root.got_subcommand("exec") || root.got_subcommand("wait");
}

}  // namespace

int run_command_line(const std::vector<std::string>& arguments, const Terminal& terminal) {
  std::vector<std::string> words = arguments;
  Session session(terminal, split_off_script(words));
  CLI::App root("Runs and watches MicroPython scripts in the daemon upyd.", "upyctl");
  root.formatter(std::make_shared<Help>());
  root.require_subcommand(1);
  root.set_version_flag("--version", "upyctl " UPYD_VERSION, "Show the version of upyctl");
  session.add_options(root);
  add_script_commands(root, session);
  add_instance_commands(root, session);
  add_board_commands(root, session);
  add_fs_commands(root, session);
  add_mip_commands(root, session);
  add_gpio_commands(root, session);
  add_log_commands(root, session);
  add_event_commands(root, session);
  add_daemon_commands(root, session);
  add_hosts_command(root, session);
  add_status_command(root, session);
  add_top_command(root, session);
  add_help_command(root, session);
  root.footer(kFooter);  // after the commands, which would inherit it
  take_no_values_of_flags(root);
  try {
    root.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    check_text(arguments);
    return session.act();
  } catch (const CLI::ParseError& error) {
    return tell(error, root, terminal);
  } catch (const upyclient::Error& error) {
    terminal.note(session.explain(error));
    return stands_for_script(root) ? kNotRun : kFailure;
  } catch (const std::exception& error) {
    terminal.note(error.what());
    return stands_for_script(root) ? kNotRun : kFailure;
  }
}

}  // namespace upyctl
