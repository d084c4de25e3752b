#pragma once

#include <grpcpp/support/status.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "instances/console_link.h"
#include "instances/inspection.h"
#include "instances/job.h"

namespace upyd {

/// An interpreter at work, wherever that is: what is asked of it, and what it tells.
///
/// When it starts, and whenever the interpreter was made anew, it runs boot.py and then main.py of the instance's
/// files, where they are there. Then it takes one job after the other, and handles callbacks in between; and as long as
/// who has the console wants it, it serves the prompt there. A job waits until both are over, unless they make the
/// interpreter anew over and over: then it comes before main.py, at last before both. Both sides are plain data, so
/// that a worker may be a thread (ThreadWorker) or another process. Its standard streams are the console that it is
/// made with.
///
/// What is asked may come from any thread and with locks held, but for `build`, `start`, `discard`, `join` and
/// `inspect`; nothing waits for the script.
class Worker {
 public:
  virtual ~Worker() = default;

  /// What an interpreter begins with.
  struct Beginning {
    upy::ResetCause cause = upy::ResetCause::PowerOn;
    upy::Retained retained;  ///< by the one before
  };

  /// Why a worker ends.
  enum class End : uint8_t {
    Asked,        ///< by `end`
    NoResources,  ///< the system had no memory for what it was at
  };

  /// Who hears of the work: calls come one after the other, where the interpreter works, with no lock of the worker
  /// held; others say so.
  class Listener {
   public:
    /// The job that was given begins. The console is its.
    virtual void run_started() = 0;
    /// The script is over.
    virtual void run_ended(RunReport report) = 0;
    /// After that: the next job may be given. The interpreter is a new one if the script wanted that, or is in deep
    /// sleep, which a job ends.
    virtual void ready() = 0;
    /// A run begins that nobody gave as a job: boot.py, main.py, or what was typed at the prompt. `file` is its name in
    /// tracebacks. It may be that a job waits by then.
    virtual void own_run_started(const std::string& file) = 0;
    /// It is over.
    virtual void own_run_ended(RunReport report) = 0;
    /// boot.py and main.py are over, and the interpreter is not made anew for them; how the last of them ended. Of one
    /// that is not there as of one that has nothing to do.
    virtual void start_ended(const upy::Outcome& last) = 0;
    /// The interpreter is gone, and is made anew in so long: it resets itself over and over. A job, input on its
    /// console, or who wants it made anew ends the wait.
    virtual void resets_too_often(int64_t wait_ns) = 0;
    /// The interpreter was made anew, and begins with that.
    virtual void was_reset(const Beginning& beginning) = 0;
    /// As upy::Host::callback_raised.
    virtual void callback_raised(std::string_view type, std::string_view report) = 0;
    /// A callback between two jobs that was asked to stop is over; by which limit it was killed, if it was.
    virtual void callback_stopped(std::optional<upy::Limit> killed_by) = 0;
    /// As upy::Host::event_lost: any thread, and locks are held.
    virtual void event_lost() = 0;
    /// The answer to `inspect`. On any thread.
    virtual void inspected(uint64_t id, const InspectionAnswer& answer) = 0;
    /// The last: the interpreter is destroyed and what it held is released. A job that was not told as ended does not
    /// end any more, an inspection without an answer gets none.
    virtual void ended(End end) = 0;

   protected:
    ~Listener() = default;
  };

  /// Makes the interpreter. RESOURCE_EXHAUSTED when the system has no memory for it.
  virtual grpc::Status build() = 0;
  /// Starts work; holds the listener until `ended`. RESOURCE_EXHAUSTED when the system has no thread left for it.
  virtual grpc::Status start(std::shared_ptr<Listener> listener) = 0;
  /// Undoes `build` where work did not start.
  virtual void discard() = 0;
  /// Waits, after `ended`, until nothing of it is at work.
  virtual void join() = 0;

  /// Gives it a job, when it has none: before it starts, or after `ready`.
  virtual void run(std::shared_ptr<const Job> job) = 0;
  /// What there is to stop; 0 where there is nothing.
  struct AtWork {
    Work run = 0;       ///< the job that was given and is not over
    Work own_run = 0;   ///< that nobody gave as a job
    Work callback = 0;  ///< between two runs
  };
  virtual AtWork at_work() const = 0;
  /// Whether what is at work was asked to stop.
  virtual bool is_stopping() const = 0;
  /// Asks it to stop, if it is not over; 0: nothing happens.
  virtual void stop(Work work, const StopRequest& request) = 0;
  /// Ends the worker, killing what is at work.
  virtual void end(upy::Limit limit) = 0;
  /// Ends the worker when what is at work, and what begins meanwhile, has taken SystemExit. `end` makes it hurry.
  virtual void finish() = 0;
  /// Has the interpreter made anew as machine.soft_reset does, when what is at work, and what begins meanwhile, has
  /// taken SystemExit. One that is being made anew for another reason will do.
  ///
  /// `interlude`, if there is one, is called by the worker while there is no interpreter; it is not if the worker ends
  /// before.
  using Interlude = std::function<void()>;
  virtual void reset(Interlude interlude) = 0;
  /// Kills what a `reset` waits for, if one does.
  virtual void hurry_reset() = 0;
  /// Somebody else has the console, or what he sends is at its end: has the interpreter look at that.
  virtual void console_changed() = 0;
  /// Input from who has the console, a byte of which may interrupt. Answers whether there is room for more, as
  /// InputBuffer::type.
  virtual bool type(ConsoleLink& client, std::string_view input) = 0;
  /// There is more input, or its end: wakes the interpreter if it waits for that.
  virtual void wake() = 0;
  /// Has the interpreter looked into: at once, if it waits for something, else at its next safepoint. The listener gets
  /// the answer, by that id.
  virtual void inspect(uint64_t id, const Inspection& inspection) = 0;
  /// The latest figures that can be had without waiting: of an interpreter that waits for something those of now; of a
  /// busy one those of its last look at them, and it is asked to look again at its next safepoint. The end of a job is
  /// a look.
  virtual upy::Figures figures() = 0;

  /// CPU time that it has used.
  virtual int64_t cpu_ns() const = 0;
};

}  // namespace upyd
