#pragma once

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "instances/back_off.h"
#include "instances/callback_deadline.h"
#include "instances/console.h"
#include "instances/instance_ports.h"
#include "instances/measured_run.h"
#include "instances/stops.h"
#include "instances/worker.h"
#include "system/thread.h"
#include "upy/repl.h"

namespace upyd {

/// A worker that is a thread of this process.
///
/// The interpreter is run, idled and destroyed on that thread. Whoever asks something leaves it behind (a job, an
/// inspection, a request to stop) and wakes the interpreter through its thread-safe functions. `mutex_` guards that; it
/// is never held while a script runs, nor while the listener is called. They may be called while the interpreter is
/// there and on its thread; what comes before waits until they open.
class ThreadWorker final : public Worker,
                           private upy::Host,
                           private upy::ReplHost,
                           public std::enable_shared_from_this<ThreadWorker> {
 public:
  /// `parts` must outlive it.
  ThreadWorker(std::string name, std::shared_ptr<const v1::InstanceConfig> config, const PortParts& parts,
               std::shared_ptr<InstanceConsole> console, std::shared_ptr<FileView> files, Beginning beginning);

  grpc::Status build() override;
  grpc::Status start(std::shared_ptr<Listener> listener) override;
  void discard() override { tear_down(); }
  void join() override { thread_.join(); }

  void run(std::shared_ptr<const Job> job) override;
  AtWork at_work() const override;
  bool is_stopping() const override;
  void stop(Work work, const StopRequest& request) override;
  void end(upy::Limit limit) override;
  void finish() override;
  void reset(Interlude interlude) override;
  void hurry_reset() override;
  void console_changed() override;
  bool type(ConsoleLink& client, std::string_view input) override;
  void wake() override;
  void inspect(uint64_t id, const Inspection& inspection) override;
  upy::Figures figures() override;
  int64_t cpu_ns() const override;

 private:
  struct WaitingInspection {
    uint64_t id;
    Inspection inspection;
  };

  void at_safepoint(upy::Instance& instance) override;
  void callback_raised(std::string_view type, std::string_view report) override {
    listener_->callback_raised(type, report);
  }
  void callback_begins() override;
  void callback_ended(CallbackEnd end) override;
  void event_lost() override { listener_->event_lost(); }

  void run_begins() override { begin_own_run(kTyped); }
  void run_ended(const upy::Outcome& outcome) override;
  void mark_begins() override { console_->set_writer(InstanceConsole::Writer::Prompt); }
  void mark_ended() override { console_->set_writer(InstanceConsole::Writer::Script); }

  void main();
  /// Does what comes until it is to end, or is left without memory.
  End serve();
  std::shared_ptr<const Job> next_job();
  void serve_prompt();
  upy::ReplEnd be_at_prompt();
  /// Takes the line that is being edited off the screen, as something is going to run.
  void step_aside();
  /// Whether a program has the prompt in raw mode.
  bool is_raw();
  void run_start_script(const char* file);
  /// Finished, if it is not there.
  upy::Outcome run_own(const char* file);
  void begin_own_run(const std::string& file);
  RunReport execute(const Job& job);
  std::function<void(upy::Limit)> killer(Work work);
  void end_job();
  bool is_ending() const;
  /// Makes the interpreter and its ports; the reason when that fails.
  bool make_interpreter(std::string& error);
  void tear_down();
  /// What the interpreter is to be made anew for, if it is.
  std::optional<upy::Reset> wanted_reset() const;
  /// Who has it made anew.
  enum class ResetBy : uint8_t {
    Itself,  ///< what it runs by itself: it waits if that happens too often
    User     ///< a job, or who is at its prompt
  };
  /// Makes it anew, unless the worker is to end: then there may be none. Throws std::bad_alloc when that fails.
  void make_anew(const upy::Reset& wanted, ResetBy by);
  /// How long it is to wait before that, lest it does so all the time.
  int64_t wait_after_reset_ns(ResetBy by);
  /// Why there is no interpreter.
  enum class Rest : uint8_t {
    None,       ///< there is one
    DeepSleep,  ///< see upy::Reset::sleep_ns
    Wait        ///< it resets itself too often
  };
  void rest(Rest why, int64_t ns);
  InspectionAnswer at_rest(Rest why) const;
  void wake_up();
  /// On the thread of timers.
  void watchdog_expired();
  bool is_attached() const;
  void attach();
  void detach();
  /// Sets the alarm of callbacks.
  void look_after_callbacks(int64_t when_ns);
  int64_t look_after_callback(int64_t now_ns);
  void stop_locked(Work work, const StopRequest& request);
  void stop_all_locked(const StopRequest& request);
  /// Asks what begins to stop, if what was at work was, since the worker is to end or the interpreter to be made anew.
  void stop_beginner_locked(Work work);
  bool is_ending_locked() const { return ending_ || finishing_; }

  /// What is still to be run before the prompt.
  struct StartScripts {
    bool boot = false, main = false;
    /// Resets that a job has waited through: it comes before main.py after the first and before both after the second,
    /// as they may never end.
    int job_waited = 0;
  };
  bool is_turn_of_job() const;
  /// What the files have now; boot.py may make a main.py.
  StartScripts start_scripts() const;

  const std::string name_;
  const std::shared_ptr<const v1::InstanceConfig> config_;
  const PortParts& parts_;
  const std::shared_ptr<InstanceConsole> console_;
  const std::shared_ptr<FileView> files_;
  Listener* listener_ = nullptr;  // from `start`, which holds it
  Thread thread_;
  Busy busy_;                                   // may be held while mutex_ is taken
  std::unique_ptr<InstancePorts> ports_;        // the thread's own
  std::unique_ptr<upy::Instance> interpreter_;  // of who holds busy_
  Charge own_memory_;                           // of what it uses beside the heap
  Beginning beginning_;                         // of the interpreter there is; the thread's own
  std::unique_ptr<upy::Repl> repl_;             // made when it is wanted first; the thread's own
  std::optional<MeasuredRun> own_run_;          // that goes on; the thread's own
  StartScripts due_;                            // the thread's own
  StartPace pace_;                              // the thread's own
  InstanceConsole::Writer writer_before_callback_{}, writer_before_own_run_{};  // the thread's own

  mutable std::mutex mutex_;
  upy::Instance* instance_ = nullptr;  // the interpreter while it is attached
  clockid_t cpu_clock_{};              // while it is attached
  int64_t final_cpu_ns_ = 0;           // after that
  std::shared_ptr<const Job> job_;     // given, and not over
  Stops stops_;
  CallbackDeadline callback_deadline_;
  std::list<WaitingInspection> inspections_;
  upy::Figures figures_;  // as the last look found them
  bool figures_wanted_ = false;
  std::optional<upy::Limit> ending_;         // what it was asked to end by
  bool finishing_ = false;                   // it was asked to end when what is at work has
  std::optional<upy::StopLevel> resetting_;  // the interpreter is to be made anew; what is at work gets that
  std::vector<Interlude> interludes_;        // what is to be called then
  bool watchdog_expired_ = false;            // of the interpreter there is
  Rest rest_ = Rest::None;
  std::condition_variable woken_;
};

}  // namespace upyd
