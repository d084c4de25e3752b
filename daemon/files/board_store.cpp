#include "files/board_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <asio/post.hpp>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <new>
#include <system_error>

#include "files/tree_removal.h"
#include "posix/system_directory.h"

namespace upyd {
namespace {

constexpr mode_t kMode = 0700;

/// The lock of a state directory, which is made if it is not there.
std::string lock_path(const std::string& state) {
  std::filesystem::create_directories(state);
  if (access(state.c_str(), W_OK) < 0) throw std::system_error(errno, std::generic_category(), state);
  return state + "/upyd.lock";
}

int open_directory(const std::string& path) {
  mkdir(path.c_str(), kMode);
  const int descriptor = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), path);
  return descriptor;
}

}  // namespace

BoardStore::BoardStore(const std::string& state, asio::thread_pool& pool, spdlog::logger& log)
    : lock_(lock_path(state)),
      boards_(open_directory(state + "/instances")),
      removed_(open_directory(state + "/removed")),
      pool_(pool),
      sweeps_(pool.get_executor()),
      log_(log),
      begun_ns_(std::chrono::system_clock::now().time_since_epoch().count()) {
  put_all_away();
  sweep_later();
}

BoardStore::~BoardStore() {
  is_ending_ = true;
  pool_.join();
  close(boards_);
  close(removed_);
}

std::shared_ptr<BoardTree> BoardStore::make_tree(const std::string& name, uint64_t bytes, uint64_t files) {
  const auto tree = std::make_shared<BoardTree>(boards_, name, Quota(bytes, files));
  std::lock_guard lock(mutex_);
  trees_[name] = tree;
  return tree;
}

void BoardStore::remove(const std::string& name) {
  std::unique_lock lock(mutex_);
  const auto tree = trees_.extract(name);
  lock.unlock();
  if (!tree || !tree.mapped()->end()) return;
  put_away(name);
  sweep_later();
}

/// Moves what is there, whatever it is, to where it is removed.
void BoardStore::put_away(const std::string& name) {
  const std::string place = std::to_string(begun_ns_) + '-' + std::to_string(++last_removed_);
  if (renameat(boards_, name.c_str(), removed_, place.c_str()) == 0) return;
  log_.error("cannot remove the files of instance '{}': {}", name, std::strerror(errno));
}

namespace {

/// Calls `act` with each name in an open directory.
template <typename Act>
void each_name(int place, Act act) {
  std::unique_ptr<upy::Directory> directory;
  const int descriptor = openat(place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0 || upy::SystemDirectory::open(descriptor, directory)) return;
  for (upy::DirectoryEntry entry; !directory->next(entry) && !entry.name.empty();) act(entry.name);
}

}  // namespace

void BoardStore::put_all_away() {
  each_name(boards_, [&](const std::string& name) { put_away(name); });
}

void BoardStore::sweep_later() try {
  asio::post(sweeps_, [this] { sweep(); });
} catch (const std::bad_alloc&) {
  // It is swept with what is removed next, or when upyd starts again.
}

void BoardStore::sweep() try {
  const Unlink unlink = [this](int directory, const char* name, int flags) {
    if (!is_ending_) return unlinkat(directory, name, flags);
    errno = ECANCELED;
    return -1;
  };
  each_name(removed_, [&](const std::string& name) {
    upy::PortError error = upyd::remove_tree(removed_, name, unlink);
    if (error.number == ENOTDIR) error = upy::error_of(unlink(removed_, name.c_str(), 0));
    const bool is_left_to_another = error.number == ENOENT || error.number == ECANCELED;
    if (error && !is_left_to_another) log_.error("cannot remove files of an instance: {}", std::strerror(error.number));
  });
} catch (const std::bad_alloc&) {
  // As above.
}

}  // namespace upyd
