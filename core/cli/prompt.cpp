#include "cli/prompt.h"

#include <unistd.h>

#include "cli/history_file.h"

namespace upy {

int Prompt::serve(Instance& instance) {
  Repl repl(*this, {.history_lines = 1000});
  const std::string path = isatty(STDIN_FILENO) ? history_path() : "";
  for (const std::string& line : read_history(path)) repl.remember(line);
  take_terminal();
  const ReplEnd end = repl.serve(instance);
  give_terminal();
  if (!path.empty()) write_history(path, repl.history());
  return end.exit_status;
}

void Prompt::take_terminal() {
  has_terminal_ = true;
  interrupts_.set(Interrupts::Rule::Always);
  terminal_.set(TerminalMode::Mode::Keys);
}

void Prompt::give_terminal() {
  has_terminal_ = false;
  interrupts_.set(Interrupts::Rule::AsScriptsSay);
  terminal_.set(TerminalMode::Mode::Lines);
}

void Prompt::callback_begins() {
  if (callbacks_++ == 0 && has_terminal_) terminal_.set(TerminalMode::Mode::KeysAndSignal);
}

void Prompt::callback_ended() {
  if (--callbacks_ == 0 && has_terminal_) terminal_.set(TerminalMode::Mode::Keys);
}

}  // namespace upy
