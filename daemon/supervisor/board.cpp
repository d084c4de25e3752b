#include "supervisor/board.h"

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <cstring>
#include <new>
#include <utility>

#include "config/settings.h"
#include "instances/convert.h"
#include "port/time_units.h"
#include "system/no_memory.h"

namespace upyd {
namespace {

using grpc::StatusCode;

constexpr const char* kNoResources = "the system had no thread or memory left for it";
/// Crashes of upyd by one board after which it is not started any more.
constexpr uint64_t kMostCrashes = 3;

grpc::Status going_away(const std::string& name) {
  return {StatusCode::ABORTED, "board '" + name + "' is being deleted"};
}

grpc::Status stopped_meanwhile(const std::string& name) {
  return {StatusCode::ABORTED, "board '" + name + "' was stopped or deleted before it could start"};
}

grpc::Status changed_meanwhile(const std::string& name) {
  return {StatusCode::ABORTED,
          "somebody else has changed the settings of board '" + name + "' meanwhile; get them anew, and change those"};
}

grpc::Status not_remembered(const std::string& name, const char* now, const char* then, const upy::PortError& error) {
  return {
      StatusCode::INTERNAL,
      fmt::format("board '{}' is {}, but upyd can't remember that ({}): when upyd starts the next time it is {}; its "
                  "state directory has to be writable and to have room",
                  name, now, std::strerror(error.number), then)};
}

/// Tells an error that came before, if what follows succeeds.
Board::Done after(grpc::Status before, Board::Done done) {
  if (before.ok()) return done;
  return [before = std::move(before), done = std::move(done)](const grpc::Status& status) {
    done(status.ok() ? before : status);
  };
}

grpc::Status is_declared(const std::string& name, const std::string& file, const char* what) {
  return {StatusCode::FAILED_PRECONDITION,
          "board '" + name + "' is declared in " + file + ": " + what + " that file, and have upyd reload its config"};
}

}  // namespace

/// Once who brought the files was told, they do not take their place any more.
class Board::Delivery {
 public:
  Delivery(Deployment deployment, Done done) : deployment_(std::move(deployment)), done_(std::move(done)) {}

  bool has_failed() const { return !committed_.ok(); }
  bool keeps_down() const { return deployment_.keep_down; }
  int64_t grace_ns() const { return deployment_.grace_ns; }
  void take_place() {
    if (const auto commit = std::exchange(deployment_.commit, nullptr)) committed_ = guarded(commit);
  }
  /// Tells what became of the board, if there is no error to be told of the files.
  void tell(const grpc::Status& status) {
    deployment_.commit = nullptr;
    done_(committed_.ok() ? status : committed_);
  }

 private:
  Deployment deployment_;
  const Done done_;
  grpc::Status committed_;
};

Board::Board(std::string name, BoardRecord record, const BoardParts& parts)
    : name_(std::move(name)), parts_(parts), record_(std::move(record)) {
  parts_.registry.settle(record_.config, settings_);
}

// ---- looking at it ----

BoardRecord Board::record() const {
  std::lock_guard lock(mutex_);
  return record_;
}

v1::InstanceState Board::state() const {
  std::lock_guard lock(mutex_);
  return is_pacing_locked() ? v1::INSTANCE_STATE_WAITING : state_;
}

/// Whether its instance waits of itself.
bool Board::is_pacing_locked() const { return state_ == v1::INSTANCE_STATE_UP && host_ && host_->is_waiting(); }

uint64_t Board::restarts() const {
  std::lock_guard lock(mutex_);
  return all_restarts_;
}

InstanceCounts Board::counts() const {
  std::unique_lock lock(mutex_);
  const auto host = host_;
  const InstanceCounts past = past_;
  lock.unlock();
  InstanceCounts counts = host ? host->counts() : InstanceCounts();
  counts.add(past);
  return counts;
}

uint64_t Board::heap_bytes() const {
  std::lock_guard lock(mutex_);
  return settings_.heap_bytes();
}

v1::Instance Board::describe() const {
  std::unique_lock lock(mutex_);
  const auto host = host_;
  lock.unlock();
  v1::Instance board;
  if (host) board = host->describe();
  tell(counts(), board);
  lock.lock();
  board.set_name(name_);
  *board.mutable_config() = settings_;
  *board.mutable_create_time() = to_timestamp(create_time_);
  if (state_ != v1::INSTANCE_STATE_UP || !host) board.set_state(state_);
  if (state_ == v1::INSTANCE_STATE_WAITING) {
    *board.mutable_next_start_time() = in_future(next_start_ns_ - parts_.alarms.now_ns());
  }
  board.set_persistent(true);
  board.set_enabled(record_.enabled);
  board.set_declared_in(record_.declared_in);
  *board.mutable_own_config() = record_.config;
  board.set_etag(etag_of(record_));
  board.set_restarts(static_cast<uint32_t>(restarts_));
  if (board.state() == state_) board.set_last_failure(last_failure_);
  return board;
}

// ---- what its instance tells ----

bool Board::start_ended(const upy::Outcome& last) {
  const StartEnd end = end_of(last);
  std::lock_guard lock(mutex_);
  if (parts_.registry.is_refusing()) return false;
  if (end == StartEnd::Failed) last_failure_ = failure_of(last);
  if (!calls_for_restart(settings_.restart(), end)) return false;
  policy_end_ = end;
  return true;
}

/// A watchdog that was not fed is a failure, whatever ran. Its next instance begins as this one would have.
bool Board::was_reset(const Worker::Beginning& beginning) {
  if (beginning.cause != upy::ResetCause::Watchdog ||
      !start_ended({.kind = upy::Outcome::Kind::Killed, .limit = upy::Limit::Watchdog})) {
    return false;
  }
  std::lock_guard lock(mutex_);
  beginning_ = beginning;
  return true;
}

// ---- its life ----

grpc::Status Board::begin_new() {
  tell_created();
  if (auto status = keep(record_); !status.ok()) return status;
  goal_ = Goal::Up;
  return come_up();
}

/// A client may have been faster.
void Board::begin() {
  if (host_ || is_going_away()) return;
  tell_created();
  if (!record_.enabled || record_.stopped) {
    say(record_.stopped ? "stays down, as it was stopped" : "stays down, as it is not enabled");
    return be(v1::INSTANCE_STATE_STOPPED);
  }
  goal_ = Goal::Up;
  if (!come_up().ok()) come_back(StartEnd::Failed);
}

void Board::begin_after_crash(uint64_t crashes) {
  if (host_ || is_going_away() || !record_.enabled || record_.stopped) return begin();
  tell_created();
  goal_ = Goal::Up;
  fail("upyd crashed while this board was at work, " + std::to_string(crashes) + (crashes == 1 ? " time" : " times"));
  Restarts::Next next;
  restart_policy_.came_up(parts_.alarms.now_ns());  // and each time went down at once
  for (uint64_t i = 0; i < crashes; ++i) {
    next = restart_policy_.went_down(StartEnd::Failed, settings_, parts_.alarms.now_ns());
  }
  if (crashes >= kMostCrashes || next.gives_up) return be(v1::INSTANCE_STATE_FAILED);
  wait(next.delay_ns);
}

void Board::tell_created() {
  parts_.events.publish(name_, [](v1::Event& event) { event.mutable_instance_created()->set_owned_by_run(false); });
}

upy::PortError Board::save(const BoardRecord& record) {
  const upy::PortError error = parts_.store ? parts_.store->save(name_, record) : upy::PortError();
  is_kept_ = !error;
  return error;
}

/// On the disk before anybody sees it.
grpc::Status Board::keep(const BoardRecord& record) {
  if (const auto error = save(record)) {
    return {StatusCode::INTERNAL, "cannot keep board '" + name_ + "': " + std::strerror(error.number) +
                                      "; upyd's state directory has to be writable and to have room"};
  }
  hold(record);
  return grpc::Status::OK;
}

/// Whose it is holds at once; other settings with the next start.
void Board::hold(const BoardRecord& record) {
  v1::InstanceConfig settings;
  const bool is_settled = parts_.registry.settle(record.config, settings).ok();
  if (is_settled) parts_.registry.set_owner(name_, settings.owner());
  std::lock_guard lock(mutex_);
  if (is_settled) settings_.set_owner(settings.owner());
  record_ = record;
}

/// It holds in any case: a board can be stopped when the disk is full. An error says that it does not outlive upyd.
grpc::Status Board::want(Goal goal) {
  goal_ = goal;
  BoardRecord record = record_;
  record.stopped = goal == Goal::Down;
  if (is_kept_ && record.stopped == record_.stopped) return grpc::Status::OK;
  const upy::PortError error = save(record);
  hold(record);
  if (!error) return grpc::Status::OK;
  return record.stopped ? not_remembered(name_, "down", "started", error) : not_remembered(name_, "up", "down", error);
}

grpc::Status Board::come_up() {
  v1::InstanceConfig settings;
  InstanceRegistry::Host host;
  Worker::Beginning beginning;
  auto status = parts_.registry.settle(record_.config, settings);
  if (status.ok()) {
    std::lock_guard lock(mutex_);
    settings_ = settings;
    policy_end_.reset();
    beginning = std::exchange(beginning_, {});
  }
  if (status.ok()) {
    say("started");
    status = guarded([&] { return parts_.registry.start_board(name_, settings, shared_from_this(), beginning, host); });
  }
  if (!status.ok()) {
    fail(status.error_message());
    return status;
  }
  restart_policy_.came_up(parts_.alarms.now_ns());
  {
    std::lock_guard lock(mutex_);
    host_ = host;
  }
  be(v1::INSTANCE_STATE_UP);
  host->when_gone([self = shared_from_this()](const grpc::Status&) { self->parts_.post([self] { self->ended(); }); });
  return status;
}

void Board::fail(std::string failure) {
  std::lock_guard lock(mutex_);
  last_failure_ = std::move(failure);
}

bool Board::is_leaving() const {
  {
    std::lock_guard lock(mutex_);
    if (is_ending_ || policy_end_) return true;
  }
  return host_->is_ending();
}

void Board::end_instance(int64_t grace_ns) {
  is_ending_ = true;
  host_->finish(grace_ns);
}

void Board::ended() {
  std::optional<StartEnd> end;
  const InstanceCounts counts = host_->counts();
  {
    std::lock_guard lock(mutex_);
    past_.add(counts);
    host_.reset();
    end = std::exchange(policy_end_, std::nullopt);
  }
  for (const auto& files : std::exchange(deliveries_, {})) files->take_place();
  const bool was_asked = std::exchange(is_ending_, false), goes_away = is_going_away();
  const auto told = std::exchange(when_ended_, {});
  if (goes_away) {
    be_gone();
  } else if (parts_.registry.is_refusing()) {
    say("ended: upyd shuts down");
    give_up_starters();
  } else if (goal_ == Goal::Down) {
    say("stopped");
    be(v1::INSTANCE_STATE_STOPPED);
  } else if (!starters_.empty() || was_asked) {
    begin_anew();
  } else {
    if (!end) fail(kNoResources);
    come_back(end.value_or(StartEnd::Failed));
  }
  for (const Done& done : told) done(goes_away ? removed_ : grpc::Status::OK);
}

/// Its policy brings it back, or gives up.
void Board::come_back(StartEnd end) {
  if (parts_.registry.is_refusing()) return;
  const auto next = restart_policy_.went_down(end, settings_, parts_.alarms.now_ns());
  if (next.gives_up || !calls_for_restart(settings_.restart(), end)) {
    be(v1::INSTANCE_STATE_FAILED);
  } else {
    wait(next.delay_ns);
  }
}

void Board::wait(int64_t delay_ns) {
  const int64_t when_ns = parts_.alarms.now_ns() + delay_ns;
  {
    std::lock_guard lock(mutex_);
    next_start_ns_ = when_ns;
  }
  be(v1::INSTANCE_STATE_WAITING, delay_ns);
  alarm_ = parts_.alarms.at(when_ns, [weak = weak_from_this(), wait = ++waits_](int64_t) {
    if (const auto self = weak.lock()) self->parts_.post([self, wait] { self->due(wait); });
    return Alarms::kNever;
  });
}

/// The present wait is over, unless somebody ended it before.
void Board::due(uint64_t wait) {
  if (wait != waits_ || state_ != v1::INSTANCE_STATE_WAITING || parts_.registry.is_refusing()) return;
  {
    std::lock_guard lock(mutex_);
    ++restarts_;
    ++all_restarts_;
  }
  if (!come_up().ok()) come_back(StartEnd::Failed);
}

/// Somebody wants it to be up: starts it, whatever was before.
void Board::begin_anew() {
  end_wait();
  const auto starters = std::exchange(starters_, {});
  const auto status = come_up();
  if (!status.ok() && !parts_.registry.is_refusing()) be(v1::INSTANCE_STATE_FAILED);
  for (const Done& done : starters) done(status);
}

void Board::be(v1::InstanceState state, int64_t delay_ns) {
  std::string failure;
  {
    std::lock_guard lock(mutex_);
    state_ = state;
    if (state == v1::INSTANCE_STATE_WAITING || state == v1::INSTANCE_STATE_FAILED) failure = last_failure_;
  }
  if (state == v1::INSTANCE_STATE_FAILED) parts_.log.error("board '{}' has failed: {}", name_, failure);
  say_state(state, failure, delay_ns);
  parts_.events.publish(name_, [&](v1::Event& event) {
    auto& changed = *event.mutable_instance_state_changed();
    changed.set_state(state);
    changed.set_failure(failure);
    changed.set_delay_ms(static_cast<uint64_t>(delay_ns / upy::kNsPerMs));
  });
}

void Board::say(const std::string& words) const {
  if (const auto log = parts_.logs.find(name_)) log->say(words);
}

void Board::say_state(v1::InstanceState state, const std::string& failure, int64_t delay_ns) const {
  switch (state) {
    case v1::INSTANCE_STATE_WAITING:
      return say(fmt::format("waits {:g} s before its next start: {}",
                             static_cast<double>(delay_ns / upy::kNsPerMs) / 1000,
                             failure.empty() ? "it has ended" : failure));
    case v1::INSTANCE_STATE_FAILED:
      return say(fmt::format("failed, and is started no more: {}; start it with 'upyctl start {}'", failure, name_));
    default:
      return;
  }
}

/// Somebody decided what is to be.
void Board::forget_failures() {
  restart_policy_.forget();
  if (parts_.store) parts_.store->forget_crashes(name_);
  std::lock_guard lock(mutex_);
  restarts_ = 0;
  last_failure_.clear();
  beginning_ = {};
}

void Board::end_wait() {
  ++waits_;
  parts_.alarms.cancel(alarm_);
}

void Board::give_up_starters() {
  for (const Done& done : std::exchange(starters_, {})) done(stopped_meanwhile(name_));
}

// ---- what clients ask ----

void Board::start(Done done) {
  if (is_going_away()) return done(going_away(name_));
  done = after(want(Goal::Up), std::move(done));
  if (host_ && !is_leaving()) return host_->is_waiting() ? host_->restart(0, done) : done(grpc::Status::OK);
  forget_failures();
  starters_.push_back(std::move(done));
  if (!host_) begin_anew();
}

void Board::stop(int64_t grace_ns, Done done) {
  if (is_going_away()) return done(going_away(name_));
  done = after(want(Goal::Down), std::move(done));
  end_wait();
  give_up_starters();
  if (host_) {
    when_ended_.push_back(std::move(done));
    return end_instance(grace_ns);
  }
  if (state_ != v1::INSTANCE_STATE_STOPPED) {
    say("stopped");
    be(v1::INSTANCE_STATE_STOPPED);
  }
  done(grpc::Status::OK);
}

/// An instance is made anew in its place, where that is enough. If it ends meanwhile by its policy, it is started.
void Board::restart(int64_t grace_ns, Done done) {
  if (!host_ || is_leaving() || is_going_away()) return start(std::move(done));
  goal_ = Goal::Up;
  forget_failures();
  bool is_same = false;
  if (const auto status = compare_settings(is_same); !status.ok()) return done(status);
  if (!is_same) {
    starters_.push_back(std::move(done));
    return end_instance(grace_ns);
  }
  host_->restart(grace_ns, [self = shared_from_this(), done = std::move(done)](const grpc::Status& restarted) {
    if (restarted.error_code() != StatusCode::ABORTED) return done(restarted);
    self->parts_.post(
        [self, done] { self->goal_ == Goal::Up ? self->start(done) : done(stopped_meanwhile(self->name_)); });
  });
}

grpc::Status Board::compare_settings(bool& is_same) const {
  v1::InstanceConfig settings;
  const auto status = parts_.registry.settle(record_.config, settings);
  is_same = settings.SerializeAsString() == settings_.SerializeAsString();
  return status;
}

void Board::deploy(Deployment deployment, Done done) {
  deliver(std::make_shared<Delivery>(std::move(deployment), std::move(done)));
}

/// An instance is made anew in its place, where that is enough; else the files come when it is gone.
void Board::deliver(const std::shared_ptr<Delivery>& files) {
  const Done told = [files](const grpc::Status& status) { files->tell(status); };
  if (is_going_away()) return told(going_away(name_));
  const bool is_up = host_ && !is_leaving();
  bool is_same = false;
  if (is_up) {
    if (const auto status = compare_settings(is_same); !status.ok()) return told(status);
    goal_ = Goal::Up;
    forget_failures();
  }
  if (is_up && is_same) {
    const auto restarted = [self = shared_from_this(), files, told](const grpc::Status& status) {
      if (status.error_code() != StatusCode::ABORTED) return told(status);
      self->parts_.post([self, files, told] {
        self->goal_ == Goal::Up ? self->deliver(files) : told(stopped_meanwhile(self->name_));
      });
    };
    return host_->restart(files->grace_ns(), restarted, [files] { files->take_place(); });
  }
  if (!host_) {
    files->take_place();
    return files->has_failed() || files->keeps_down() ? told(grpc::Status::OK) : start(told);
  }
  if (is_up) end_instance(files->grace_ns());
  deliveries_.push_back(files);
  files->keeps_down() ? when_ended_.push_back(told) : start(told);
}

grpc::Status Board::update(const v1::UpdateInstanceRequest& request) {
  if (is_going_away()) return going_away(name_);
  if (!request.etag().empty() && request.etag() != etag_of(record_)) return changed_meanwhile(name_);
  BoardRecord record = record_;
  if (request.has_enabled()) record.enabled = request.enabled();
  if (request.has_config()) {
    if (!record.declared_in.empty()) return is_declared(name_, record.declared_in, "change");
    v1::InstanceConfig settings;
    if (auto status = parts_.registry.settle(request.config(), settings); !status.ok()) return status;
    record.config = request.config();
  }
  auto status = keep(record);
  if (!status.ok()) return {status.error_code(), status.error_message() + "; nothing was changed"};
  return status;
}

void Board::remove(bool force, Done done) {
  if (!record_.declared_in.empty()) return done(is_declared(name_, record_.declared_in, "remove"));
  if (goal_ == Goal::Retired) return done(going_away(name_));
  if (host_) {
    if (!force && !is_leaving()) {
      if (auto status = host_->end_if_idle(); !status.ok()) return done(status);
    }
    host_->end(upy::Limit::Request);
    is_ending_ = true;
  }
  goal_ = Goal::Removed;
  removed_ = grpc::Status::OK;
  end_wait();
  give_up_starters();
  if (host_) return when_ended_.push_back(std::move(done));
  be_gone();
  done(removed_);
}

void Board::be_gone() {
  if (parts_.store && goal_ == Goal::Retired) parts_.store->release(name_);
  if (parts_.store && goal_ == Goal::Removed) {
    if (const auto error = parts_.store->remove(name_)) return stay(error);
    if (const auto error = parts_.store->sync()) {
      removed_ = {StatusCode::INTERNAL,
                  "board '" + name_ +
                      "' is gone, but may be back when the machine loses power: " + std::strerror(error.number)};
    }
  }
  say(goal_ == Goal::Retired ? "ended, as it is not declared any more; its files stay" : "deleted on request");
  parts_.gone(name_);
  parts_.registry.release(name_);
  parts_.events.publish(name_, [](v1::Event& event) {
    event.mutable_instance_deleted()->set_reason(v1::InstanceDeleted::REASON_REQUEST);
  });
}

/// It can't be removed, so there is still, and it is down.
void Board::stay(const upy::PortError& error) {
  removed_ = InstanceRegistry::files_stay("board '" + name_ + "' is down, but not deleted, as its directory",
                                          parts_.store->path_of(name_), error);
  want(Goal::Down);
  say("stopped, as it can't be deleted");
  be(v1::INSTANCE_STATE_STOPPED);
}

// ---- declarations ----

bool Board::declare(BoardRecord record, int64_t grace_ns) {
  if (goal_ == Goal::Removed) return false;
  const bool was_retired = goal_ == Goal::Retired;
  if (was_retired) goal_ = record.enabled && !record.stopped ? Goal::Up : Goal::Down;
  const bool is_other = was_retired || record.config.SerializeAsString() != record_.config.SerializeAsString();
  const bool has_changed = is_other || record.enabled != record_.enabled;
  if (const auto error = save(record)) {  // what is declared is on the disk anyhow
    parts_.log.error("cannot keep the record of board '{}': {}", name_, std::strerror(error.number));
  }
  hold(record);
  if (!is_other || goal_ == Goal::Down) return has_changed;
  parts_.log.info("board '{}' is started anew, as {} has changed", name_, record.declared_in);
  if (host_) {
    end_instance(grace_ns);
  } else {
    start([](const grpc::Status&) {});
  }
  return true;
}

void Board::retire(int64_t grace_ns) {
  if (is_going_away()) return;
  parts_.log.info("board '{}' ends, as {} is gone; its files stay", name_, record_.declared_in);
  goal_ = Goal::Retired;
  end_wait();
  give_up_starters();
  host_ ? end_instance(grace_ns) : be_gone();
}

}  // namespace upyd
