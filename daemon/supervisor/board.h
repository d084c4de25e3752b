#pragma once

#include <spdlog/fwd.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "boards/board_store.h"
#include "instances/instance_registry.h"
#include "logs/log_store.h"
#include "supervisor/restart_policy.h"

namespace upyd {

/// What boards are made from. Must outlive them.
struct BoardParts {
  InstanceRegistry& registry;
  BoardStore* store;  ///< null: upyd can keep no boards
  Alarms& alarms;
  EventBus& events;
  LogStore& logs;
  spdlog::logger& log;
  /// Has the thread of boards call something; never fails.
  std::function<void(std::function<void()>)> post;
  /// Told on that thread that a board is gone: its name is free.
  std::function<void(const std::string& name)> gone;
};

/// A persistent instance: its record, where it is in its life, and, while it is up, its instance.
///
/// What is done to it happens on one thread, that of boards, one thing after the other: what clients ask, what its
/// instance tells, what its alarm says. Where something takes long (an instance that is to end) it is begun, and goes
/// on when `ended` tells. There is at most one instance at a time; the next is made when the one before is gone.
/// `goal_` is what was wanted last, so whoever comes later is who decides. `mutex_` guards what others may look at.
class Board final : public InstanceHost::Keeper, public std::enable_shared_from_this<Board> {
 public:
  using Done = InstanceHost::Done;

  /// A board that is down. Its name is its own in the registry.
  Board(std::string name, BoardRecord record, const BoardParts& parts);

  // ---- the thread of boards ----

  /// A new board: has it on the disk, and starts it. After an error it is to be removed.
  grpc::Status begin_new();
  /// One that there was before: starts it, if that is wanted.
  void begin();
  /// The same, of one that made upyd crash so often.
  void begin_after_crash(uint64_t crashes);
  /// As the API has them; `done` gets the status, on any thread.
  void start(Done done);
  void stop(int64_t grace_ns, Done done);
  void restart(int64_t grace_ns, Done done);
  /// What is to happen to its files while it has no interpreter.
  struct Deployment {
    std::function<grpc::Status()> commit;  ///< called once at most, on any thread, and not once `done` was called
    bool keep_down = false;                ///< a board that is down, waits or has failed is not started
    int64_t grace_ns = 0;
  };
  /// Restarts it, with that in between; it is up then, with the settings that it has by now. One that was on its way
  /// down goes there first. `done` gets the status of `commit` where that is an error.
  void deploy(Deployment deployment, Done done);
  grpc::Status update(const v1::UpdateInstanceRequest& request);
  void remove(bool force, Done done);
  /// It is declared anew: started anew, if it is up or would be, and its settings are others. Answers whether they are.
  bool declare(BoardRecord record, int64_t grace_ns);
  /// It is not declared any more: it ends, and what is kept of it stays.
  void retire(int64_t grace_ns);

  // ---- any thread ----

  const std::string& name() const { return name_; }
  BoardRecord record() const;
  /// The board as the API tells of it.
  v1::Instance describe() const;
  v1::InstanceState state() const;
  uint64_t restarts() const;
  /// What is counted of it, of all instances that it has had.
  InstanceCounts counts() const;
  uint64_t heap_bytes() const;

 private:
  enum class Goal : uint8_t { Up, Down, Removed, Retired };

  // On the thread of its instance.
  bool start_ended(const upy::Outcome& last) override;
  bool was_reset(const Worker::Beginning& beginning) override;

  upy::PortError save(const BoardRecord& record);
  grpc::Status keep(const BoardRecord& record);
  void hold(const BoardRecord& record);
  grpc::Status want(Goal goal);
  grpc::Status come_up();
  void end_instance(int64_t grace_ns);
  /// Files that take their place: see deploy.
  class Delivery;
  void deliver(const std::shared_ptr<Delivery>& files);
  /// Whether its instance has the settings that it would be started with; an error where it could not be.
  grpc::Status compare_settings(bool& is_same) const;
  /// The instance is gone: what is next?
  void ended();
  void come_back(StartEnd end);
  void forget_failures();
  void end_wait();
  void wait(int64_t delay_ns);
  void due(uint64_t wait);
  void be_gone();
  void stay(const upy::PortError& error);
  void say(const std::string& words) const;
  void say_state(v1::InstanceState state, const std::string& failure, int64_t delay_ns) const;
  void be(v1::InstanceState state, int64_t delay_ns = 0);
  void tell_created();
  void begin_anew();
  bool is_going_away() const { return goal_ == Goal::Removed || goal_ == Goal::Retired; }
  bool is_leaving() const;
  bool is_pacing_locked() const;
  void give_up_starters();
  void fail(std::string failure);

  const std::string name_;
  const BoardParts& parts_;
  const Moment create_time_ = Moment::now();

  // Of the thread of boards.
  Goal goal_ = Goal::Down;
  Restarts restart_policy_;
  bool is_ending_ = false;                             // the instance was asked to end
  bool is_kept_ = true;                                // the disk took the record that was saved last
  uint64_t waits_ = 0;                                 // the present wait's number
  Alarms::Id alarm_ = 0;                               // of the present wait
  std::vector<std::shared_ptr<Delivery>> deliveries_;  // that take their place when this instance is gone
  std::vector<Done> starters_;                         // who wait for the next instance
  std::vector<Done> when_ended_;                       // who wait for the end of this one
  grpc::Status removed_;

  mutable std::mutex mutex_;  // guards what follows; only the thread of boards changes it, but for the last two
  BoardRecord record_;
  v1::InstanceState state_ = v1::INSTANCE_STATE_STOPPED;
  InstanceRegistry::Host host_;  // null while it is down
  v1::InstanceConfig settings_;  // in force
  int64_t next_start_ns_ = 0;    // WAITING: when it is started
  uint64_t restarts_ = 0;        // by its policy, since somebody started it
  uint64_t all_restarts_ = 0;    // by its policy
  std::string last_failure_;
  std::optional<StartEnd> policy_end_;  // what its instance ends by, of itself
  Worker::Beginning beginning_;         // of its next instance
  InstanceCounts past_;                 // of its instances that are gone
};

}  // namespace upyd
