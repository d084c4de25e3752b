#pragma once

#include <sys/types.h>

#include <string>

#include "files/path_walk.h"

namespace upyd {

/// A directory that is the root of all that can be reached through it: neither `..` nor a symbolic link leads out. Any
/// thread.
class FileRoot {
 public:
  /// Who finds what a path names within the root: the kernel, or where it is not allowed to (openat2(2) is refused), a
  /// walk from directory to directory.
  enum class Resolver { Kernel, Walk };
  /// Takes over `descriptor`, an open directory.
  FileRoot(int descriptor, Links links) : FileRoot(descriptor, links, best_resolver(descriptor)) {}
  /// The same with that resolver, whether the system has it or not.
  FileRoot(int descriptor, Links links, Resolver resolver)
      : descriptor_(descriptor), links_(links), resolver_(resolver) {}
  ~FileRoot();
  FileRoot(const FileRoot&) = delete;
  FileRoot& operator=(const FileRoot&) = delete;

  /// As open(2), of an absolute path within the root. Returns -1 and sets errno.
  int open_below(const std::string& path, int flags, mode_t mode) const;
  Links links() const { return links_; }
  /// The directory itself, which stays the root's.
  int descriptor() const { return descriptor_; }

 private:
  static Resolver best_resolver(int descriptor);

  const int descriptor_;
  const Links links_;
  const Resolver resolver_;
};

}  // namespace upyd
