#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "instances/instance_host.h"

namespace upyd {

class Reactor;
class Ttys;

/// What all instances have in common.
struct RegistryLimits {
  v1::InstanceConfig defaults;  ///< all fields set
  v1::InstanceConfig maxima;
  v1::MountAccess mount_access = v1::MOUNT_ACCESS_NONE;  ///< the most that an instance may have
};

/// The instances there are, by name.
///
/// A name is taken from the moment its instance is asked for until the interpreter is destroyed and its lines and
/// timers are released. Workers that have ended are joined on the reactor. All functions may be called from any thread,
/// and only those that say so wait.
class InstanceRegistry final : private InstanceHost::Owner {
 public:
  using Host = std::shared_ptr<InstanceHost>;
  /// Says whether an instance of that owner may be used. Called without a lock.
  using Admit = std::function<grpc::Status(const std::string& owner)>;

  InstanceRegistry(RegistryLimits limits, const PortParts& parts, Reactor& reactor);
  /// There must be no instance left: see wait_until_empty.
  ~InstanceRegistry();

  /// Creates a standing instance; the errors are those of InstanceService.CreateInstance.
  grpc::Status create(const std::string& name, const v1::InstanceConfig& config, Host& host);
  /// Creates one that its console is to end.
  grpc::Status create_for_console(const std::string& name, const v1::InstanceConfig& config, Host& host);
  /// Runs a script in a standing instance; the errors are those of ScriptService.Run, and of `admit`. Gives the run its
  /// id.
  grpc::Status run_in(const std::string& name, const std::shared_ptr<Run>& run, const Admit& admit, Host& host);
  /// Runs a script in a new instance that ends with it, and whose settings are those of the run.
  grpc::Status run_alone(const std::string& name, const v1::InstanceConfig& config, const std::shared_ptr<Run>& run,
                         Host& host);

  // ---- boards ----

  /// What a name is taken for.
  enum class Kept {
    New,     ///< a board that is made; an empty name is chosen then
    Already  ///< one that upyd has kept: the limit of their number is not for it
  };
  /// Takes a name for a board, which has it until `release`, whether it is up or down. The errors are those of
  /// InstanceService.CreateInstance.
  grpc::Status reserve(std::string& name, const v1::InstanceConfig& request, Kept kept);
  void release(const std::string& name);
  /// Whether it is taken for one.
  bool is_board(const std::string& name) const;
  /// Makes the instance of a board that is down, with all its settings, and starts it.
  grpc::Status start_board(const std::string& name, const v1::InstanceConfig& config,
                           const std::shared_ptr<InstanceHost::Keeper>& keeper, const Worker::Beginning& beginning,
                           Host& host);
  /// The settings that hold for an instance which asks for those; INVALID_ARGUMENT or PERMISSION_DENIED if it can't
  /// have them.
  grpc::Status settle(const v1::InstanceConfig& request, v1::InstanceConfig& config) const;

  /// NOT_FOUND if there is none; FAILED_PRECONDITION if it is a board that is down.
  grpc::Status find(const std::string& name, Host& host) const;
  /// The same, if `admit` says so of the one that is found.
  grpc::Status find(const std::string& name, const Admit& admit, Host& host) const;
  /// Boards that are down are not among them.
  std::vector<Host> list() const;
  /// With them.
  size_t count() const;
  /// The files of an instance, whatever it does; NOT_FOUND if there is none. `admit` as for `find`.
  grpc::Status find_files(const std::string& name, const Admit& admit, std::shared_ptr<FileView>& files) const;
  /// A board is somebody else's from now on.
  void set_owner(const std::string& name, const std::string& owner);
  RegistryLimits limits() const;
  /// From now on; instances that there are keep what they have.
  void set_limits(RegistryLimits limits);
  const Owners& owners() const { return parts_.logs.owners(); }
  const RunIds& run_ids() const { return parts_.run_ids; }
  /// Runs begun so far.
  uint64_t runs() const { return runs_; }
  /// How those that are over ended.
  const OutcomeCounts& outcomes() const { return outcomes_; }

  // ---- the daemon's end ----

  /// From now on no instance is created and no script begun: UNAVAILABLE.
  void refuse_work();
  bool is_refusing() const;
  /// UNAVAILABLE, for what is refused.
  static grpc::Status shutting_down();
  static grpc::Status not_found(const std::string& name);
  /// Of an instance whose files can't be removed, which are at that path.
  static grpc::Status files_stay(const std::string& what, const std::string& path, const upy::PortError& error);
  /// Asks all scripts to stop, and the callbacks that are at work.
  void stop_all(upy::StopLevel level);
  /// Ends all instances, killing what runs.
  void end_all();
  /// Wait until no script runs and no callback that was asked to stop, or until no instance is left; false when the
  /// time was too short.
  bool wait_until_idle(std::chrono::nanoseconds at_most);
  bool wait_until_empty(std::chrono::nanoseconds at_most);
  /// Makes wait_until_idle return at once, now and later.
  void stop_waiting();

 private:
  uint64_t number_own_run() override;
  void script_ended(upy::Outcome::Kind kind) override { outcomes_.count(kind); }
  void work_ended() override;
  grpc::Status instance_ended(const InstanceHost& host) override;
  void worker_ends(std::shared_ptr<InstanceHost> host) override;

  /// Gives a run its id, and the limits of the settings that hold for it.
  void prepare(Run& run, const v1::InstanceConfig& config);
  Host make_host(const std::string& name, const v1::InstanceConfig& config, InstanceHost::Life life,
                 std::shared_ptr<FileView> files, std::shared_ptr<InstanceHost::Keeper> keeper = nullptr,
                 const Worker::Beginning& beginning = {});
  bool join_later(const Host& host);
  /// Adds an instance that is yet to be started; one made for a run has it from the first, so no other comes before.
  grpc::Status add(std::string name, const v1::InstanceConfig& request, InstanceHost::Life life,
                   const std::shared_ptr<Run>& run, Host& host);
  grpc::Status admit(const std::string& name) const;
  std::string invent_name(InstanceHost::Life life);
  std::string owner_of(const std::string& name) const { return owners().of(name).value_or(""); }
  /// Starts an instance that was added, with its terminal. If it does not start there is none, and `host` is null.
  grpc::Status start(Host& host);

  /// Whose a name is, and what it takes of the budgets.
  struct Entry {
    Host host;                        ///< null: of a board that is down
    std::shared_ptr<FileView> files;  ///< its files
    Charge place, promise;
  };
  /// An entry that is charged to its owner, or why there can't be one. What upyd has kept is not refused.
  grpc::Status charge(const v1::InstanceConfig& config, Kept kept, Entry& entry) const;
  void open_log(const std::string& name, const v1::InstanceConfig& config, LogStore::Journaled journaled);

  const PortParts& parts_;
  Reactor& reactor_;
  const std::unique_ptr<Ttys> ttys_;
  std::atomic<uint64_t> runs_ = 0;
  OutcomeCounts outcomes_;
  mutable std::mutex mutex_;  // guards what follows
  RegistryLimits limits_;
  std::condition_variable changed_;
  std::map<std::string, Entry> entries_;
  size_t workers_ = 0;  // not yet joined
  uint64_t last_name_ = 0;
  bool refusing_ = false;
  bool waiting_stopped_ = false;
};

}  // namespace upyd
