#include "modules/files/vfs.h"

#include <cerrno>

#include "modules/files/mount_table.h"
#include "modules/files/vfs_posix.h"
#include "modules/modules.h"
#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/native_function.h"
#include "objects/runtime/arguments.h"

/// vfs: what is mounted where.
namespace upy {
namespace {

/// The file systems and their mount points, in the order in which paths are looked up.
Result<Value> list_mounts(Vm& vm) {
  List* mounts = TRY(List::make(vm));
  for (const Mount* mount = vm.state<MountTable>().first(); mount; mount = mount->next) {
    const Value fields[] = {mount->file_system, mount->point};
    TRY(mounts->append(vm, TRY(Tuple::make(vm, fields))));
  }
  return mounts;
}

}  // namespace

Result<Value> vfs_mount(Vm& vm, Args args) {
  constexpr Parameter kParameters[] = {{"readonly"_n, Parameter::Kind::KeywordOnly, Value::boolean(false)},
                                       {"mkfs"_n, Parameter::Kind::KeywordOnly, Value::boolean(false)}};
  if (args.size() == 0) return list_mounts(vm);
  TRY(check_arguments(vm, {args.values, args.positional}, 2, 2));
  Value values[2];
  TRY(parse_arguments(vm, args.skip(2), kParameters, values));
  TRY(mount(vm, args[0], args[1], values[0], values[1]));
  return Value::none();
}

Result<Value> vfs_umount(Vm& vm, Args args) {
  const Mount* mount = vm.state<MountTable>().remove(args[0]);
  if (!mount) return vm.raise_os_error(EINVAL);
  TRY(vm.call_method(mount->file_system, "umount"_n));
  return Value::none();
}

namespace {

constexpr Member kMembers[] = {
    {"VfsPosix"_n, Value(&vfs_posix_type)},
    {"__name__"_n, Value("vfs"_n)},
    {"mount"_n, native<vfs_mount, 0, 2, NativeFunction::kKeywords>},
    {"umount"_n, native<vfs_umount, 1>},
};

}  // namespace

constinit const NativeModule vfs_module{"vfs"_n, kMembers};

}  // namespace upy
