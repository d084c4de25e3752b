#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "instances/console.h"
#include "instances/instance_counts.h"
#include "instances/instance_events.h"
#include "instances/instance_ports.h"
#include "instances/run.h"
#include "instances/worker.h"
#include "reactor/timestamp.h"
#include "upyd/v1/instance.pb.h"

namespace upyd {

/// A hosted instance: its name and settings, how long it lives, the run it has accepted, its console, and who waits for
/// its end. A worker does the work.
///
/// All public functions may be called from any thread and none waits for the script. `mutex_` guards what is known of
/// the instance; while it is held the worker may be asked, but for an inspection, and nothing of the outside but the
/// alarms is called.
class InstanceHost final : private Worker::Listener, public std::enable_shared_from_this<InstanceHost> {
 public:
  /// How long an instance lives.
  enum class Life { Standing, OneRun, OneConsole };

  /// Who owns the instances. Called where the worker tells of itself.
  class Owner {
   public:
    /// A run begins that nobody asked for: see Worker::Listener::own_run_started. Gives it its id.
    virtual uint64_t number_own_run() = 0;
    /// A script is over.
    virtual void script_ended(upy::Outcome::Kind kind) = 0;
    /// A run of a standing instance, or a callback that was asked to stop, is over; a run is not yet told of.
    virtual void work_ended() = 0;
    /// The interpreter is destroyed and its ports are released; nobody has been told yet. Answers whether its files are
    /// removed too, if they are to be.
    virtual grpc::Status instance_ended(const InstanceHost& host) = 0;
    /// The last thing that the instance does: it can be joined.
    virtual void worker_ends(std::shared_ptr<InstanceHost> host) = 0;

   protected:
    ~Owner() = default;
  };

  /// Who looks after an instance that is a board. Called on the instance's thread, without a lock.
  class Keeper {
   public:
    /// As Worker::Listener::start_ended. Answers whether the instance is to end.
    virtual bool start_ended(const upy::Outcome& last) = 0;
    /// As Worker::Listener::was_reset. Answers the same.
    virtual bool was_reset(const Worker::Beginning& beginning) = 0;

   protected:
    ~Keeper() = default;
  };

  /// Gets the answer to an inspection; its status is ABORTED if the instance ended first. Called once, on any thread.
  using OnInspected = std::function<void(const InspectionAnswer&)>;

  /// Who asked for something gets its status; called once, on any thread.
  using Done = std::function<void(const grpc::Status&)>;

  /// The worker's streams are that console. `keeper`: null if it is no board.
  InstanceHost(std::string name, std::shared_ptr<const v1::InstanceConfig> config, Life life, const PortParts& parts,
               std::shared_ptr<InstanceConsole> console, std::shared_ptr<FileView> files,
               std::shared_ptr<Worker> worker, std::shared_ptr<Keeper> keeper, Owner& owner);

  /// Makes the interpreter and has it start work. RESOURCE_EXHAUSTED when the system has no memory or thread left for
  /// it; then the instance has ended, and of its one run that is all that is told.
  grpc::Status start();
  /// Waits for the worker's end.
  void join() { worker_->join(); }

  /// Takes a run, or says why not: FAILED_PRECONDITION when there is another, be it at the prompt; ABORTED when the
  /// instance is ending.
  grpc::Status run(std::shared_ptr<Run> run);
  /// Whom a request to stop was for; 0 where there was nobody.
  struct Stopped {
    uint64_t run_id = 0;
    Worker::AtWork work;
  };
  /// Asks the run to stop, and what is at work between runs (see Worker::AtWork). With `run_id`, only that run;
  /// FAILED_PRECONDITION if it is over.
  grpc::Status stop(const StopRequest& request, std::optional<uint64_t> run_id, Stopped& stopped);
  /// Kills those if they are still at work at that monotonic time, or at an earlier one that was told before.
  void kill_later(const Worker::AtWork& work, int64_t when_ns);
  /// There is more input for the run, or its end.
  void input_came() { worker_->wake(); }
  /// The client of a run is gone: see ScriptService.Run.
  void abandon(uint64_t run_id, int64_t grace_ns);

  /// Gives a client the console; FAILED_PRECONDITION when another has it, or it wants a prompt and the instance was
  /// made for one run; ABORTED when the instance is ending.
  grpc::Status open_console(ConsoleLink::Client client, size_t columns, std::shared_ptr<ConsoleLink>& link);
  /// Input from the client that has the console; interrupt characters in it interrupt. Answers whether there is room
  /// for more, as InputBuffer::type.
  bool type(ConsoleLink& client, std::string_view input) { return worker_->type(client, input); }
  void end_input(ConsoleLink& client);
  /// The client leaves the console.
  void close_console(ConsoleLink& client);

  /// Has the interpreter looked into, without waiting for what it runs.
  void inspect(const Inspection& inspection, OnInspected done);

  /// Ends the instance, killing what runs.
  void end(upy::Limit limit);
  /// Ends the instance when what is at work has taken SystemExit; kills it after the grace time.
  void finish(int64_t grace_ns);
  /// Has the interpreter made anew, in the same way. `done` gets OK when the new one begins; FAILED_PRECONDITION if the
  /// instance was made for one run or console; ABORTED or RESOURCE_EXHAUSTED if it ends before that.
  /// `interlude` as Worker::reset has it: it was called when `done` gets OK, and is not once `done` was called.
  void restart(int64_t grace_ns, Done done, Worker::Interlude interlude = nullptr);
  /// Ends the instance if it runs no script; else FAILED_PRECONDITION.
  grpc::Status end_if_idle();
  /// Calls `gone` when the instance has ended; at once if it has. It gets an error if something is left of it.
  void when_gone(Done gone);
  /// Whether it takes nothing new any more.
  bool is_ending() const;

  const std::string& name() const { return name_; }
  const v1::InstanceConfig& config() const { return *config_; }
  /// Whether it is to have a pseudo-terminal, and where that is found; empty if there is no directory for it.
  bool has_tty() const { return life_ == Life::Standing && config_->tty().enabled(); }
  std::string tty_path() const;
  /// Its files, which may be used from any thread, whatever it does.
  const std::shared_ptr<FileView>& files() const { return files_; }
  bool is_running() const;
  bool is_standing() const { return life_ == Life::Standing; }
  bool is_board() const { return keeper_ != nullptr; }
  bool is_owned_by_run() const { return life_ == Life::OneRun; }
  /// As InstanceEvents::is_told.
  bool is_there() const { return events_->is_told(); }
  /// What is counted of it.
  InstanceCounts counts() const;
  /// Whether it resets itself too often, and has no interpreter until its next start.
  bool is_waiting() const { return next_start_ns_ != 0; }
  /// Whether it runs a script, or a callback that was asked to stop.
  bool is_to_be_awaited() const;
  /// The instance as the API tells of it.
  v1::Instance describe() const;

 private:
  void run_started() override;
  void run_ended(RunReport report) override;
  void ready() override;
  void own_run_started(const std::string& file) override;
  void own_run_ended(RunReport report) override;
  void start_ended(const upy::Outcome& last) override;
  void resets_too_often(int64_t wait_ns) override;
  void was_reset(const Worker::Beginning& beginning) override;
  void callback_raised(std::string_view type, std::string_view report) override;
  void callback_stopped(std::optional<upy::Limit> killed_by) override;
  void event_lost() override { events_->event_lost(); }
  void inspected(uint64_t id, const InspectionAnswer& answer) override;
  void ended(Worker::End end) override;

  void count(const RunReport& report);
  /// Tells who wants to know that a run is over.
  void tell_end(const Run& run, const RunReport& report);
  grpc::Status build_and_start();
  std::shared_ptr<Run> present_run() const;
  RunRecords::Share record_share() const;
  Charge output_charge() const;
  /// The run to be told of: the accepted one or, when there is none, one of the instance's own.
  const Run* visible_run_locked() const { return run_ ? run_.get() : own_run_.get(); }
  OnInspected take_inspection(uint64_t id);
  grpc::Status console_taken() const;
  void stop_locked(const Worker::AtWork& work, const StopRequest& request);
  /// An alarm that kills a piece of work. There is one at a time, lest those who ask over and over fill the memory.
  struct Kill {
    Work work = 0;
    int64_t when_ns = 0;
    Alarms::Id alarm = 0;
  };
  /// The alarm of `hurry`.
  struct Hurry {
    int64_t when_ns = 0;
    Alarms::Id alarm = 0;
  };
  void kill_later_locked(Work work, int64_t when_ns, Kill& kill);
  void end_locked(upy::Limit limit);
  v1::InstanceDeleted::Reason end_reason(Worker::End end) const;
  /// Kills what `finish` and `restart` wait for, then or earlier.
  void hurry_later_locked(int64_t when_ns);
  void hurry();
  /// Who waits for the interpreter to be made anew.
  struct Restart {
    Done done;
    std::shared_ptr<bool> is_due;  ///< whether its interlude was called; null: it has none
  };
  enum class Restarts : uint8_t { Due, All };
  std::vector<Restart> take_restarts(Restarts which);
  /// Of an instance whose worker has ended: tells the run that is left, which did not start unless it is told how it
  /// ended, and who waits for the end.
  void take_down(const grpc::Status& not_started);

  const std::string name_;
  const std::shared_ptr<const v1::InstanceConfig> config_;
  const Life life_;
  const PortParts& parts_;
  Owner& owner_;
  const std::shared_ptr<InstanceEvents> events_;
  const Moment create_time_ = Moment::now();
  const std::shared_ptr<InstanceConsole> console_;
  const std::shared_ptr<FileView> files_;
  const std::shared_ptr<Worker> worker_;
  const std::shared_ptr<Keeper> keeper_;
  OutcomeCounts outcomes_;
  std::atomic<uint64_t> callback_errors_ = 0;
  std::atomic<int64_t> next_start_ns_ = 0;  // 0: it does not wait for that

  mutable std::mutex mutex_;
  std::shared_ptr<Run> run_;         // accepted, and not yet told how it ended
  std::optional<RunReport> report_;  // how it ended, once the script is over
  std::shared_ptr<Run> own_run_;     // that nobody asked for, and goes on
  uint64_t runs_ = 0;
  Kill run_kill_, own_run_kill_, callback_kill_;
  std::map<uint64_t, OnInspected> inspections_;  // without an answer, by id
  uint64_t last_inspection_ = 0;
  std::vector<Done> when_gone_;
  grpc::Status left_;  // once it is gone
  std::vector<Restart> restarts_;
  Hurry hurry_;
  std::optional<upy::Limit> end_limit_;  // what the instance was ended by, if not by its one run
  bool gone_ = false;
};

}  // namespace upyd
