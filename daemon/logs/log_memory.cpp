#include "logs/log_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "system/owned_descriptor.h"

namespace upyd {
namespace {

constexpr mode_t kMode = 0600;
constexpr int kFlags = O_RDWR | O_NOFOLLOW | O_CLOEXEC;

}  // namespace

std::unique_ptr<LogMemory> LogMemory::own(size_t limit) {
  void* const data = mmap(nullptr, limit, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED) return nullptr;
  return std::unique_ptr<LogMemory>(new LogMemory("", static_cast<char*>(data), limit, limit));
}

std::unique_ptr<LogMemory> LogMemory::of_new_file(const std::string& path, size_t limit) {
  const OwnedDescriptor file(open(path.c_str(), kFlags | O_CREAT | O_TRUNC, kMode));
  return file ? map(path, file.number(), 0, limit) : nullptr;
}

std::unique_ptr<LogMemory> LogMemory::of_old_file(const std::string& path) {
  const OwnedDescriptor file(open(path.c_str(), kFlags | O_NONBLOCK));
  struct stat status {};
  if (!file || fstat(file.number(), &status) < 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return nullptr;
  const auto size = static_cast<size_t>(status.st_size);
  return map(path, file.number(), size, size);
}

/// What is mapped beyond the file's end becomes the file's as it grows.
std::unique_ptr<LogMemory> LogMemory::map(const std::string& path, int descriptor, size_t size, size_t limit) {
  void* const data = mmap(nullptr, limit, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (data == MAP_FAILED) return nullptr;
  return std::unique_ptr<LogMemory>(new LogMemory(path, static_cast<char*>(data), size, limit));
}

LogMemory::~LogMemory() { munmap(data_, limit_); }

bool LogMemory::allocate(size_t bytes) {
  const OwnedDescriptor file(open(path_.c_str(), kFlags));
  if (!file || posix_fallocate(file.number(), 0, static_cast<off_t>(bytes)) != 0) return false;
  size_ = bytes;
  return true;
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
