#include "logs/log_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "system/owned_descriptor.h"

namespace upyd {
namespace {

constexpr mode_t kMode = 0600;
constexpr int kFlags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
constexpr int kReadWrite = PROT_READ | PROT_WRITE;
constexpr int kOwn = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;

/// Memory that is not touched yet; null: there is none.
char* reserve(size_t bytes) {
  void* const data = mmap(nullptr, bytes, kReadWrite, kOwn, -1, 0);
  return data == MAP_FAILED ? nullptr : static_cast<char*>(data);
}

}  // namespace

LogMemory::LogMemory(std::string path, Complain complain, char* data, size_t size, size_t limit)
    : path_(std::move(path)), complain_(std::move(complain)), mapping_{data, limit}, size_(size) {}

LogMemory::~LogMemory() { munmap(mapping_.data, mapping_.size); }

std::unique_ptr<LogMemory> LogMemory::own(size_t limit) {
  char* const data = reserve(limit);
  return data ? std::unique_ptr<LogMemory>(new LogMemory("", nullptr, data, limit, limit)) : nullptr;
}

std::unique_ptr<LogMemory> LogMemory::of_new_file(const std::string& path, size_t limit, Complain complain) {
  char* const data = reserve(limit);
  if (!data) return nullptr;
  std::unique_ptr<LogMemory> memory(new LogMemory(path, std::move(complain), data, 0, limit));
  memory->map_new_file();
  return memory;
}

std::unique_ptr<LogMemory> LogMemory::of_old_file(const std::string& path, Complain complain) {
  const OwnedDescriptor file(open(path.c_str(), kFlags));
  struct stat status {};
  if (!file || fstat(file.number(), &status) < 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return nullptr;
  const auto size = static_cast<size_t>(status.st_size);
  char* const data = reserve(size);
  if (!data) return nullptr;
  std::unique_ptr<LogMemory> memory(new LogMemory(path, std::move(complain), data, size, size));
  return memory->map(file.number()) ? std::move(memory) : nullptr;
}

void LogMemory::map_new_file() {
  size_ = 0;
  const OwnedDescriptor file(open(path_.c_str(), kFlags | O_CREAT | O_TRUNC, kMode));
  if (!file || !map(file.number())) leave_file(errno);
}

/// What is mapped beyond the file's end becomes the file's as it grows.
bool LogMemory::map(int descriptor) {
  survive_lost_pages();
  struct stat status {};
  if (fstat(descriptor, &status) < 0) return false;
  device_ = status.st_dev;
  inode_ = status.st_ino;
  return mmap(mapping_.data, mapping_.size, kReadWrite, MAP_SHARED | MAP_FIXED, descriptor, 0) != MAP_FAILED;
}

bool LogMemory::allocate(size_t bytes) {
  const int error = is_file() ? allocate_in_file(bytes) : ENOMEM;
  if (error == 0) {
    size_ = bytes;
    return true;
  }
  if (is_file() && size_ == 0) return leave_file(error);
  if (is_file()) complain_(Trouble::NoRoom, path_, error);
  return false;
}

/// An error, or 0.
int LogMemory::allocate_in_file(size_t bytes) const {
  const OwnedDescriptor file(open(path_.c_str(), kFlags));
  struct stat status {};
  if (!file || fstat(file.number(), &status) < 0) return errno;
  if (status.st_dev != device_ || status.st_ino != inode_) return ESTALE;
  return posix_fallocate(file.number(), 0, static_cast<off_t>(bytes));
}

/// For memory of the process, of which nothing is used yet. False: there is none.
bool LogMemory::leave_file(int error) {
  complain_(Trouble::NoRoom, path_, error);
  remove();
  path_.clear();
  if (mmap(mapping_.data, mapping_.size, kReadWrite, kOwn | MAP_FIXED, -1, 0) == MAP_FAILED) return false;
  size_ = mapping_.size;
  return true;
}

void LogMemory::renew() {
  if (!is_file()) return;
  complain_(Trouble::Changed, path_, 0);
  mapping_.is_lost = false;
  map_new_file();
}

bool LogMemory::rename(const std::string& path) {
  if (std::rename(path_.c_str(), path.c_str()) < 0) return false;
  path_ = path;
  return true;
}

void LogMemory::remove() {
  if (is_file()) unlink(path_.c_str());
}

}  // namespace upyd
