#pragma once

#include "cli/interrupts.h"
#include "cli/terminal_mode.h"
#include "upy/repl.h"

namespace upy {

/// The prompt of upy on the process's terminal, with a history that is kept in a file.
class Prompt final : public ReplHost {
 public:
  explicit Prompt(Interrupts& interrupts) : interrupts_(interrupts) {}

  /// Serves it until it is left. Answers the exit status.
  int serve(Instance& instance);

  void run_begins() override { give_terminal(); }
  void run_ended(const Outcome&) override { take_terminal(); }

  // While the prompt waits a callback is at work, so Ctrl-C is to interrupt that.
  void callback_begins();
  void callback_ended();

 private:
  void take_terminal();
  void give_terminal();

  Interrupts& interrupts_;
  TerminalMode terminal_;
  bool has_terminal_ = false;  ///< reads keys, or would if no callback were at work
  int callbacks_ = 0;          ///< that are at work
};

/// The host of an instance that may have a prompt.
class PromptCallbacks final : public Host {
 public:
  /// Who is told of callbacks; null: nobody.
  Prompt* prompt = nullptr;

  void callback_begins() override {
    if (prompt) prompt->callback_begins();
  }
  void callback_ended(CallbackEnd) override {
    if (prompt) prompt->callback_ended();
  }
  void callback_raised(std::string_view, std::string_view) override {}
  void at_safepoint(Instance&) override {}
  void event_lost() override {}
};

}  // namespace upy
