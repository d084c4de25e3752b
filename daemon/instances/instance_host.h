#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "files/files.h"
#include "instances/callback_deadline.h"
#include "instances/instance_events.h"
#include "instances/instance_ports.h"
#include "instances/run.h"
#include "instances/stops.h"
#include "reactor/alarms.h"
#include "system/thread.h"
#include "upy/instance.h"
#include "upyd/v1/instance.pb.h"

namespace upyd {

/// A hosted instance: an interpreter on a thread of its own, and the doors to it.
///
/// The interpreter is run, idled and destroyed on that thread, which takes one run after the other and handles
/// callbacks in between. All public functions may be called from any thread and none waits for the script: they leave
/// something behind (a run, an inspection, a request to stop) and wake the interpreter through its own doors. `mutex_`
/// guards that; it is never held while a script runs, nor while anything of the outside but the alarms is called.
class InstanceHost final : public upy::Host, public std::enable_shared_from_this<InstanceHost> {
 public:
  /// How long an instance lives.
  enum class Life { Standing, OneRun };

  /// Who keeps the instances. Called on the instance's thread.
  class Keeper {
   public:
    /// A run of a standing instance, or a callback that was asked to stop, is over; a run is not yet told of.
    virtual void work_ended() = 0;
    /// The interpreter is destroyed and its ports are released; nobody has been told yet.
    virtual void instance_ended(const InstanceHost& host) = 0;
    /// The last thing the thread does: it can be joined.
    virtual void thread_ends(std::shared_ptr<InstanceHost> host) = 0;

   protected:
    ~Keeper() = default;
  };

  /// Looks into the interpreter; gets null if the instance ended first. False: a kill came before it was done, so it is
  /// called once more.
  using Inspection = std::function<bool(upy::Instance*)>;

  InstanceHost(std::string name, v1::InstanceConfig config, Life life, const PortParts& parts, Keeper& keeper);

  /// Makes the interpreter and starts its thread. RESOURCE_EXHAUSTED when the system has no memory or thread left for
  /// it; then the instance has ended, and whoever made it for one run is not told the outcome of that.
  grpc::Status start();
  /// Waits for the thread's end.
  void join() { thread_.join(); }

  /// Takes a run, or says why not: FAILED_PRECONDITION when there is another, ABORTED when the instance is ending.
  grpc::Status run(std::shared_ptr<Run> run);
  /// Whom a request to stop was for; 0 where there was nobody.
  struct Stopped {
    uint64_t run_id = 0;
    Stops::Work run = 0;
    Stops::Work callback = 0;
  };
  /// Asks the run to stop, and a callback that is at work between runs. With `run_id`, only that run;
  /// FAILED_PRECONDITION if it is over.
  grpc::Status stop(const StopRequest& request, std::optional<uint64_t> run_id, Stopped& stopped);
  /// Kills those if they are still at work at that monotonic time, or at an earlier one that was told before.
  void kill_later(const Stopped& stopped, int64_t when_ns);
  /// The client of a run is gone: see ScriptService.Run.
  void abandon(uint64_t run_id, int64_t grace_ns);
  /// Gives a client the console; FAILED_PRECONDITION when another has it, ABORTED when the instance is ending.
  grpc::Status open_console(ConsoleLink::Client client, std::shared_ptr<ConsoleLink>& link);
  /// Input from the client that has the console; interrupt characters in it interrupt. Answers as ConsoleLink::type.
  bool type(ConsoleLink& client, std::string_view input);
  void end_input(ConsoleLink& client);
  /// The client leaves the console.
  void close_console(const ConsoleLink& client);
  /// Has the interpreter looked into: at once, if its thread waits for something, else there at its next safepoint.
  void inspect(Inspection inspection);
  /// Ends the instance, killing what runs.
  void end(upy::Limit limit);
  /// Ends the instance if it runs no script; else FAILED_PRECONDITION.
  grpc::Status end_if_idle();
  /// Calls `gone` when the instance has ended; at once if it has.
  void when_gone(std::function<void()> gone);

  const std::string& name() const { return name_; }
  const v1::InstanceConfig& config() const { return config_; }
  bool is_running() const;
  /// Whether it runs a script, or a callback that was asked to stop.
  bool is_to_be_awaited() const;
  /// The instance as the API tells of it.
  v1::Instance describe() const;

  void at_safepoint(upy::Instance& instance) override;
  void callback_raised(std::string_view type, std::string_view report) override {
    events_->callback_raised(type, report);
  }
  void callback_begins() override;
  void callback_ended(CallbackEnd end) override;
  void event_lost() override { events_->event_lost(); }

 private:
  grpc::Status make();
  bool start_thread();
  void main();
  /// Runs what comes until the instance ends. Returns the report for the run that is then still in `run_`.
  RunReport serve();
  /// The same; an instance whose thread is left without memory ends.
  RunReport serve_while_there_is_memory();
  std::shared_ptr<Run> next_run();
  RunReport execute(const std::shared_ptr<Run>& run);
  void forget_run();
  /// Sets the alarm of callbacks.
  void look_after_callbacks(int64_t when_ns);
  int64_t look_after_callback(int64_t now_ns);
  /// Tells the interpreter's thread who has the console.
  void link_console_locked();
  void wake();
  bool has_open_doors() const;
  void open_doors();
  void close_doors();
  /// Makes the interpreter and its ports; the reason when that fails.
  bool build(std::string& error);
  void tear_down();
  /// Does so anew, after machine.reset. False: that failed, and the instance has to end.
  bool rebuild();
  /// Of an instance that is torn down: tells the run that is left, and who waits for the end.
  void take_down(const RunReport& last);
  /// Why the interpreter's thread has nothing to do any more.
  v1::InstanceDeleted::Reason end_reason() const;
  void end_locked(upy::Limit limit);
  /// An alarm that kills a piece of work. There is one at a time, lest those who ask over and over fill the memory.
  struct Kill {
    Stops::Work work = 0;
    int64_t when_ns = 0;
    Alarms::Id alarm = 0;
  };
  void kill_later_locked(Stops::Work work, int64_t when_ns, Kill& kill);
  void stop_work(Stops::Work work, const StopRequest& request);
  void stop_locked(Stops::Work work, const StopRequest& request);

  const std::string name_;
  const v1::InstanceConfig config_;
  const Life life_;
  const PortParts& parts_;
  Keeper& keeper_;
  const std::shared_ptr<InstanceEvents> events_;
  const std::chrono::system_clock::time_point create_time_ = std::chrono::system_clock::now();
  Thread thread_;
  Busy busy_;                                   // may be held while mutex_ is taken
  std::unique_ptr<InstancePorts> ports_;        // the thread's own
  std::unique_ptr<upy::Instance> interpreter_;  // of who holds busy_
  upy::Retained retained_;                      // by the interpreter before; the thread's own

  mutable std::mutex mutex_;
  upy::Instance* instance_ = nullptr;  // the interpreter while its doors are open
  clockid_t cpu_clock_{};              // while its doors are open
  int64_t final_cpu_ns_ = 0;           // after that
  std::shared_ptr<Run> run_;           // accepted, and not over
  Stops stops_;
  Kill run_kill_, callback_kill_;
  CallbackDeadline callback_deadline_;
  std::shared_ptr<ConsoleLink> console_;  // of the client that has it
  std::deque<Inspection> inspections_;
  std::vector<std::function<void()>> when_gone_;
  uint64_t runs_ = 0;
  std::optional<upy::Limit> end_limit_;  // what the instance was ended by, if not by its one run
  bool has_no_resources_ = false;        // the system had none for the instance made anew
  bool ending_ = false;
  bool gone_ = false;
};

}  // namespace upyd
