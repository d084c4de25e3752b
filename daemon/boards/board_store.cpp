#include "boards/board_store.h"

#include <fcntl.h>
#include <spdlog/logger.h>
#include <sys/stat.h>
#include <unistd.h>

#include <asio/post.hpp>
#include <asio/strand.hpp>
#include <asio/thread_pool.hpp>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <new>
#include <system_error>

#include "boards/record_file.h"
#include "files/board_directory.h"
#include "files/tree_removal.h"
#include "posix/system_directory.h"
#include "system/small_file.h"

namespace upyd {
namespace {

/// The lock of a state directory, which is made if it is not there.
std::string lock_path(const std::string& state) {
  make_durable_directories(state);
  if (access(state.c_str(), W_OK) < 0) throw std::system_error(errno, std::generic_category(), state);
  return state + "/upyd.lock";
}

OwnedDescriptor open_directory(const std::string& path) {
  make_durable_directories(path);
  OwnedDescriptor directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!directory) throw std::system_error(errno, std::generic_category(), path);
  return directory;
}

/// Calls `act` with each name in an open directory.
template <typename Act>
void each_name(int place, Act act) {
  std::unique_ptr<upy::Directory> directory;
  const int descriptor = openat(place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0 || upy::SystemDirectory::open(descriptor, directory)) return;
  for (upy::DirectoryEntry entry; !directory->next(entry) && !entry.name.empty();) act(entry.name);
}

}  // namespace

struct BoardStore::Sweeps {
  asio::strand<asio::thread_pool::executor_type> strand;
};

BoardStore::BoardStore(const std::string& state, asio::thread_pool& pool, spdlog::logger& log)
    : state_(state),
      lock_(lock_path(state)),
      boards_(open_directory(state + "/instances")),
      removed_(open_directory(state + "/removed")),
      pool_(pool),
      sweeps_(std::make_unique<Sweeps>(Sweeps{asio::make_strand(pool)})),
      log_(log),
      begun_ns_(std::chrono::system_clock::now().time_since_epoch().count()) {}

BoardStore::~BoardStore() {
  is_ending_ = true;
  pool_.join();
}

// ---- boards ----

std::map<std::string, BoardRecord> BoardStore::load(const Declarations& declared) {
  put_leftovers_away(declared);
  std::map<std::string, BoardRecord> boards;
  for (const auto& [name, declaration] : declared.boards) {
    if (auto record = declare(name, declaration)) boards[name] = *record;
  }
  for (const std::string& name : kept_) {
    if (declared.boards.contains(name)) continue;
    const auto record = read(name);
    if (record && record->declared_in.empty()) boards[name] = *record;
  }
  return boards;
}

/// Only what boards have stays, and of that only what is complete.
void BoardStore::put_leftovers_away(const Declarations& declared) {
  each_name(boards_.number(), [&](const std::string& name) {
    std::string text;
    const bool is_kept = read_record(boards_.number(), name, text).number != ENOENT;
    if (is_kept) kept_.insert(name);
    const bool is_declared = declared.boards.contains(name) || declared.faults.contains(name);
    const bool is_board = is_kept || is_declared;
    if (put_away(is_board ? name + "/aside" : name) && !is_board) stuck_.insert(name);
  });
  sweep_later();
}

std::optional<BoardRecord> BoardStore::declare(const std::string& name, const BoardRecord& declaration) {
  std::unique_lock lock(mutex_);
  if (!kept_.contains(name)) return declaration;
  lock.unlock();
  const auto kept = read(name);
  if (!kept) return std::nullopt;
  const BoardRecord record = declare_anew(declaration, *kept);
  const bool was_made_by_client = kept->declared_in.empty();
  if (const auto error = was_made_by_client ? save(name, record) : upy::PortError()) {
    log_.error("cannot keep the record of board '{}': {}", name, std::strerror(error.number));
  }
  return record;
}

std::optional<BoardRecord> BoardStore::read(const std::string& name) {
  std::string text, fault;
  if (auto error = read_record(boards_.number(), name, text)) {
    fault = "cannot read " + path_of(name) + '/' + kRecordFile + ": " + why_unreadable(error);
  }
  BoardRecord record;
  const std::string path = path_of(name) + '/' + kRecordFile;
  if (!fault.empty() || !from_text(text, path, record, fault)) {
    log_.error("board '{}' is left alone, its files stay: {}", name, fault);
    return std::nullopt;
  }
  return record;
}

upy::PortError BoardStore::save(const std::string& name, const BoardRecord& record) {
  std::lock_guard saving(saving_);
  {
    std::lock_guard lock(mutex_);
    kept_.insert(name);
  }
  return write_record(boards_.number(), name, to_text(record));
}

bool BoardStore::is_stuck(const std::string& name) {
  std::lock_guard lock(mutex_);
  return stuck_.contains(name);
}

std::optional<std::string> BoardStore::why_taken(const std::string& name) {
  if (is_stuck(name)) {
    if (const auto error = remove(name)) {
      return "the files of an earlier instance '" + name + "' can't be removed, see " + path_of(name) + ": " +
             std::strerror(error.number) + "; put that right, or choose another name";
    }
  }
  std::lock_guard lock(mutex_);
  if (!kept_.contains(name)) return std::nullopt;
  return "upyd keeps a board '" + name + "' that is not declared any more or can't be read, see its log: take " +
         path_of(name) + " away, or choose another name";
}

std::string BoardStore::path_of(const std::string& name) const { return state_ + "/instances/" + name; }

// ---- files ----

std::shared_ptr<BoardTree> BoardStore::make_tree(const std::string& name, uint64_t bytes, uint64_t files) {
  std::lock_guard lock(mutex_);
  auto& tree = trees_[name];
  if (tree) {
    tree->set_limits(bytes, files);
  } else {
    tree = std::make_shared<BoardTree>(boards_.number(), name, Quota(bytes, files));
  }
  return tree;
}

void BoardStore::release(const std::string& name) {
  std::lock_guard lock(mutex_);
  if (const auto tree = trees_.extract(name)) tree.mapped()->end();
}

upy::PortError BoardStore::remove(const std::string& name) {
  std::lock_guard saving(saving_);
  std::unique_lock lock(mutex_);
  const auto found = trees_.find(name);
  const auto tree = found == trees_.end() ? nullptr : found->second;
  const bool is_kept = kept_.contains(name);
  if (!tree && !is_kept && !stuck_.contains(name)) return {};
  lock.unlock();
  const auto move = [&] { return put_away(name); };
  const upy::PortError error = tree ? tree->end_by(move) : move();
  lock.lock();
  if (error) {
    if (!is_kept) stuck_.insert(name);
    return error;
  }
  trees_.erase(name);
  kept_.erase(name);
  stuck_.erase(name);
  lock.unlock();
  forget_crashes(name);
  sweep_later();
  return {};
}

upy::PortError BoardStore::sync() const { return upy::error_of(fsync(boards_.number())); }

/// Moves what is there, whatever it is, to where it is removed.
upy::PortError BoardStore::put_away(const std::string& name) {
  const std::string place = std::to_string(begun_ns_) + '-' + std::to_string(++last_removed_);
  if (renameat(boards_.number(), name.c_str(), removed_.number(), place.c_str()) == 0) return {};
  const upy::PortError error{errno};
  struct stat status {};
  const bool is_there = fstatat(boards_.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
  if (error.number == ENOENT && !is_there) return {};
  log_.error("cannot remove {}: {}", path_of(name), std::strerror(error.number));
  return error;
}

void BoardStore::sweep_later() try {
  asio::post(sweeps_->strand, [this] { sweep(); });
} catch (const std::bad_alloc&) {
  // It is swept with what is removed next, or when upyd starts again.
}

void BoardStore::sweep() try {
  const Unlink unlink = [this](int directory, const char* name, int flags) {
    if (!is_ending_) return unlinkat(directory, name, flags);
    errno = ECANCELED;
    return -1;
  };
  each_name(removed_.number(), [&](const std::string& name) {
    upy::PortError error = upyd::remove_tree(removed_.number(), name, unlink);
    if (error.number == ENOTDIR) error = upy::error_of(unlink(removed_.number(), name.c_str(), 0));
    const bool is_left_to_another = error.number == ENOENT || error.number == ECANCELED;
    if (error && !is_left_to_another) log_.error("cannot remove files of an instance: {}", std::strerror(error.number));
  });
} catch (const std::bad_alloc&) {
  // As above.
}

}  // namespace upyd
