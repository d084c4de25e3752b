#include "modules/files/vfs_posix.h"

#include <cerrno>

#include "objects/containers/iterator.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/streams/file.h"
#include "objects/strings/bytes.h"
#include "objects/strings/codec.h"

namespace upy {

std::string VfsPosix::host_path(std::string_view path) const {
  std::string whole(path.starts_with('/') ? root->view() : std::string_view());
  return whole += path;
}

namespace {

VfsPosix* self_of(Args args) { return static_cast<VfsPosix*>(args[0].as_object()); }

/// The path in an argument as Files takes it.
Result<std::string> to_host_path(Vm& vm, const VfsPosix* self, Value path) {
  return self->host_path(TRY(view_path(vm, path)));
}

Result<void> check_writable(Vm& vm, const VfsPosix* self) {
  return self->is_read_only ? vm.raise_os_error(EROFS) : Result<void>();
}

Result<Value> none_or_error(Vm& vm, const PortError& error) {
  return error ? Result<Value>(vm.raise_os_error(error)) : Value::none();
}

Result<VfsPosix*> make(Vm& vm, std::string_view root_path) {
  Bytes* root = TRY(Bytes::make(vm, root_path));
  auto* self = TRY(vm.allocate<VfsPosix>(vfs_posix_type));
  self->root = root;
  self->is_read_only = false;
  return self;
}

/// VfsPosix([root]): a relative root is one of the directory that is current now.
Result<Value> construct(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 0, 1));
  if (args.size() == 0) return TRY(make_vfs_posix(vm));
  std::string root = TRY(to_path(vm, args[0]));
  if (!root.empty() && !root.starts_with('/')) {
    std::string current;
    if (const PortError error = vm.ports.files.current_directory(current)) return vm.raise_os_error(error);
    root = current + '/' + root;
  }
  while (root.ends_with('/')) root.pop_back();
  return TRY(make(vm, root));
}

void trace(Object* object, Marker& marker) { marker.mark(static_cast<VfsPosix*>(object)->root); }

// ---- mounting ----

/// mount(readonly, mkfs).
Result<Value> posix_mount(Vm& vm, Args args) {
  if (TRY(truth(vm, args[1]))) self_of(args)->is_read_only = true;
  if (TRY(truth(vm, args[2]))) return vm.raise_os_error(EPERM);
  return Value::none();
}

/// umount(): there is nothing to do.
Result<Value> posix_umount(Vm&, Args) { return Value::none(); }

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

/// ilistdir(path).
Result<Value> posix_ilistdir(Vm& vm, Args args) {
  const std::string path = TRY(to_host_path(vm, self_of(args), args[1]));
  auto* iterator = TRY(vm.allocate<DirectoryIterator>(directory_iterator_type));
  iterator->directory = nullptr;
  iterator->bytes = as<Bytes>(args[1], bytes_type);
  std::unique_ptr<Directory> directory;
  if (const PortError error = vm.ports.files.open_directory(path, directory)) return vm.raise_os_error(error);
  iterator->directory = directory.release();
  vm.heap.add_finalizer(iterator);
  return iterator;
}

/// chdir(path).
Result<Value> posix_chdir(Vm& vm, Args args) {
  return none_or_error(vm, vm.ports.files.change_directory(TRY(to_host_path(vm, self_of(args), args[1]))));
}

/// getcwd(): the current directory from the root on; OSError(ENOENT) if it lies outside.
Result<Value> posix_getcwd(Vm& vm, Args args) {
  std::string path;
  if (const PortError error = vm.ports.files.current_directory(path)) return vm.raise_os_error(error);
  const std::string_view root = self_of(args)->root->view();
  const bool is_inside =
      path.starts_with(root) && (root.empty() || path.size() == root.size() || path[root.size()] == '/');
  if (!is_inside) return vm.raise_os_error(ENOENT);
  return make_file_name(vm, path.size() == root.size() ? "/" : path.substr(root.size()), false);
}

// ---- files ----

/// open(path, mode).
Result<Value> posix_open(Vm& vm, Args args) {
  const std::string_view mode = TRY(view_mode(vm, args[2]));
  if (mode.find_first_of("wa+") != std::string_view::npos) TRY(check_writable(vm, self_of(args)));
  return open_file(vm, TRY(to_host_path(vm, self_of(args), args[1])), mode);
}

/// Calls an operation of Files that changes something on the path in the argument.
template <PortError (Files::*operation)(const std::string&)>
Result<Value> change(Vm& vm, Args args) {
  TRY(check_writable(vm, self_of(args)));
  return none_or_error(vm, (vm.ports.files.*operation)(TRY(to_host_path(vm, self_of(args), args[1]))));
}

/// rename(old_path, new_path).
Result<Value> posix_rename(Vm& vm, Args args) {
  TRY(check_writable(vm, self_of(args)));
  const std::string from = TRY(to_host_path(vm, self_of(args), args[1]));
  return none_or_error(vm, vm.ports.files.rename(from, TRY(to_host_path(vm, self_of(args), args[2]))));
}

Result<Value> make_ints(Vm& vm, std::initializer_list<int64_t> numbers) {
  Tuple* tuple = TRY(Tuple::make(vm, numbers.size()));
  size_t i = 0;
  for (const int64_t number : numbers) (*tuple)[i++] = TRY(make_int(vm, number));
  return tuple;
}

/// stat(path): (mode, inode, device, links, owner, group, size, accessed, modified, changed).
Result<Value> posix_stat(Vm& vm, Args args) {
  FileStatus status;
  const std::string path = TRY(to_host_path(vm, self_of(args), args[1]));
  if (const PortError error = vm.ports.files.stat(path, status)) return vm.raise_os_error(error);
  return make_ints(vm, {int64_t{status.mode}, static_cast<int64_t>(status.inode), static_cast<int64_t>(status.device),
                        static_cast<int64_t>(status.links), int64_t{status.owner}, int64_t{status.group}, status.size,
                        status.accessed_s, status.modified_s, status.changed_s});
}

/// statvfs(path): (block size, fragment size, blocks, free, available, files, free, available, flags, name length).
Result<Value> posix_statvfs(Vm& vm, Args args) {
  FileSystemStatus status;
  const std::string path = TRY(to_host_path(vm, self_of(args), args[1]));
  if (const PortError error = vm.ports.files.stat_file_system(path, status)) return vm.raise_os_error(error);
  auto number = [](uint64_t n) { return static_cast<int64_t>(n); };
  return make_ints(
      vm, {number(status.block_size), number(status.fragment_size), number(status.blocks), number(status.free_blocks),
           number(status.available_blocks), number(status.files), number(status.free_files),
           number(status.available_files), number(status.flags), number(status.name_max)});
}

constexpr CellKind kVfsKind{.trace = trace};

constexpr Member kMembers[] = {
    {"chdir"_n, native<posix_chdir, 2>},
    {"getcwd"_n, native<posix_getcwd, 1>},
    {"ilistdir"_n, native<posix_ilistdir, 2>},
    {"mkdir"_n, native<change<&Files::make_directory>, 2>},
    {"mount"_n, native<posix_mount, 3>},
    {"open"_n, native<posix_open, 3>},
    {"remove"_n, native<change<&Files::remove>, 2>},
    {"rename"_n, native<posix_rename, 3>},
    {"rmdir"_n, native<change<&Files::remove_directory>, 2>},
    {"stat"_n, native<posix_stat, 2>},
    {"statvfs"_n, native<posix_statvfs, 2>},
    {"umount"_n, native<posix_umount, 1>},
};

}  // namespace

Result<VfsPosix*> make_vfs_posix(Vm& vm) { return make(vm, {}); }

constinit const Type vfs_posix_type{{.name = "VfsPosix"_n,
                                     .kind = &kVfsKind,
                                     .members = kMembers,
                                     .flags = Type::kHashByAddress,
                                     .slots = {.construct = construct}}};

}  // namespace upy
