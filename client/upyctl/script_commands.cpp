#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "upyctl/commands.h"
#include "upyctl/console.h"
#include "upyctl/files.h"
#include "upyctl/help.h"
#include "upyctl/instance_options.h"
#include "upyctl/modules.h"
#include "upyctl/new_file.h"
#include "upyctl/script_run.h"
#include "upyctl/text.h"
#include "upyctl/values.h"

namespace upyctl {
namespace {

using namespace upyd::v1;

/// The ending of files that `compile` writes and `run` takes as compiled.
constexpr const char* kCompiledEnding = ".upyc";

/// The options of run and exec.
struct RunOptions {
  std::string instance;
  std::string own_name;
  InstanceOptions own;
  TimeLimits limits;
  std::optional<uint32_t> opt_level;
  bool no_stdin = false;
  bool detach = false;

  ScriptInput input() const { return no_stdin ? ScriptInput::None : ScriptInput::Ours; }
};

RunRequest request_of(const RunOptions& options) {
  RunRequest request;
  if (options.instance.empty()) {
    request.mutable_own()->set_name(options.own_name);
    *request.mutable_own()->mutable_config() = options.own.config();
  } else {
    request.set_instance(options.instance);
  }
  options.limits.put_into(request);
  if (options.opt_level) request.set_opt_level(*options.opt_level);
  return request;
}

/// The script and its arguments: all that CLI11 left from the first word on that is no option, or after "--".
std::vector<std::string> script_words(const CLI::App& command, const Session& session, const std::string& what) {
  std::vector<std::string> words = command.remaining();
  const bool ends_options = words.empty() && !session.script().empty();
  words.insert(words.end(), session.script().begin() + (ends_options ? 1 : 0), session.script().end());
  if (words.empty()) throw CLI::RequiredError(what);
  bool is_option = !ends_options && words.front().size() > 1 && words.front().starts_with('-');
  if (is_option) throw CLI::ExtrasError(command.get_name(), {words.front()});
  return words;
}

void set_arguments(RunRequest& request, const std::vector<std::string>& argv) {
  request.mutable_argv()->Assign(argv.begin(), argv.end());
}

/// Runs it as the options say; whether it may have upyctl's standard input says `input`.
int run_as_told(Session& session, const RunOptions& options, const RunRequest& request, ScriptInput input) {
  return options.detach ? run_detached(session, request) : run_script(session, request, input);
}

int run_file(Session& session, const RunOptions& options, std::vector<std::string> words) {
  RunRequest request = request_of(options);
  const std::string& file = words.front();
  std::string script = read_file(file);
  if (file.ends_with(kCompiledEnding)) {
    request.set_blob(std::move(script));
  } else {
    if (file != kStandardStream) {
      request.set_file(file);
      *request.mutable_modules() = modules_beside(file, script);
    }
    request.set_source(std::move(script));
  }
  set_arguments(request, words);
  return run_as_told(session, options, request, file == kStandardStream ? ScriptInput::None : options.input());
}

int run_code(Session& session, const RunOptions& options, std::vector<std::string> words) {
  RunRequest request = request_of(options);
  request.set_source(words.front());
  words.front() = "-c";  // as the first of sys.argv after upy -c
  set_arguments(request, words);
  return run_as_told(session, options, request, options.input());
}

using RunFunction = int(Session&, const RunOptions&, std::vector<std::string> words);

/// Declares run or exec. `script` is what the usage calls the first of its words.
void add_run_command(CLI::App& root, Session& session, const std::string& name, const std::string& script,
                     const std::string& description, RunFunction* run) {
  auto options = std::make_shared<RunOptions>();
  auto action = [&root, &session, name, script, options, run] {
    return run(session, *options, script_words(*root.get_subcommand(name), session, script));
  };
  CLI::App* command = session.add_command(root, name, description, action);
  command->prefix_command();
  command->formatter(std::make_shared<Help>(script + " [ARGUMENT...]"));

  CLI::Option* instance = command->add_option("-i,--instance", options->instance, "Run in this standing instance")
                              ->check(name_value())
                              ->type_name("NAME");
  command->add_option("--name", options->own_name, "Name the script's own instance")
      ->check(name_value())
      ->type_name("NAME")
      ->excludes(instance);
  add_opt_level(*command, options->opt_level);
  command->add_flag(
      "-n,--no-stdin", options->no_stdin,
      "Give the script no standard input; else it has that of upyctl, which is read when the script reads");
  command->add_flag(
      "-d,--detach", options->detach,
      "Leave the script alone once it runs: print its instance and the number of the run, for wait and logs");
  options->limits.add_to(*command);
  for (CLI::Option* option : options->own.add_to(*command)) option->excludes(instance);
}

struct CompileOptions {
  std::string file;
  std::string output;
  std::optional<uint32_t> opt_level;
};

/// Where the blob goes: as told, or beside the source.
std::string output_of(const CompileOptions& options) {
  if (!options.output.empty() || options.file == kStandardStream) return options.output;
  return std::filesystem::path(options.file).replace_extension(kCompiledEnding);
}

/// Puts the blob where it is to go. JSON on the standard output has it already.
void write_blob(const Session& session, const std::string& output, const std::string& blob) {
  if (output != kStandardStream) {
    write_file(output, blob);
  } else if (session.format() == Format::Text) {
    session.terminal().out(blob);
  }
}

int compile(Session& session, const CompileOptions& options) {
  const std::string output = output_of(options);
  if (output.empty()) throw CLI::RequiredError("-o OUT, where the source is the standard input,");
  CompileRequest request;
  request.set_source(read_file(options.file));
  if (options.file != kStandardStream) request.set_file(options.file);
  request.set_opt_level(options.opt_level.value_or(0));
  CompileResponse answer = session.upyd().compile(request);
  if (session.format() == Format::Json) session.terminal().json(answer);
  if (answer.has_blob()) {
    write_blob(session, output, answer.blob());
    return kSuccess;
  }
  if (session.format() == Format::Text) {
    for (const Diagnostic& diagnostic : answer.diagnostics().diagnostics()) {
      session.terminal().err(escaped_lines(diagnostic.traceback()));
    }
  }
  return kFailure;
}

struct StopOptions {
  std::string instance;
  InterruptRequest::Level level;
  std::optional<uint32_t> grace_ms;
};

/// A board is to stay down; what another instance runs is to end.
bool is_stopped_for_good(Session& session, const StopOptions& options) {
  if (options.level != InterruptRequest::LEVEL_STOP) return false;
  GetInstanceRequest request;
  request.set_name(options.instance);
  return session.upyd().get_instance(request).persistent();
}

int stop_board(Session& session, const StopOptions& options) {
  StopInstanceRequest request;
  request.set_name(options.instance);
  if (options.grace_ms) request.set_grace_ms(*options.grace_ms);
  session.show(session.upyd().stop_instance(request), "");
  return kSuccess;
}

int stop(Session& session, const StopOptions& options) {
  if (is_stopped_for_good(session, options)) return stop_board(session, options);
  InterruptRequest request;
  request.set_instance(options.instance);
  request.set_level(options.level);
  if (options.grace_ms) request.set_grace_ms(*options.grace_ms);
  InterruptResponse answer = session.upyd().interrupt(request);
  if (session.format() == Format::Json) {
    session.terminal().json(answer);
  } else if (answer.run_id() == 0 && !answer.callback()) {
    session.terminal().note(options.instance + " runs no script");
  }
  return kSuccess;
}

void add_stop_command(CLI::App& root, Session& session, InterruptRequest::Level level, const std::string& name,
                      const std::string& description) {
  auto options = std::make_shared<StopOptions>();
  options->level = level;
  CLI::App* command =
      session.add_command(root, name, description, [&session, options] { return stop(session, *options); });
  command->add_option("NAME", options->instance, "The instance")->required()->type_name("");
  if (level == InterruptRequest::LEVEL_STOP) {
    command->add_option("--grace", options->grace_ms, "Time until it is killed, e.g. 500ms, 10s, 1h at most")
        ->type_name("TIME")
        ->transform(time_value(0, kMostGraceMs));
  }
}

void add_compile_command(CLI::App& root, Session& session) {
  auto options = std::make_shared<CompileOptions>();
  CLI::App* command = session.add_command(root, "compile", "Compile a script into a file that run takes",
                                          [&session, options] { return compile(session, *options); });
  command->add_option("FILE", options->file, "The script; - is the standard input")->required()->type_name("");
  command
      ->add_option("-o,--output", options->output,
                   "Where to write it; else FILE with the ending .upyc; - is the standard output")
      ->type_name("OUT");
  add_opt_level(*command, options->opt_level);
}

struct WaitOptions {
  std::string run;
};

/// The number of a run, or that of what an instance runs.
uint64_t run_id_of(Session& session, const std::string& run) {
  uint64_t id = 0;
  const auto [end, error] = std::from_chars(run.data(), run.data() + run.size(), id);
  if (error == std::errc() && end == run.data() + run.size()) return id;
  GetInstanceRequest request;
  request.set_name(run);
  const std::string hint = "; if its run is over, give the number of that, as 'upyctl logs " + run + "' tells";
  try {
    const Instance instance = session.upyd().get_instance(request);
    if (instance.has_run()) return instance.run().id();
  } catch (const upyclient::Error& error) {
    throw upyclient::Error(error.code(), error.what() + (error.code() == grpc::NOT_FOUND ? hint : ""));
  }
  throw std::runtime_error(run + " runs no script" + hint);
}

int wait(Session& session, const WaitOptions& options) {
  WaitForRunRequest request;
  request.set_run_id(run_id_of(session, options.run));
  const WaitForRunResponse answer = session.upyd().wait_for_run(request);
  if (session.format() == Format::Json) {
    session.terminal().json(answer);
  } else {
    // Nobody else has shown it here, and it is not said whose run that was.
    session.terminal().err(escaped_lines(answer.outcome().exception().traceback()));
    tell_outcome(session.terminal(), answer.outcome(), Life::Standing);
  }
  return answer.outcome().exit_status();
}

void add_wait_command(CLI::App& root, Session& session) {
  auto options = std::make_shared<WaitOptions>();
  CLI::App* command = session.add_command(root, "wait", "Wait until a run has ended; with its exit status",
                                          [&session, options] { return wait(session, *options); });
  command->add_option("RUN", options->run, "The number of the run, or the name of the instance that runs it")
      ->required()
      ->type_name("");
}

struct ReplOptions {
  std::string instance;
  InstanceOptions own;
  TimeLimits limits;
};

void add_console_command(CLI::App& root, Session& session) {
  struct Options {
    std::string instance;
    bool raw = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = session.add_command(
      root, "console", "Be the terminal of an instance; Ctrl-C interrupts it, Ctrl-] leaves", [&session, options] {
        ConsoleRequest request;
        request.set_instance(options->instance);
        return attach_console(session, request, options->raw ? Typed::Keys : Typed::Lines);
      });
  command->add_option("NAME", options->instance, "The instance")->required()->type_name("");
  command->add_flag("--raw", options->raw, "Pass on each key as it is typed, without echo, in place of edited lines");
}

int repl(Session& session, const ReplOptions& options) {
  ConsoleRequest request;
  request.set_prompt(true);
  if (options.instance.empty()) {
    *request.mutable_own()->mutable_config() = options.own.config();
    options.limits.put_into(*request.mutable_own()->mutable_config());
  } else {
    request.set_instance(options.instance);
  }
  return attach_console(session, request, Typed::Prompt);
}

void add_repl_command(CLI::App& root, Session& session) {
  auto options = std::make_shared<ReplOptions>();
  CLI::App* command = session.add_command(root, "repl", "Be at the prompt of an instance; Ctrl-X or Ctrl-] leaves",
                                          [&session, options] { return repl(session, *options); });
  CLI::Option* instance =
      command->add_option("NAME", options->instance, "The instance; without one it is made, and deleted at the end")
          ->check(name_value())
          ->type_name("");
  std::vector<CLI::Option*> own = options->own.add_to(*command);
  for (CLI::Option* option : options->limits.add_to(*command)) own.push_back(option);
  for (CLI::Option* option : own) option->excludes(instance);
}

}  // namespace

void add_script_commands(CLI::App& root, Session& session) {
  add_run_command(
      root, session, "run", "FILE",
      "Run a script: source, with the modules that lie beside it; - for the standard input; or compiled (.upyc)",
      run_file);
  add_run_command(root, session, "exec", "CODE", "Run a script given as an argument", run_code);
  add_wait_command(root, session);
  add_console_command(root, session);
  add_repl_command(root, session);
  add_compile_command(root, session);
  add_stop_command(root, session, InterruptRequest::LEVEL_INTERRUPT, "interrupt",
                   "Raise KeyboardInterrupt in what an instance runs");
  add_stop_command(root, session, InterruptRequest::LEVEL_STOP, "stop",
                   "Raise SystemExit in what an instance runs, and kill it after a grace time; keep a board down");
  add_stop_command(root, session, InterruptRequest::LEVEL_KILL, "kill",
                   "Kill what an instance runs; no handler of the script runs");
}

}  // namespace upyctl
