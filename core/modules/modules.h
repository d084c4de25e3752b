#pragma once

#include "objects/model/module.h"

/// The native modules, one file each. A new one is declared here and listed in registry.cpp.
namespace upy {

extern const NativeModule array_module, asyncio_module, binascii_module, builtins_module, cmath_module,
    collections_module, errno_module, framebuf_module, gc_module, hashlib_module, heapq_module, io_module, json_module,
    machine_module, math_module, micropython_module, os_module, platform_module, random_module, re_module,
    select_module, struct_module, sys_module, time_module, uctypes_module, vfs_module;

/// micropython.RingIO.
extern const Type ring_io_type;

/// The builtin name's value, or null; see Library::find_builtin.
const Value* find_builtin(const Str* name);

}  // namespace upy
