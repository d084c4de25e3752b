#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <unordered_map>

#include "port/port.h"

namespace upyd {

/// What the files of a board take of what they may, by the daemon's own count: nobody else changes them. Bytes are the
/// sizes of files, holes included; directories count as files, and take no bytes. A file that was removed while it is
/// open keeps its bytes until it is closed. New files that are not complete are counted apart, and may take as much
/// again. Its tree's lock guards it.
class Quota {
 public:
  Quota(uint64_t most_bytes, uint64_t most_files) : most_bytes_(most_bytes), most_files_(most_files) {}
  /// The same limits, with what is in a directory, which is open for reading.
  upy::PortError count(int root, Quota& counted) const;
  /// ENOSPC if more is there than may be, or if so much was all there is.
  upy::PortError admit_all() const { return admit_tree(files_, bytes_); }
  upy::PortError admit_tree(uint64_t files, uint64_t bytes) const;

  /// From now on. What is there already stays.
  void set_limits(uint64_t most_bytes, uint64_t most_files) {
    most_bytes_ = most_bytes;
    most_files_ = most_files;
  }

  /// ENOSPC if there may be no further file.
  upy::PortError admit_file() const;
  /// ENOSPC if `growth` bytes do not fit, once so many are given back.
  upy::PortError admit_bytes(uint64_t growth, uint64_t given_back) const;
  /// ENOSPC if `growth` bytes of new files do not fit beside those that are not complete either.
  upy::PortError admit_unfinished(uint64_t growth) const;
  /// What a file may grow by.
  uint64_t room() const { return bytes_ < most_bytes_ ? most_bytes_ - bytes_ : 0; }

  // What happened.
  void file_added(uint64_t size);
  void file_resized(uint64_t before, uint64_t now);
  void unfinished_grew(uint64_t bytes) { unfinished_bytes_ += bytes; }
  void unfinished_gone(uint64_t bytes) { unfinished_bytes_ -= bytes < unfinished_bytes_ ? bytes : unfinished_bytes_; }
  void file_opened(const struct stat& status) { ++open_[status.st_ino].times; }
  void file_closed(const struct stat& status);
  /// A name of a file or directory is gone; `before` is what it was then.
  void name_removed(const struct stat& before);
  /// The bytes that would be given back if that name were removed.
  uint64_t freed_by_removing(const struct stat& status) const;

  upy::FileSystemStatus status() const;

 private:
  struct Open {
    uint32_t times = 0;
    bool is_removed = false;  // it has no name any more
  };

  void take(uint64_t bytes) { bytes_ -= bytes < bytes_ ? bytes : bytes_; }

  uint64_t most_bytes_, most_files_;
  uint64_t bytes_ = 0, files_ = 0;
  uint64_t unfinished_bytes_ = 0;
  std::unordered_map<ino_t, Open> open_;  // files that are open
};

}  // namespace upyd
