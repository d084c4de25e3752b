#pragma once

#include <string_view>

#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

/// A file system and where it is mounted.
struct Mount : Object {
  const Str* point;   ///< begins with a slash
  Value file_system;  ///< anything with the methods that are called on it: open, stat, …
  Mount* next;        ///< null: the last one
  bool is_root() const { return point->size == 1; }
};

/// Where a path leads.
struct Place {
  enum class Kind : uint8_t {
    Nowhere,  ///< nothing is mounted there
    Root,     ///< the directory that the mount points are in
    Inside,   ///< of a file system
  };
  Kind kind;
  Mount* mount = nullptr;  ///< Inside
  /// Inside: absolute in the file system, or relative to the current directory that it has.
  std::string_view path = {};
};

/// The file systems of an instance.
class MountTable final : public ModuleState {
 public:
  static constexpr char kKey = 0;
  explicit MountTable(Vm&) {}
  void mark(Marker& marker) override;

  Place find(std::string_view path) const;
  Mount* first() const { return first_; }
  /// What is mounted at the root, null if nothing is.
  Mount* root() const;
  /// Adds a mount, which comes before others at the same point. What is at the root stays behind all that is below it.
  void add(Mount* mount);
  /// Takes the first mount out that has that point, a str, or that file system. Null: there is none.
  Mount* remove(Value point_or_file_system);

  /// The file system that relative paths are in; null: they begin at the root.
  Mount* current() const { return current_; }
  void set_current(Mount* mount) { current_ = mount; }

 private:
  Mount* first_ = nullptr;
  Mount* current_ = nullptr;
};

/// Mounts the host's files at the root and makes them current. For a new instance.
Result<void> mount_host(Vm& vm);
/// Mounts a file system after calling its method mount(readonly, mkfs). OSError: EINVAL for a point that is not
/// absolute, ENODEV for an object without that method, EPERM if the point is in use.
Result<void> mount(Vm& vm, Value file_system, Value point, Value readonly, Value mkfs);

/// Where the path in an argument leads.
Result<Place> find_place(Vm& vm, Value path);
/// A path as a file system takes it.
struct Target {
  Mount* mount;
  Value path;  ///< of the type that the whole path has
};
/// The same of a path into a file system. OSError: ENODEV if it leads nowhere, EPERM for the root.
Result<Target> find_target(Vm& vm, Value path);
/// Calls a method of the file system that the path leads to with the path in it and, if that is not null, `more`.
Result<Value> call_at(Vm& vm, Value path, const Str* method, Value more = {});

}  // namespace upy
