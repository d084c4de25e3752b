#pragma once

#include <spdlog/logger.h>

#include <asio/strand.hpp>
#include <asio/thread_pool.hpp>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "files/board_tree.h"
#include "system/lock_file.h"

namespace upyd {

/// The files of all boards, in upyd's state directory: those of NAME in instances/NAME. What boards left is moved to
/// removed/ at once, so that their names are free, and taken apart there in the background. Any thread.
class BoardStore {
 public:
  /// The store in a directory, made if need be, and without what boards of an earlier upyd left in it. Throws LockError
  /// if another upyd has it, std::system_error if it can't be used. `pool` is where files are removed.
  BoardStore(const std::string& state, asio::thread_pool& pool, spdlog::logger& log);
  ~BoardStore();
  BoardStore(const BoardStore&) = delete;
  BoardStore& operator=(const BoardStore&) = delete;

  /// The tree of a new board, limited to so many bytes and files. The store must outlive it.
  std::shared_ptr<BoardTree> make_tree(const std::string& name, uint64_t bytes, uint64_t files);
  /// Ends the tree of a board, if it has one, and removes all that is in it.
  void remove(const std::string& name);

 private:
  void put_away(const std::string& name);
  void put_all_away();
  void sweep_later();
  void sweep();

  const LockFile lock_;
  const int boards_, removed_;  // open directories
  asio::thread_pool& pool_;
  asio::strand<asio::thread_pool::executor_type> sweeps_;  // one at a time
  spdlog::logger& log_;
  const int64_t begun_ns_;                  // what is removed has names by it, so that no earlier upyd's has the same
  std::atomic<uint64_t> last_removed_ = 0;  // and by number
  std::atomic<bool> is_ending_ = false;
  std::mutex mutex_;                                         // guards what follows
  std::map<std::string, std::shared_ptr<BoardTree>> trees_;  // of the boards there are
};

}  // namespace upyd
