/// A disk that fails, for the program that this is preloaded into (LD_PRELOAD). It is what lies in the directory
/// DISK_ROOT; these variables say what becomes of it:
///   DISK_RECORDS       a directory: what is synced is recorded there (see disk_record.h), as what power loss leaves
///   DISK_FORGETS       a shell pattern: what is synced of these paths is not recorded, as if nobody had synced it
///   DISK_ROOM          so many bytes can be written; further ones are ENOSPC
///   DISK_SYNC_FAILS    every nth sync is EIO

#include <dlfcn.h>
#include <fnmatch.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "disk_record.h"

namespace {

std::string variable(const char* name) {
  const char* value = getenv(name);
  return value ? value : "";
}

struct Disk {
  const std::string root = variable("DISK_ROOT"), records = variable("DISK_RECORDS"),
                    forgets = variable("DISK_FORGETS");
  const uint64_t failing_sync = strtoull(variable("DISK_SYNC_FAILS").c_str(), nullptr, 10);
  const bool is_bounded = !variable("DISK_ROOM").empty();
  std::atomic<int64_t> room = strtoll(variable("DISK_ROOM").c_str(), nullptr, 10);
  std::atomic<uint64_t> syncs = 0;
};

Disk& the_disk() {
  static Disk disk;
  return disk;
}

/// The path of an open file on the disk; empty of another.
std::string path_of(int descriptor) {
  char path[4096];
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t size = readlink(link.c_str(), path, sizeof path);
  const std::string text(path, static_cast<size_t>(std::max<ssize_t>(size, 0)));
  return !the_disk().root.empty() && text.starts_with(the_disk().root) ? text : "";
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

int sync(int descriptor, int (*real)(int)) {
  const std::string path = path_of(descriptor);
  if (path.empty()) return real(descriptor);
  Disk& disk = the_disk();
  const uint64_t number = ++disk.syncs;
  if (disk.failing_sync != 0 && number % disk.failing_sync == 0) {
    errno = EIO;
    return -1;
  }
  const bool is_forgotten = !disk.forgets.empty() && fnmatch(disk.forgets.c_str(), path.c_str(), 0) == 0;
  if (!disk.records.empty() && !is_forgotten) disk::record(descriptor, disk.records);
  return 0;
}

}  // namespace

extern "C" int fsync(int descriptor) { return sync(descriptor, next<int(int)>("fsync")); }
extern "C" int fdatasync(int descriptor) { return sync(descriptor, next<int(int)>("fdatasync")); }

extern "C" ssize_t write(int descriptor, const void* bytes, size_t size) {
  static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
  if (!the_disk().is_bounded || path_of(descriptor).empty()) return real(descriptor, bytes, size);
  const int64_t left = the_disk().room.fetch_sub(static_cast<int64_t>(size));
  if (left <= 0) {
    errno = ENOSPC;
    return -1;
  }
  return real(descriptor, bytes, std::min(size, static_cast<size_t>(left)));
}
