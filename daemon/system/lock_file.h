#pragma once

#include <stdexcept>
#include <string>

namespace upyd {

/// A lock that can't be had; what() says why, and if another process holds it, which.
class LockError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file that one process at a time can hold: a lock of the kernel's, which ends with the process, however that ends.
/// The file holds the number of the process, and is removed with the lock.
class LockFile {
 public:
  /// Makes the file if it is not there. Throws LockError.
  explicit LockFile(std::string path);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  const std::string path_;
  int descriptor_;
};

}  // namespace upyd
