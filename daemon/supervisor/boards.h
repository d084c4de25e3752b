#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "boards/declarations.h"
#include "supervisor/board.h"

namespace asio {
class thread_pool;
}

namespace upyd {

/// The boards there are, by name, and the thread on which things are done to them: it waits for the disk, and never for
/// a script. All functions may be called from any thread and wait for neither; `done` gets the status, on any thread.
class Boards {
 public:
  using Done = Board::Done;
  /// Says whether a board of that owner may be used, when its turn has come: another may have its name by then.
  using Admit = InstanceRegistry::Admit;
  /// Gets the name of a new board too.
  using Created = std::function<void(const grpc::Status&, const std::string& name)>;

  /// What it is given must outlive it. `store`: null if upyd can keep no boards.
  Boards(InstanceRegistry& registry, BoardStore* store, Alarms& alarms, EventBus& events, LogStore& logs,
         spdlog::logger& log);
  /// The registry must refuse work, and have no instance any more.
  ~Boards();

  /// Those that upyd keeps and those that are declared, as BoardStore::load has them. They have their names from now
  /// on.
  void load(const std::map<std::string, BoardRecord>& records);
  /// Brings up those that are to be; those by which upyd crashed, and how often, last.
  void begin(const std::map<std::string, uint64_t>& crashes);
  /// What became of boards, by name, where it is not what was before.
  struct Redeclared {
    std::vector<std::string> made, changed, ended;
    std::vector<std::string> refused;  ///< stay as they are, and the log tells why
  };
  /// The config was read anew: boards whose declaration is another are started anew, those that are not declared any
  /// more end. One whose file has a fault stays as it is.
  void declare(const Declarations& declared, int64_t grace_ns, std::function<void(const Redeclared&)> done);

  /// As InstanceService has them; NOT_FOUND if there is no board of that name; or the error of `admit`.
  void create(const std::string& name, const v1::InstanceConfig& config, Created created);
  void start(const std::string& name, const Admit& admit, Done done);
  void stop(const std::string& name, const Admit& admit, int64_t grace_ns, Done done);
  void restart(const std::string& name, const Admit& admit, int64_t grace_ns, Done done);
  /// As Board has it.
  void deploy(const std::string& name, const Admit& admit, Board::Deployment deployment, Done done);
  /// `complete(request, owner)` is asked in place of `admit`, and may change the request.
  using Complete = std::function<grpc::Status(v1::UpdateInstanceRequest& request, const std::string& owner)>;
  void update(const v1::UpdateInstanceRequest& request, const Complete& complete, Done done);
  void remove(const std::string& name, const Admit& admit, bool force, Done done);

  /// Null: there is none of that name.
  std::shared_ptr<Board> find(const std::string& name) const;
  std::vector<std::shared_ptr<Board>> list() const;

 private:
  void post(std::function<void()> act);
  /// Has `act(board)` called on the thread of boards.
  void act_on(const std::string& name, const Admit& admit, const Done& done, std::function<void(Board&)> act);
  grpc::Status make(std::string& name, const v1::InstanceConfig& config);
  void keep(const std::string& name, const BoardRecord& record);
  std::shared_ptr<Board> add_kept(const std::string& name, const BoardRecord& record);
  std::shared_ptr<Board> add(const std::string& name, const BoardRecord& record);
  void declare_all(const Declarations& declared, int64_t grace_ns, Redeclared& result);

  const BoardParts parts_;
  mutable std::mutex mutex_;  // guards what follows
  std::map<std::string, std::shared_ptr<Board>> boards_;
  const std::unique_ptr<asio::thread_pool> thread_;
};

}  // namespace upyd
