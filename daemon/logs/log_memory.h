#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace upyd {

/// Memory of one log: a file that is mapped, or the process's own. A file takes only what was asked for by `allocate`.
///
/// Writing to it is writing to memory: a system call for each line (0.4 us by pwrite) would be more than a line takes
/// else, and what was written is the kernel's at once, so that it outlives the process however that ends. The price is
/// that the system must have given a page before it is touched, which `allocate` sees to: where a file system is full,
/// who writes into a hole of a mapped file gets SIGBUS.
class LogMemory {
 public:
  /// Memory of the process. Null: there is none.
  static std::unique_ptr<LogMemory> own(size_t limit);
  /// That of a new file, or of the one that is there. Null, with errno, if it can't be had.
  static std::unique_ptr<LogMemory> of_new_file(const std::string& path, size_t limit);
  static std::unique_ptr<LogMemory> of_old_file(const std::string& path);
  ~LogMemory();
  LogMemory(const LogMemory&) = delete;
  LogMemory& operator=(const LogMemory&) = delete;

  char* data() const { return data_; }
  /// So many bytes of it may be touched; at most `limit`.
  size_t size() const { return size_; }
  size_t limit() const { return limit_; }
  /// Has `size` be `bytes`, which are more than before and not more than `limit`. False: the system does not give them.
  bool allocate(size_t bytes);

  /// Of a file: gives it another name, or removes it; the memory stays.
  bool rename(const std::string& path);
  void remove();
  bool is_file() const { return !path_.empty(); }

 private:
  LogMemory(std::string path, char* data, size_t size, size_t limit)
      : path_(std::move(path)), data_(data), size_(size), limit_(limit) {}
  static std::unique_ptr<LogMemory> map(const std::string& path, int descriptor, size_t size, size_t limit);

  std::string path_;  // empty: memory of the process
  char* const data_;
  size_t size_;
  const size_t limit_;
};

}  // namespace upyd
