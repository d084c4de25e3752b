#pragma once

#include <spdlog/fwd.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "boards/board_record.h"
#include "boards/declarations.h"
#include "files/board_tree.h"
#include "system/crash_report.h"
#include "system/lock_file.h"
#include "system/owned_descriptor.h"

namespace asio {
class thread_pool;
}

namespace upyd {

/// What upyd keeps of boards in its state directory: of NAME the record instances/NAME/board.json and the files
/// instances/NAME/fs. A directory with a record is of a board that outlives upyd; one without is of an instance that
/// does not. What instances left is moved to removed/ at once, so that their names are free, and taken apart there in
/// the background. Any thread.
///
/// Power may fail, and upyd be killed, at any moment. So a record is written aside, and is on the disk before it gets
/// its name; who removes a board gives its whole directory another name first; and a change is told as done once the
/// directory it was made in is on the disk as well.
class BoardStore {
 public:
  /// The store in a directory, made if need be. Throws LockError if another upyd has it, std::system_error if it can't
  /// be used. `pool` is where files are removed.
  BoardStore(const std::string& state, asio::thread_pool& pool, spdlog::logger& log);
  ~BoardStore();
  BoardStore(const BoardStore&) = delete;
  BoardStore& operator=(const BoardStore&) = delete;

  // ---- boards ----

  /// The boards there are to be, those that are declared and those that clients made, by name. Before anything else is
  /// done with the store: what an earlier upyd left of other instances is removed. Records that can't be read are told
  /// in the log; such a board is left alone, and its name is taken.
  std::map<std::string, BoardRecord> load(const Declarations& declared);
  /// The record of a board that is declared anew, with what was kept of it; nothing, and the reason in the log, if that
  /// can't be read. To be saved by who goes by it.
  std::optional<BoardRecord> declare(const std::string& name, const BoardRecord& declaration);
  /// Has the record of a board on the disk when it returns. After an error it may be the old one or the new one.
  upy::PortError save(const std::string& name, const BoardRecord& record);
  /// That upyd crashed on a board's thread says nothing of it any more: it was put right, or is another one.
  void forget_crashes(const std::string& name) const { upyd::forget_crashes(state_, name); }
  /// Why there can be no new instance of that name, besides those that there are; nothing if there can.
  std::optional<std::string> why_taken(const std::string& name);

  // ---- files ----

  /// The tree of an instance, limited to so many bytes and files: the one it has, else that of the files that were kept
  /// of it, or a new one. The store must outlive it.
  std::shared_ptr<BoardTree> make_tree(const std::string& name, uint64_t bytes, uint64_t files);
  /// Ends the tree of an instance; record and files stay.
  void release(const std::string& name);
  /// Ends the tree of an instance, if it has one, and removes all that is kept of it. After an error all of that is as
  /// it was, and the name is taken: there can be no new instance of it until this succeeds.
  upy::PortError remove(const std::string& name);
  /// Has it on the disk that boards were removed.
  upy::PortError sync() const;
  /// Where that lies which could not be removed.
  std::string path_of(const std::string& name) const;

 private:
  struct Sweeps;

  upy::PortError put_away(const std::string& name);
  void put_leftovers_away(const Declarations& declared);
  std::optional<BoardRecord> read(const std::string& name);
  bool is_stuck(const std::string& name);
  void sweep_later();
  void sweep();

  const std::string state_;
  const LockFile lock_;
  const OwnedDescriptor boards_, removed_;  // open directories
  asio::thread_pool& pool_;
  const std::unique_ptr<Sweeps> sweeps_;  // Asio's: one at a time
  spdlog::logger& log_;
  const int64_t begun_ns_;                  // what is removed has names by it, so that no earlier upyd's has the same
  std::atomic<uint64_t> last_removed_ = 0;  // and by number
  std::atomic<bool> is_ending_ = false;
  std::mutex saving_;                                        // held while a record is written, before the following one
  std::mutex mutex_;                                         // guards what follows
  std::set<std::string> kept_;                               // names with a record on the disk
  std::set<std::string> stuck_;                              // names of other instances whose files can't be removed
  std::map<std::string, std::shared_ptr<BoardTree>> trees_;  // of the instances there are
};

}  // namespace upyd
