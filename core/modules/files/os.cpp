#include "modules/files/os.h"

#include <sys/random.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>

#include "modules/files/mount_table.h"
#include "modules/files/vfs.h"
#include "modules/files/vfs_posix.h"
#include "modules/modules.h"
#include "modules/sys.h"
#include "objects/containers/dict.h"
#include "objects/containers/iterator.h"
#include "objects/containers/list.h"
#include "objects/containers/named_tuple.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/streams/file.h"
#include "objects/strings/bytes.h"
#include "objects/strings/codec.h"

/// os: the files in the file systems that are mounted, an environment of the instance's own, and random bytes.
namespace upy {
namespace {

// ---- the current directory ----

/// chdir(path).
Result<Value> os_chdir(Vm& vm, Args args) {
  auto& table = vm.state<MountTable>();
  if (TRY(find_place(vm, args[0])).kind != Place::Kind::Root) {
    const Target target = TRY(find_target(vm, args[0]));
    TRY(vm.call_method(target.mount->file_system, "chdir"_n, {target.path}));
    table.set_current(target.mount);
    return Value::none();
  }
  // What is mounted at the root has the relative paths from here on, and shall begin at its own.
  if (const Mount* root = table.root()) TRY(vm.call_method(root->file_system, "chdir"_n, {"/"_n}));
  table.set_current(nullptr);
  return Value::none();
}

/// getcwd().
Result<Value> os_getcwd(Vm& vm, Args) {
  const Mount* mount = vm.state<MountTable>().current();
  if (!mount) return "/"_n;
  const Value inside = TRY(vm.call_method(mount->file_system, "getcwd"_n));
  if (mount->is_root()) return inside;
  const std::string_view path = TRY(view_path(vm, inside));
  StrBuilder whole;
  TRY(whole.write(vm, mount->point->view()));
  if (path != "/") TRY(whole.write(vm, path));
  return text_of_host(vm, whole.view());
}

// ---- directories ----

/// What ilistdir answers for the root: the mount points, then what the file system at the root has.
struct RootIterator : Object {
  const Mount* next;  ///< null at the end
  Value rest;         ///< the iterator of the file system at the root; null before that
  bool bytes;         ///< names are told as bytes, since the path was
};

RootIterator* iterator_of(Value self) { return static_cast<RootIterator*>(self.as_object()); }

Result<Value> make_text(Vm& vm, std::string_view text, bool bytes) {
  return bytes ? Result<Value>(TRY(Bytes::make(vm, text))) : Result<Value>(TRY(Str::make(vm, text)));
}

/// Lists the file system at the root.
Result<Value> list_root(Vm& vm, const Mount* mount, bool bytes) {
  return vm.call_method(mount->file_system, "ilistdir"_n, {TRY(make_text(vm, "/", bytes))});
}

/// (name, kind, inode).
Result<Value> root_next(Vm& vm, Value self_value) {
  RootIterator* self = iterator_of(self_value);
  TRY(vm.check_stack());  // of what is mounted on the root, the iterator may be such a one as well
  if (self->rest) return get_next(vm, self->rest);
  const Mount* const mount = self->next;
  if (!mount) return stop_iteration(vm);
  self->next = mount->next;
  if (mount->is_root()) {
    self->rest = TRY(get_iter(vm, TRY(list_root(vm, mount, self->bytes))));
    return get_next(vm, self->rest);
  }
  const Value fields[] = {TRY(make_text(vm, mount->point->view().substr(1), self->bytes)), Value::small_int(S_IFDIR),
                          Value::small_int(0)};
  return TRY(Tuple::make(vm, fields));
}

void trace_root_iterator(Object* object, Marker& marker) {
  auto* self = static_cast<RootIterator*>(object);
  marker.mark(self->next);
  marker.mark(self->rest);
}

constexpr CellKind kRootIteratorKind{.trace = trace_root_iterator};

constinit const Type root_iterator_type{
    {.name = "iterator"_n, .kind = &kRootIteratorKind, .flags = Type::kHashByAddress, .slots = {.next = root_next}}};

/// ilistdir([path]): an iterator over (name, kind, inode).
Result<Value> os_ilistdir(Vm& vm, Args args) {
  const Value path = args.size() ? args[0] : ""_n;
  if (TRY(find_place(vm, path)).kind != Place::Kind::Root) return call_at(vm, path, "ilistdir"_n);
  const Mount* const first = vm.state<MountTable>().first();
  const bool bytes = as<Bytes>(path, bytes_type);
  if (first && first->is_root()) return list_root(vm, first, bytes);
  auto* iterator = TRY(vm.allocate<RootIterator>(root_iterator_type));
  iterator->next = first;
  iterator->rest = Value();
  iterator->bytes = bytes;
  return iterator;
}

/// listdir([path]): the names.
Result<Value> os_listdir(Vm& vm, Args args) {
  Iteration entries;
  TRY(entries.begin(vm, TRY(os_ilistdir(vm, args))));
  List* names = TRY(List::make(vm));
  while (true) {
    const Value entry = TRY(entries.next(vm));
    if (entry.is_stop()) return names;
    TRY(names->append(vm, TRY(get_item(vm, entry, Value::small_int(0)))));
  }
}

/// mkdir(path).
Result<Value> os_mkdir(Vm& vm, Args args) {
  const Place place = TRY(find_place(vm, args[0]));
  const bool is_mount_point = place.kind == Place::Kind::Inside && place.path == "/";
  if (place.kind == Place::Kind::Root || is_mount_point) return vm.raise_os_error(EEXIST);
  return call_at(vm, args[0], "mkdir"_n);
}

/// rmdir(path).
Result<Value> os_rmdir(Vm& vm, Args args) { return call_at(vm, args[0], "rmdir"_n); }

// ---- files ----

/// remove(path) and unlink(path).
Result<Value> os_remove(Vm& vm, Args args) { return call_at(vm, args[0], "remove"_n); }

/// rename(old_path, new_path): within one file system.
Result<Value> os_rename(Vm& vm, Args args) {
  const Target from = TRY(find_target(vm, args[0])), to = TRY(find_target(vm, args[1]));
  if (from.mount != to.mount) return vm.raise_os_error(EPERM);
  return vm.call_method(from.mount->file_system, "rename"_n, {from.path, to.path});
}

constexpr Value kZero = Value::small_int(0);

/// stat(path): (mode, inode, device, links, owner, group, size, accessed, modified, changed). The root, where file
/// systems are mounted, is just a directory.
Result<Value> os_stat(Vm& vm, Args args) {
  static constexpr StaticTuple<10> kRoot{
      Value::small_int(S_IFDIR), kZero, kZero, kZero, kZero, kZero, kZero, kZero, kZero, kZero};
  if (TRY(find_place(vm, args[0])).kind == Place::Kind::Root) return &kRoot;
  return call_at(vm, args[0], "stat"_n);
}

/// statvfs(path): (block size, fragment size, blocks, free, available, files, free, available, flags, name length).
/// That of the root is that of the file system mounted there.
Result<Value> os_statvfs(Vm& vm, Args args) {
  static constexpr StaticTuple<10> kNothing{kZero, kZero, kZero, kZero, kZero,
                                            kZero, kZero, kZero, kZero, Value::small_int(NAME_MAX)};
  if (TRY(find_place(vm, args[0])).kind != Place::Kind::Root) return call_at(vm, args[0], "statvfs"_n);
  const Mount* const root = vm.state<MountTable>().root();
  return root ? vm.call_method(root->file_system, "statvfs"_n, {"/"_n}) : Result<Value>(&kNothing);
}

// ---- the environment ----

/// The variables of an instance. They begin as its config says; changing them changes nothing for the process.
struct Environment final : ModuleState {
  static constexpr char kKey = 0;
  explicit Environment(Vm&) {}
  void mark(Marker& marker) override { marker.mark(variables); }
  Dict* variables = nullptr;
};

Result<Dict*> environment(Vm& vm) {
  auto& state = vm.state<Environment>();
  if (state.variables) return state.variables;
  Dict* variables = TRY(Dict::make(vm));
  for (const auto& [name, value] : vm.config.environment)
    TRY(variables->set(vm, TRY(text_of_host(vm, name)), TRY(text_of_host(vm, value))));
  return state.variables = variables;
}

Result<Str*> to_variable(Vm& vm, Value value) {
  if (auto* str = as<Str>(value, str_type)) return str;
  return vm.raise(Error::cant_convert_implicitly, {type_of(value), "str"});
}

/// getenv(name[, default]).
Result<Value> os_getenv(Vm& vm, Args args) {
  const Value value = TRY(TRY(environment(vm))->get(vm, TRY(to_variable(vm, args[0]))));
  if (!value.is_absent()) return value;
  return args.size() > 1 ? args[1] : Value::none();
}

}  // namespace

Result<std::string_view> environment_variable(Vm& vm, std::string_view name) {
  const Value value = TRY(environment(vm))->get(TRY(vm.strings.intern(name)));
  const Str* text = value ? as<Str>(value, str_type) : nullptr;
  return text ? text->view() : std::string_view();
}

namespace {

/// putenv(name, value).
Result<Value> os_putenv(Vm& vm, Args args) {
  TRY(TRY(environment(vm))->set(vm, TRY(to_variable(vm, args[0])), TRY(to_variable(vm, args[1]))));
  return Value::none();
}

/// unsetenv(name).
Result<Value> os_unsetenv(Vm& vm, Args args) {
  TRY(TRY(environment(vm))->remove(vm, TRY(to_variable(vm, args[0]))));
  return Value::none();
}

// ---- the rest ----

/// urandom(n): n bytes of the system's random generator.
Result<Value> os_urandom(Vm& vm, Args args) {
  constexpr size_t kChunk = 256;  // as many as getrandom(2) gives without being interrupted
  const int64_t size = TRY(to_int64(vm, args[0]));
  if (size < 0) return vm.raise(Error::negative_size);
  Bytes* bytes = TRY(Bytes::make_raw(vm, static_cast<size_t>(size)));
  for (size_t at = 0; at < bytes->size; at += kChunk) {
    const size_t count = std::min(kChunk, bytes->size - at);
    if (getrandom(bytes->data() + at, count, 0) < 0) return vm.raise_os_error(errno);
    TRY(vm.poll());
  }
  return bytes;
}

constexpr StaticTuple<5> kUnameFields{Value("sysname"_n), Value("nodename"_n), Value("release"_n), Value("version"_n),
                                      Value("machine"_n)};
constinit const NamedTupleShape kUnameShape{attr_tuple_type, kUnameFields};

/// uname(): what runs the script; the same as sys tells.
Result<Value> os_uname(Vm& vm, Args) {
  const Value platform = TRY(Str::make(vm, vm.config.platform));
  const Value fields[] = {platform, "upyd"_n, kVersion, kVersionText, "upyd"_n};
  Tuple* tuple = TRY(Tuple::make_shaped(vm, &kUnameShape, std::size(fields)));
  std::copy(std::begin(fields), std::end(fields), tuple->items());
  return tuple;
}

constexpr Member kMembers[] = {
    {"VfsPosix"_n, Value(&vfs_posix_type)},
    {"__name__"_n, Value("os"_n)},
    {"chdir"_n, native<os_chdir, 1>},
    {"getcwd"_n, native<os_getcwd, 0>},
    {"getenv"_n, native<os_getenv, 1, 2>},
    {"ilistdir"_n, native<os_ilistdir, 0, 1>},
    {"listdir"_n, native<os_listdir, 0, 1>},
    {"mkdir"_n, native<os_mkdir, 1>},
    {"mount"_n, native<vfs_mount, 0, 2, NativeFunction::kKeywords>},
    {"putenv"_n, native<os_putenv, 2>},
    {"remove"_n, native<os_remove, 1>},
    {"rename"_n, native<os_rename, 2>},
    {"rmdir"_n, native<os_rmdir, 1>},
    {"sep"_n, Value("/"_n)},
    {"stat"_n, native<os_stat, 1>},
    {"statvfs"_n, native<os_statvfs, 1>},
    {"umount"_n, native<vfs_umount, 1>},
    {"uname"_n, native<os_uname, 0>},
    {"unlink"_n, native<os_remove, 1>},
    {"unsetenv"_n, native<os_unsetenv, 1>},
    {"urandom"_n, native<os_urandom, 1>},
};

}  // namespace

constinit const NativeModule os_module{"os"_n, kMembers};

}  // namespace upy
