#pragma once

#include <span>

#include "objects/runtime/type.h"

namespace upy {

extern const Type module_type;

/// What a native module offers: static and read-only. Modules are listed in modules/registry.cpp.
struct NativeModule {
  const Str* name;
  std::span<const Member> members;
  /// Attributes that depend on the instance (sys.path, …), which come before the members; absent(): none of that name.
  /// Null: no such attributes.
  Result<Value> (*get_attr)(Vm&, const Str* name) = nullptr;
  Result<bool> (*set_attr)(Vm&, const Str* name, Value value) = nullptr;
};

/// A module: of a script (globals; no definition) or native (definition; no globals).
struct Module : Object {
  const Str* name;
  Dict* globals;
  const NativeModule* definition;

  /// Native, static, to be a member of another native module.
  constexpr explicit Module(const NativeModule& definition)
      : Object{&module_type.root}, name(definition.name), globals(nullptr), definition(&definition) {}

  /// What messages call it: its __name__, which a script may have changed; else `name`.
  Value shown_name() const;

  static Result<Module*> make(Vm& vm, const Str* name);  ///< of a script: with new globals that hold __name__
  static Result<Module*> make(Vm& vm, const Str* name, Dict* globals);
  static Result<Module*> make(Vm& vm, const NativeModule& definition);
};

}  // namespace upy
