#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "system/lost_pages.h"

namespace upyd {

/// Memory of one log: a file that is mapped, or the process's own. A file takes only what was asked for by `allocate`.
///
/// Writing to it is writing to memory, and what was written is the kernel's at once, so that it outlives the process
/// however that ends: pwrite(2) would take 400 ns and more for each line, several times what printing it takes else,
/// and lines that are gathered before they are written are lost by just the faults that one wants to understand. The
/// price:
///
/// - The system must have given a page before it is touched, which `allocate` sees to. A file that it has no room for
/// is
///   given up for memory of the process.
/// - The file is within reach of others, who may shorten it, write to it, remove it or put another one in its place. So
///   it is touched by LogMemory::Touch alone, which survives lost pages; nothing that is read from it is believed; and
///   one that is found changed is given up for a new one.
class LogMemory {
 public:
  /// Is told, with locks of the log held, what becomes of the file of a log, and why.
  enum class Trouble : uint8_t { NoRoom, Changed };
  using Complain = std::function<void(Trouble trouble, const std::string& path, int error)>;

  /// Memory of the process. Null: there is none.
  static std::unique_ptr<LogMemory> own(size_t limit);
  /// That of a new file, or of the process if that can't be had. Null: nor that.
  static std::unique_ptr<LogMemory> of_new_file(const std::string& path, size_t limit, Complain complain);
  /// Null if it can't be had.
  static std::unique_ptr<LogMemory> of_old_file(const std::string& path, Complain complain);
  ~LogMemory();
  LogMemory(const LogMemory&) = delete;
  LogMemory& operator=(const LogMemory&) = delete;

  /// To be had by who touches what is at `data`. For one thread at a time.
  class Touch : public TouchesMapping {
   public:
    explicit Touch(LogMemory& memory) : TouchesMapping(memory.mapping_) {}
  };
  char* data() const { return mapping_.data; }
  /// So many bytes of it may be touched; at most `limit`.
  size_t size() const { return size_; }
  size_t limit() const { return mapping_.size; }
  /// Has `size` be `bytes` or more: more than before, and not more than `limit`. False: the system does not give them.
  bool allocate(size_t bytes);

  /// What was in it was lost meanwhile.
  bool is_lost() const { return mapping_.is_lost; }
  /// Gives up what is in it: `size` is 0 in a new file, or `limit` in memory of the process where there can be none.
  void renew();

  /// Of a file: gives it another name, or removes it; the memory stays.
  bool rename(const std::string& path);
  void remove();
  bool is_file() const { return !path_.empty(); }

 private:
  LogMemory(std::string path, Complain complain, char* data, size_t size, size_t limit);
  void map_new_file();
  bool map(int descriptor);
  int allocate_in_file(size_t bytes) const;
  bool leave_file(int error);

  std::string path_;  // empty: memory of the process
  const Complain complain_;
  FileMapping mapping_;
  size_t size_;
  dev_t device_ = 0;  // the file, which by its path may be another one
  ino_t inode_ = 0;
};

}  // namespace upyd
