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
#include "instances/ttys.h"
#include "reactor/reactor.h"

namespace upyd {

/// What all instances have in common.
struct RegistryLimits {
  uint32_t max_instances = 0;
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

  InstanceRegistry(RegistryLimits limits, const PortParts& parts, Reactor& reactor);
  /// There must be no instance left: see wait_until_empty.
  ~InstanceRegistry() = default;

  /// Creates a standing instance; the errors are those of InstanceService.CreateInstance.
  grpc::Status create(const std::string& name, const v1::InstanceConfig& config, Host& host);
  /// Creates one that its console is to end.
  grpc::Status create_for_console(const std::string& name, const v1::InstanceConfig& config, Host& host);
  /// Runs a script in a standing instance; the errors are those of ScriptService.Run. Gives the run its id.
  grpc::Status run_in(const std::string& name, const std::shared_ptr<Run>& run, Host& host);
  /// Runs a script in a new instance that ends with it, and whose settings are those of the run.
  grpc::Status run_alone(const std::string& name, const v1::InstanceConfig& config, const std::shared_ptr<Run>& run,
                         Host& host);

  /// NOT_FOUND if there is none.
  grpc::Status find(const std::string& name, Host& host) const;
  std::vector<Host> list() const;
  /// The files of an instance, whatever it does; NOT_FOUND if there is none.
  grpc::Status find_files(const std::string& name, std::shared_ptr<FileView>& files) const;
  RegistryLimits limits() const;
  /// From now on; instances that there are keep what they have.
  void set_limits(RegistryLimits limits);
  /// Runs begun so far.
  uint64_t runs() const { return runs_; }
  /// How those that are over ended.
  const OutcomeCounts& outcomes() const { return outcomes_; }

  // ---- the daemon's end ----

  /// From now on no instance is created and no script begun: UNAVAILABLE.
  void refuse_work();
  bool is_refusing() const;
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
  void instance_ended(const InstanceHost& host) override;
  void worker_ends(std::shared_ptr<InstanceHost> host) override;

  /// Gives a run its id, and the limits of the settings that hold for it.
  void prepare(Run& run, const v1::InstanceConfig& config);
  Host make_host(const std::string& name, v1::InstanceConfig config, InstanceHost::Life life);
  bool join_later(const Host& host);
  /// Adds an instance that is yet to be started; one made for a run has it from the first, so no other comes before.
  grpc::Status add(std::string name, const v1::InstanceConfig& request, InstanceHost::Life life,
                   const std::shared_ptr<Run>& run, Host& host);
  grpc::Status admit(const std::string& name) const;
  std::string invent_name(InstanceHost::Life life);
  /// Starts an instance that was added, with its terminal. If it does not start there is none, and `host` is null.
  grpc::Status start(Host& host);

  const PortParts& parts_;
  Reactor& reactor_;
  Ttys ttys_;
  std::atomic<uint64_t> last_run_ = 0;  // the id given last
  std::atomic<uint64_t> runs_ = 0;
  OutcomeCounts outcomes_;
  mutable std::mutex mutex_;  // guards what follows
  RegistryLimits limits_;
  std::condition_variable changed_;
  std::map<std::string, Host> hosts_;
  size_t workers_ = 0;  // not yet joined
  uint64_t last_name_ = 0;
  bool refusing_ = false;
  bool waiting_stopped_ = false;
};

}  // namespace upyd
