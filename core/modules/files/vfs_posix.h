#pragma once

#include <string>

#include "objects/runtime/type.h"
#include "port/port.h"

namespace upy {

/// The file system of the host's files, as far as its Files show them to the instance.
extern const Type vfs_posix_type;

struct Bytes;

/// The host's files below a directory. Absolute paths begin there; relative ones at the current directory of Files.
struct VfsPosix : Object {
  Bytes* root;  ///< an absolute path without a slash at its end; empty: all files
  bool is_read_only;

  /// A path of this file system as Files takes it.
  std::string host_path(std::string_view path) const;
};

/// VfsPosix().
Result<VfsPosix*> make_vfs_posix(Vm& vm);

}  // namespace upy
