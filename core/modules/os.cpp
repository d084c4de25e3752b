#include <sys/random.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "modules/modules.h"
#include "modules/sys.h"
#include "objects/bytes.h"
#include "objects/class_instance.h"
#include "objects/codec.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/file.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/iterator.h"
#include "objects/list.h"
#include "objects/named_tuple.h"
#include "objects/operations.h"
#include "objects/str.h"
#include "objects/tuple.h"

/// os: the files that the host lets an instance see, an environment of the instance's own, and random bytes.
namespace upy {
namespace {

// ---- directories ----

/// What ilistdir answers: an iterator over an open directory.
struct DirectoryIterator : Object {
  Directory* directory;  ///< owned; null at the end
  bool bytes;            ///< names are told as bytes, since the path was
};

/// A name as str; as bytes if those were asked for or if it is no text.
Result<Value> make_file_name(Vm& vm, std::string_view name, bool bytes) {
  return bytes ? Result<Value>(TRY(Bytes::make(vm, name))) : text_of_host(vm, name);
}

void close(DirectoryIterator* self) {
  delete self->directory;
  self->directory = nullptr;
}

/// (name, kind, inode).
Result<Value> directory_next(Vm& vm, Value self_value) {
  auto* self = static_cast<DirectoryIterator*>(self_value.as_object());
  if (!self->directory) return stop_iteration(vm);
  DirectoryEntry entry;
  if (const PortError error = self->directory->next(entry)) return vm.raise_os_error(error);
  if (entry.name.empty()) {
    close(self);
    return stop_iteration(vm);
  }
  const Value fields[] = {TRY(make_file_name(vm, entry.name, self->bytes)), Value::small_int(entry.kind),
                          TRY(make_int(vm, entry.inode))};
  return TRY(Tuple::make(vm, fields));
}

constexpr CellKind kDirectoryKind{.finalize = [](Object* object) { close(static_cast<DirectoryIterator*>(object)); }};

constinit const Type directory_iterator_type{
    {.name = "iterator"_n, .kind = &kDirectoryKind, .flags = Type::kHashByAddress, .slots = {.next = directory_next}}};

/// The path that a function was given; the current directory if none.
Result<std::string> path_or_current(Vm& vm, Args args) {
  return args.size() ? to_path(vm, args[0]) : Result<std::string>(std::string());
}

/// ilistdir([path]).
Result<Value> os_ilistdir(Vm& vm, Args args) {
  const std::string path = TRY(path_or_current(vm, args));
  auto* self = TRY(vm.allocate<DirectoryIterator>(directory_iterator_type));
  self->directory = nullptr;
  self->bytes = args.size() && as<Bytes>(args[0], bytes_type);
  std::unique_ptr<Directory> directory;
  if (const PortError error = vm.ports.files.open_directory(path, directory)) return vm.raise_os_error(error);
  self->directory = directory.release();
  vm.heap.add_finalizer(self);
  return self;
}

/// listdir([path]): the names.
Result<Value> os_listdir(Vm& vm, Args args) {
  const Value entries = TRY(os_ilistdir(vm, args));
  List* names = TRY(List::make(vm));
  while (true) {
    const Value entry = TRY(directory_next(vm, entries));
    if (entry.is_stop()) return names;
    TRY(names->append(vm, (*static_cast<Tuple*>(entry.as_object()))[0]));
    TRY(vm.poll());
  }
}

// ---- files ----

/// Calls an operation of Files on the path in the argument.
template <PortError (Files::*operation)(const std::string&)>
Result<Value> on_path(Vm& vm, Args args) {
  const std::string path = TRY(to_path(vm, args[0]));
  if (const PortError error = (vm.ports.files.*operation)(path)) return vm.raise_os_error(error);
  return Value::none();
}

Result<Value> os_rename(Vm& vm, Args args) {
  const std::string from = TRY(to_path(vm, args[0])), to = TRY(to_path(vm, args[1]));
  if (const PortError error = vm.ports.files.rename(from, to)) return vm.raise_os_error(error);
  return Value::none();
}

Result<Value> os_getcwd(Vm& vm, Args) {
  std::string path;
  if (const PortError error = vm.ports.files.current_directory(path)) return vm.raise_os_error(error);
  return make_file_name(vm, path, false);
}

Result<Value> make_ints(Vm& vm, std::initializer_list<int64_t> numbers) {
  Tuple* tuple = TRY(Tuple::make(vm, numbers.size()));
  size_t i = 0;
  for (const int64_t number : numbers) (*tuple)[i++] = TRY(make_int(vm, number));
  return tuple;
}

/// stat(path): (mode, inode, device, links, owner, group, size, accessed, modified, changed).
Result<Value> os_stat(Vm& vm, Args args) {
  FileStatus status;
  if (const PortError error = vm.ports.files.stat(TRY(to_path(vm, args[0])), status)) return vm.raise_os_error(error);
  return make_ints(vm, {int64_t{status.mode}, static_cast<int64_t>(status.inode), static_cast<int64_t>(status.device),
                        static_cast<int64_t>(status.links), int64_t{status.owner}, int64_t{status.group}, status.size,
                        status.accessed_s, status.modified_s, status.changed_s});
}

/// statvfs(path): (block size, fragment size, blocks, free, available, files, free, available, flags, name length).
Result<Value> os_statvfs(Vm& vm, Args args) {
  FileSystemStatus status;
  const std::string path = TRY(to_path(vm, args[0]));
  if (const PortError error = vm.ports.files.stat_file_system(path, status)) return vm.raise_os_error(error);
  auto number = [](uint64_t n) { return static_cast<int64_t>(n); };
  return make_ints(
      vm, {number(status.block_size), number(status.fragment_size), number(status.blocks), number(status.free_blocks),
           number(status.available_blocks), number(status.files), number(status.free_files),
           number(status.available_files), number(status.flags), number(status.name_max)});
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
  const Value fields[] = {platform, "upyd"_n, "1.29.0"_n, kVersionText, "upyd"_n};
  Tuple* tuple = TRY(Tuple::make_shaped(vm, &kUnameShape, std::size(fields)));
  std::copy(std::begin(fields), std::end(fields), tuple->items());
  return tuple;
}

constexpr Member kMembers[] = {
    {"__name__"_n, Value("os"_n)},
    {"chdir"_n, native<on_path<&Files::change_directory>, 1>},
    {"getcwd"_n, native<os_getcwd, 0>},
    {"getenv"_n, native<os_getenv, 1, 2>},
    {"ilistdir"_n, native<os_ilistdir, 0, 1>},
    {"listdir"_n, native<os_listdir, 0, 1>},
    {"mkdir"_n, native<on_path<&Files::make_directory>, 1>},
    {"putenv"_n, native<os_putenv, 2>},
    {"remove"_n, native<on_path<&Files::remove>, 1>},
    {"rename"_n, native<os_rename, 2>},
    {"rmdir"_n, native<on_path<&Files::remove_directory>, 1>},
    {"sep"_n, Value("/"_n)},
    {"stat"_n, native<os_stat, 1>},
    {"statvfs"_n, native<os_statvfs, 1>},
    {"uname"_n, native<os_uname, 0>},
    {"unlink"_n, native<on_path<&Files::remove>, 1>},
    {"unsetenv"_n, native<os_unsetenv, 1>},
    {"urandom"_n, native<os_urandom, 1>},
};

}  // namespace

constinit const NativeModule os_module{"os"_n, kMembers};

}  // namespace upy
