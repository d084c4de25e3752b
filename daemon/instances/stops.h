#pragma once

#include <cstdint>
#include <optional>

#include "instances/job.h"
#include "upy/instance.h"

namespace upyd {

/// Brings a request to stop to the work that it is meant for, and to nothing else.
///
/// The interpreter keeps a stop until something takes it, whatever that is. Here each has an addressee: the run that
/// has begun, what the instance runs of its own, or the callback that is at work between runs. What the addressee left
/// of it at its end is taken back. A run that was accepted and waits keeps what is asked of it until it begins. Where
/// nothing is at work there is nobody to stop.
///
/// Not for several threads at a time: the worker's mutex guards it.
class Stops {
 public:
  /// What is asked reaches this interpreter, as long as it is attached.
  void open(upy::Instance& interpreter) { interpreter_ = &interpreter; }
  void close() { interpreter_ = nullptr; }

  /// A run is accepted, begins, and ends.
  void accept_run();
  void begin_run();
  void end_run();

  /// The prompt is served, and no more. What is typed there and interrupts is the prompt's own where nothing is at
  /// work.
  void begin_prompt() { at_prompt_ = true; }
  void end_prompt();
  /// Has the prompt left, if it is served and nothing is at work.
  void leave_prompt();
  /// A run of the instance's own begins, and ends: what was typed at the prompt, boot.py or main.py.
  void begin_own_run() { own_run_ = ++last_; }
  void end_own_run();

  /// A callback begins. Returns its number if that is between runs; 0 if it is part of what is at work already.
  Work begin_callback();
  /// The callback that began last has ended. Returns what was asked of it; nothing for a part of other work.
  std::optional<StopRequest> end_callback();

  /// The run that was accepted and is not over.
  Work run() const { return run_; }
  bool has_begun() const { return has_begun_; }
  /// The run of its own that is at work.
  Work own_run() const { return own_run_; }
  /// The callback that is at work between runs.
  Work callback() const { return callback_; }
  /// Whether what is at work was asked to stop.
  bool is_stopping() const { return asked_.has_value(); }

  /// Asks it to stop, if it is not over. A higher level overrides a lower one that was not taken yet.
  void stop(Work work, const StopRequest& request);
  /// Interrupts all there is, as it was typed on the console.
  void interrupt();

 private:
  Work at_work() const { return has_begun_ ? run_ : own_run_ ? own_run_ : callback_; }
  void end_work();

  upy::Instance* interpreter_ = nullptr;
  Work last_ = 0;
  Work run_ = 0;
  bool has_begun_ = false;              // run_ has
  std::optional<StopRequest> waiting_;  // for run_ to begin
  bool at_prompt_ = false;
  Work own_run_ = 0;
  Work callback_ = 0;
  uint32_t depth_ = 0;                // of callbacks within each other
  std::optional<StopRequest> asked_;  // of what is at work
};

}  // namespace upyd
