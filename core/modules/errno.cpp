#include <cerrno>

#include "modules/modules.h"
#include "objects/dict.h"
#include "objects/str.h"
#include "objects/vm.h"

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

struct ErrnoState final : ModuleState {
  static constexpr char kKey = 0;
  explicit ErrnoState(Vm&) {}
  void mark(Marker& marker) override { marker.mark(codes); }
  Dict* codes = nullptr;  ///< number -> name; null until asked for
};

/// The names by their numbers, in a dict that scripts cannot change.
Result<Dict*> error_codes(Vm& vm) {
  auto& state = vm.state<ErrnoState>();
  if (state.codes) return state.codes;
  Dict* codes = TRY(Dict::make(vm, std::size(kMembers)));
  for (const Member& member : kMembers)
    if (member.value.is_small_int()) TRY(codes->set(vm, member.value, member.name));
  codes->freeze();
  return state.codes = codes;
}

Result<Value> errno_get_attr(Vm& vm, const Str* name) {
  if (name == "errorcode"_n) return TRY(error_codes(vm));
  return Value::absent();
}

}  // namespace

constinit const NativeModule errno_module{.name = "errno"_n, .members = kMembers, .get_attr = errno_get_attr};

}  // namespace upy
