#include "supervisor/boards.h"

#include <spdlog/logger.h>

#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <chrono>
#include <cstring>
#include <new>
#include <thread>
#include <utility>

#include "system/no_memory.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using Kept = InstanceRegistry::Kept;

constexpr auto kUntilMemory = std::chrono::milliseconds(2);

}  // namespace

Boards::Boards(InstanceRegistry& registry, BoardStore* store, Alarms& alarms, EventBus& events, LogStore& logs,
               spdlog::logger& log)
    : parts_{.registry = registry,
             .store = store,
             .alarms = alarms,
             .events = events,
             .logs = logs,
             .log = log,
             .post = [this](std::function<void()> act) { post(std::move(act)); },
             .gone =
                 [this](const std::string& name) {
                   std::lock_guard lock(mutex_);
                   boards_.erase(name);
                 }},
      thread_(std::make_unique<asio::thread_pool>(1)) {}

Boards::~Boards() { thread_->join(); }

/// What boards are told must reach them, so without memory it is tried until there is some.
void Boards::post(std::function<void()> act) {
  const auto guarded_act = [act = std::move(act)] { guarded([&] { return act(), grpc::Status::OK; }); };
  for (;;) try {
      return asio::post(*thread_, guarded_act);
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(kUntilMemory);
    }
}

std::shared_ptr<Board> Boards::find(const std::string& name) const {
  std::lock_guard lock(mutex_);
  const auto found = boards_.find(name);
  return found == boards_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Board>> Boards::list() const {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Board>> boards;
  for (const auto& [name, board] : boards_) boards.push_back(board);
  return boards;
}

// ---- what upyd keeps ----

void Boards::load(const std::map<std::string, BoardRecord>& records) {
  for (const auto& [name, record] : records) add_kept(name, record);
}

void Boards::begin(const std::map<std::string, uint64_t>& crashes) {
  for (const auto& board : list()) {
    if (!crashes.contains(board->name())) post([board] { board->begin(); });
  }
  for (const auto& [name, times] : crashes) {
    if (const auto board = find(name)) post([board, times = times] { board->begin_after_crash(times); });
  }
}

/// Null, with the reason in the log, if there is an instance of that name.
std::shared_ptr<Board> Boards::add_kept(const std::string& name, const BoardRecord& record) {
  std::string own = name;
  const auto status = parts_.registry.reserve(own, record.config, Kept::Already);
  if (status.ok()) {
    keep(name, record);
    return add(name, record);
  }
  parts_.log.error("there is no board '{}': {}", name, status.error_message());
  return nullptr;
}

/// What is declared for the first time has no record yet; without one its files would not outlive the declaration.
void Boards::keep(const std::string& name, const BoardRecord& record) {
  if (!parts_.store || parts_.store->why_taken(name)) return;
  if (auto error = parts_.store->save(name, record)) {
    parts_.log.error("cannot keep the record of board '{}': {}", name, std::strerror(error.number));
  }
}

std::shared_ptr<Board> Boards::add(const std::string& name, const BoardRecord& record) {
  auto board = std::make_shared<Board>(name, record, parts_);
  std::lock_guard lock(mutex_);
  boards_[name] = board;
  return board;
}

void Boards::declare(const Declarations& declared, int64_t grace_ns, std::function<void(const Redeclared&)> done) {
  post([this, declared, grace_ns, done = std::move(done)] {
    Redeclared result;
    guarded([&] { return declare_all(declared, grace_ns, result), grpc::Status::OK; });
    done(result);
  });
}

void Boards::declare_all(const Declarations& declared, int64_t grace_ns, Redeclared& result) {
  for (const auto& [name, fault] : declared.faults) {
    parts_.log.error("board '{}' stays as it is: {}", name, fault);
    result.refused.push_back(name);
  }
  for (const auto& board : list()) {
    const bool is_there = declared.boards.contains(board->name()) || declared.faults.contains(board->name());
    if (is_there || board->record().declared_in.empty()) continue;
    board->retire(grace_ns);
    result.ended.push_back(board->name());
  }
  for (const auto& [name, declaration] : declared.boards) {
    const auto record = parts_.store ? parts_.store->declare(name, declaration) : declaration;
    const auto present = find(name);
    if (record && present) {
      if (present->declare(*record, grace_ns)) result.changed.push_back(name);
      continue;
    }
    const auto board = record ? add_kept(name, *record) : nullptr;
    (board ? result.made : result.refused).push_back(name);
    if (board) board->begin();
  }
}

// ---- what clients ask ----

void Boards::create(const std::string& name, const v1::InstanceConfig& config, Created created) {
  post([this, name = std::string(name), config, created = std::move(created)]() mutable {
    const auto status = guarded([&] { return make(name, config); });
    created(status, name);
  });
}

/// All or nothing.
grpc::Status Boards::make(std::string& name, const v1::InstanceConfig& config) {
  if (!parts_.store) {
    return {StatusCode::FAILED_PRECONDITION,
            "upyd has no directory to keep boards in: set `state` in its config, or create one that is not persistent"};
  }
  if (auto status = parts_.registry.reserve(name, config, Kept::New); !status.ok()) return status;
  const auto board = add(name, {.config = config});
  auto status = board->begin_new();
  if (!status.ok()) board->remove(true, [](const grpc::Status&) {});
  return status;
}

void Boards::act_on(const std::string& name, const Admit& admit, const Done& done, std::function<void(Board&)> act) {
  post([this, name, admit, done, act = std::move(act)] {
    const auto status = guarded([&]() -> grpc::Status {
      const auto board = find(name);
      if (!board) return InstanceRegistry::not_found(name);
      if (auto admitted = admit(parts_.registry.owners().of(name).value_or("")); !admitted.ok()) return admitted;
      if (parts_.registry.is_refusing()) return InstanceRegistry::shutting_down();
      act(*board);
      return grpc::Status::OK;
    });
    if (!status.ok()) done(status);
  });
}

void Boards::start(const std::string& name, const Admit& admit, Done done) {
  act_on(name, admit, done, [done](Board& board) { board.start(done); });
}

void Boards::stop(const std::string& name, const Admit& admit, int64_t grace_ns, Done done) {
  act_on(name, admit, done, [done, grace_ns](Board& board) { board.stop(grace_ns, done); });
}

void Boards::restart(const std::string& name, const Admit& admit, int64_t grace_ns, Done done) {
  act_on(name, admit, done, [done, grace_ns](Board& board) { board.restart(grace_ns, done); });
}

void Boards::deploy(const std::string& name, const Admit& admit, Board::Deployment deployment, Done done) {
  act_on(name, admit, done,
         [done, deployment = std::move(deployment)](Board& board) { board.deploy(deployment, done); });
}

void Boards::update(const v1::UpdateInstanceRequest& request, const Complete& complete, Done done) {
  const auto whole = std::make_shared<v1::UpdateInstanceRequest>(request);
  const auto admit = [whole, complete](const std::string& owner) { return complete(*whole, owner); };
  act_on(request.name(), admit, done, [done, whole](Board& board) { done(board.update(*whole)); });
}

void Boards::remove(const std::string& name, const Admit& admit, bool force, Done done) {
  act_on(name, admit, done, [done, force](Board& board) { board.remove(force, done); });
}

}  // namespace upyd
