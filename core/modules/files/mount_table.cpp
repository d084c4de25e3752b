#include "modules/files/mount_table.h"

#include <cerrno>

#include "modules/files/vfs_posix.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/operators.h"
#include "objects/runtime/vm.h"
#include "objects/streams/file.h"
#include "objects/strings/bytes.h"

/// The mount table: which file system a path of a script leads to.
///
/// An instance begins with one file system, the host's files (VfsPosix), mounted at the root. All that takes a path,
/// open(), os, import and execfile(), asks this table, and calls methods of the file system that it finds. Scripts may
/// mount others, of VfsPosix or of classes of their own, and unmount any. Whatever they do, VfsPosix shows no more than
/// the host's Files of the instance do.
///
/// An absolute path is in the first file system whose point it begins with; those at the root come last. There is one
/// current file system, where relative paths are, and it knows itself which directory is current in it. When that is
/// the root, relative paths are looked up like absolute ones.
namespace upy {
namespace {

void trace(Object* object, Marker& marker) {
  auto* mount = static_cast<Mount*>(object);
  marker.mark(mount->point);
  marker.mark(mount->file_system);
  marker.mark(mount->next);
}

constexpr CellKind kMountKind{.trace = trace};
constinit const Shape kMountShape{&shape_shape, &kMountKind, nullptr};

Result<Mount*> make_mount(Vm& vm, const Str* point, Value file_system) {
  Mount* mount = TRY(vm.allocate<Mount>(&kMountShape));
  mount->point = point;
  mount->file_system = file_system;
  mount->next = nullptr;
  return mount;
}

/// Whether `path`, without a slash in front, is that point or below it.
bool is_below(std::string_view path, const Mount* mount) {
  const std::string_view name = mount->point->view().substr(1);
  return path.starts_with(name) && (path.size() == name.size() || path[name.size()] == '/');
}

/// Part of a path as a value of the same type; the path itself if that is all of it.
Result<Value> part_of(Vm& vm, Value path, std::string_view part) {
  if (part == TRY(view_path(vm, path))) return path;
  return as<Bytes>(path, bytes_type) ? Result<Value>(TRY(Bytes::make(vm, part)))
                                     : Result<Value>(TRY(Str::make(vm, part)));
}

}  // namespace

void MountTable::mark(Marker& marker) {
  marker.mark(first_);
  marker.mark(current_);
}

Place MountTable::find(std::string_view path) const {
  const bool is_absolute = path.starts_with('/');
  if (!is_absolute && current_) return {Place::Kind::Inside, current_, path};
  const std::string_view name = path.substr(is_absolute);
  if (name.empty()) return {Place::Kind::Root};
  for (Mount* mount = first_; mount; mount = mount->next) {
    if (mount->is_root()) return {Place::Kind::Inside, mount, path};
    if (!is_below(name, mount)) continue;
    const std::string_view rest = name.substr(mount->point->size - 1);
    return {Place::Kind::Inside, mount, rest.empty() ? "/" : rest};
  }
  return {Place::Kind::Nowhere};
}

Mount* MountTable::root() const {
  Mount* mount = first_;
  while (mount && !mount->is_root()) mount = mount->next;
  return mount;
}

void MountTable::add(Mount* mount) {
  Mount** place = &first_;
  while (*place && !(*place)->is_root()) place = &(*place)->next;
  mount->next = *place;
  *place = mount;
}

Mount* MountTable::remove(Value what) {
  const auto* point = as<Str>(what, str_type);
  for (Mount** place = &first_; Mount* mount = *place; place = &mount->next) {
    if (mount->file_system != what && !(point && equal(mount->point, point))) continue;
    *place = mount->next;
    if (current_ == mount) current_ = nullptr;
    return mount;
  }
  return nullptr;
}

Result<void> mount_host(Vm& vm) {
  Mount* const mount = TRY(make_mount(vm, "/"_n, TRY(make_vfs_posix(vm))));
  auto& table = vm.state<MountTable>();
  table.add(mount);
  table.set_current(mount);
  return {};
}

Result<void> mount(Vm& vm, Value file_system, Value point_value, Value readonly, Value mkfs) {
  const auto* point = as<Str>(point_value, str_type);
  if (!point) return vm.raise(Error::cant_convert_implicitly, {type_of(point_value), "str"});
  const std::string_view path = TRY(view_path(vm, point_value));
  if (!path.starts_with('/')) return vm.raise_os_error(EINVAL);
  if (TRY(find_attr(vm, file_system, "mount"_n)).is_absent()) return vm.raise_os_error(ENODEV);
  Mount* const mount = TRY(make_mount(vm, point, file_system));
  TRY(vm.call_method(file_system, "mount"_n, {readonly, mkfs}));
  auto& table = vm.state<MountTable>();
  const Place place = table.find(path);
  const bool in_use = place.kind == Place::Kind::Inside && !place.mount->is_root();
  if (in_use) return vm.raise_os_error(EPERM);
  table.add(mount);
  return {};
}

Result<Place> find_place(Vm& vm, Value path) { return vm.state<MountTable>().find(TRY(view_path(vm, path))); }

Result<Target> find_target(Vm& vm, Value path) {
  const Place place = TRY(find_place(vm, path));
  if (place.kind == Place::Kind::Nowhere) return vm.raise_os_error(ENODEV);
  if (place.kind == Place::Kind::Root) return vm.raise_os_error(EPERM);
  return Target{place.mount, TRY(part_of(vm, path, place.path))};
}

Result<Value> call_at(Vm& vm, Value path, const Str* method, Value more) {
  const Target target = TRY(find_target(vm, path));
  const Value file_system = target.mount->file_system;
  return more ? vm.call_method(file_system, method, {target.path, more})
              : vm.call_method(file_system, method, {target.path});
}

}  // namespace upy
