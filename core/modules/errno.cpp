#include <cerrno>

#include "modules/modules.h"
#include "objects/containers/dict.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// errno: the numbers of system errors.
namespace upy {

namespace {

constexpr Member kMembers[] = {
    {"__name__"_n, Value("errno"_n)},
#define ERRNO(name) {#name ""_n, Value::small_int(name)},
#include "defs/errno.def"
#undef ERRNO
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
