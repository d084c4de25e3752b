#pragma once

#include "objects/runtime/type.h"

namespace upy {

/// mount(file_system, point, *, readonly=False, mkfs=False), or mount() for a list of (file system, point).
Result<Value> vfs_mount(Vm& vm, Args args);
/// umount(point or file_system).
Result<Value> vfs_umount(Vm& vm, Args args);

}  // namespace upy
