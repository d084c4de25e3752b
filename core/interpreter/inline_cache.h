#pragma once

#include "objects/containers/dict.h"
#include "objects/model/class_instance.h"
#include "objects/model/code.h"
#include "objects/model/module.h"
#include "objects/runtime/vm.h"

/// The meaning of a Site's cache words, and what happens when they do not apply.
///
/// For names, `guard` is the globals dict and `version` its version; `payload` is the address of the value, in that
/// dict or in the static table of builtins.
///
/// For attributes, `guard` is the shape of the object (or the object itself, where it is a module's globals or a
/// class), and Cached tells the rest; the slot number stands in the low bits of `index`. What was found in a class
/// holds for one `version` of Vm::class_epoch. An object's own attributes come before those of its class.
namespace upy {

struct Library;

enum class Cached : uint8_t {
  Own,         ///< inline slot `index` of an instance
  Class,       ///< payload: the value found in the class of an instance, to be given as it is
  Method,      ///< payload: a function found in the type, whose receiver is the object
  Add,         ///< stores only: adds the attribute in inline slot `index`; payload: the shape that results
  Module,      ///< guard: the module's globals; payload: the address of the value in them
  TypeMember,  ///< guard: the class itself; payload: what stands there, to be given as it is
};

constexpr uint32_t cached_index(Cached kind, uint32_t slot = 0) { return static_cast<uint32_t>(kind) << 24 | slot; }
inline Cached cached_kind(const Site& site) { return static_cast<Cached>(site.index >> 24); }
inline uint32_t cached_slot(const Site& site) { return site.index & 0xffffff; }
inline Value cached_value(const Site& site) { return Value::from_bits(site.payload); }

/// Each does the whole operation and refills the site, whose name is `name`.
Result<Value> load_global(Vm& vm, const Library& library, Site& site, const Str* name, Dict* globals);
Result<void> store_global(Vm& vm, Site& site, const Str* name, Dict* globals, Value value);
Result<Value> load_attr(Vm& vm, Site& site, const Str* name, Value object);
Result<void> store_attr(Vm& vm, Site& site, const Str* name, Value object, Value value);
/// As LOAD_METHOD: `receiver` is null if the function takes none.
Result<void> load_method(Vm& vm, Site& site, const Str* name, Value object, Value& function, Value& receiver);

/// The value that the site's cache gives for `object`, or null if the cache does not apply.
inline Value cached_attr(const Vm& vm, const Site& site, Value object) {
  if (!object.is_object()) return {};
  Object* o = object.as_object();
  if (o->shape == site.guard) [[likely]] {
    if (cached_kind(site) == Cached::Own) [[likely]]
      return static_cast<ClassInstance*>(o)->inline_slots()[site.index];
    return cached_kind(site) == Cached::Class && site.version == vm.class_epoch ? cached_value(site) : Value();
  }
  if (o->shape == &module_type.root) {
    Dict* globals = static_cast<Module*>(o)->globals;
    if (site.guard == globals && globals && cached_kind(site) == Cached::Module && site.version == globals->version)
      return *reinterpret_cast<Value*>(site.payload);
    return {};
  }
  if (o == site.guard && cached_kind(site) == Cached::TypeMember && site.version == vm.class_epoch)
    return cached_value(site);
  return {};
}

}  // namespace upy
