#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "upy/instance.h"

namespace upy {

/// What the prompt tells its host, on the instance's thread.
class ReplHost {
 public:
  virtual ~ReplHost() = default;
  /// What was typed is going to run.
  virtual void run_begins() {}
  virtual void run_ended(const Outcome&) {}
  /// Around what is not of the run, though it has not ended: the mark by which a program knows the end of its output.
  virtual void mark_begins() {}
  virtual void mark_ended() {}
};

/// The settings of a prompt.
struct ReplConfig {
  size_t history_lines = 50;  ///< kept, and offered again by the arrow keys
  /// The host makes the instance anew when it is left, of which it says so ("MPY: soft reboot"); at the end of input it
  /// waits for more, where it is.
  bool is_board = false;
};

/// How the prompt was left.
struct ReplEnd {
  enum class Kind : uint8_t {
    Returned,    ///< by Instance::request_return; it goes on where it was
    SoftReset,   ///< by Ctrl-D, or machine.reset
    Exited,      ///< by SystemExit, that of StopLevel::Stop among them: see exit_status
    InputEnded,  ///< the console's input is at its end
    Killed,      ///< by StopLevel::Kill while nothing ran
  };
  Kind kind = Kind::Returned;
  int exit_status = 0;
};

/// MicroPython's prompt on the console of an instance: for people, with lines that are edited, completed and
/// remembered, pasted texts, and answers; and for programs in raw mode (Ctrl-A) and raw-paste mode. It speaks byte for
/// byte as on a board, so that mpremote, Thonny and the like understand it.
///
/// It outlives the instances that it serves one after the other, and keeps its mode and its history.
class Repl {
 public:
  /// `host` must outlive it.
  explicit Repl(ReplHost& host, const ReplConfig& config = {});
  ~Repl();
  Repl(const Repl&) = delete;
  Repl& operator=(const Repl&) = delete;

  /// Reads the console and runs what is typed there, until one of the reasons in ReplEnd. Callbacks run while it waits;
  /// an interrupt then starts a new line. Nothing that a run does to the instance is in its way: the heap is unlocked
  /// again, and Ctrl-C interrupts. On the instance's thread, in place of Instance::idle. The functions that Instance
  /// has "between runs" may not be called meanwhile but where a wait allows them.
  ReplEnd serve(Instance& instance);

  /// Somebody else is at the console: the next `serve` greets them, in friendly mode, and knows of nothing that was
  /// typed before. Not while it is served.
  void welcome();
  /// Others are going to write to the console: takes the line that is being edited off the screen. The next `serve`
  /// shows it again. After a `serve` that has returned, on the instance's thread.
  void step_aside(Instance& instance);
  /// Whether a program has it in raw mode.
  bool is_raw() const;
  /// Adds a line to the history.
  void remember(std::string_view line);
  /// The history, oldest first.
  std::vector<std::string> history() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace upy
