#include <cerrno>

#include "modules/modules.h"
#include "objects/str.h"

/// errno: the numbers of system errors.
namespace upy {

namespace {

constexpr Member kMembers[] = {
    {"__name__"_n, Value("errno"_n)},
    {"EACCES"_n, Value::small_int(EACCES)},
    {"EADDRINUSE"_n, Value::small_int(EADDRINUSE)},
    {"EAGAIN"_n, Value::small_int(EAGAIN)},
    {"EALREADY"_n, Value::small_int(EALREADY)},
    {"EBADF"_n, Value::small_int(EBADF)},
    {"EBUSY"_n, Value::small_int(EBUSY)},
    {"ECONNABORTED"_n, Value::small_int(ECONNABORTED)},
    {"ECONNREFUSED"_n, Value::small_int(ECONNREFUSED)},
    {"ECONNRESET"_n, Value::small_int(ECONNRESET)},
    {"EEXIST"_n, Value::small_int(EEXIST)},
    {"EHOSTUNREACH"_n, Value::small_int(EHOSTUNREACH)},
    {"EINPROGRESS"_n, Value::small_int(EINPROGRESS)},
    {"EINVAL"_n, Value::small_int(EINVAL)},
    {"EIO"_n, Value::small_int(EIO)},
    {"EISDIR"_n, Value::small_int(EISDIR)},
    {"ENOBUFS"_n, Value::small_int(ENOBUFS)},
    {"ENODEV"_n, Value::small_int(ENODEV)},
    {"ENOENT"_n, Value::small_int(ENOENT)},
    {"ENOMEM"_n, Value::small_int(ENOMEM)},
    {"ENOTCONN"_n, Value::small_int(ENOTCONN)},
    {"EOPNOTSUPP"_n, Value::small_int(EOPNOTSUPP)},
    {"EPERM"_n, Value::small_int(EPERM)},
    {"ETIMEDOUT"_n, Value::small_int(ETIMEDOUT)},
};

}  // namespace

constinit const NativeModule errno_module{"errno"_n, kMembers};

}  // namespace upy
