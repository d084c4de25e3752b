#include "interpreter/inline_cache.h"

#include "interpreter/interpreter.h"
#include "objects/model/attributes.h"
#include "objects/model/bound_method.h"
#include "objects/model/function.h"
#include "objects/model/native_function.h"
#include "objects/model/property.h"
#include "objects/runtime/vm.h"

namespace upy {

namespace {

void fill(Site& site, const Object* guard, uint64_t version, uint32_t index, uint64_t payload) {
  site.guard = guard;
  site.version = version;
  site.index = index;
  site.payload = payload;
}

uint64_t address(const Value* value) { return reinterpret_cast<uint64_t>(value); }

/// Remembers what was found in a type under a name, if that is just what stands there.
void fill_type_member(Vm& vm, Site& site, const Str* name, Value object, Value found) {
  auto* type = static_cast<Type*>(object.as_object());
  if (look_up(type, name) == found) fill(site, type, vm.class_epoch, cached_index(Cached::TypeMember), found.bits());
}

/// Whether `member`, found in a class, reads as itself through an instance of it.
bool is_plain(Value member) {
  if (!member.is_object()) return true;
  if (is_class_instance(member)) return look_up(type_of(member), "__get__"_n).is_absent();
  return !is_function(member) && !is_exactly(member, native_function_type) && !is_exactly(member, static_method_type) &&
         !is_exactly(member, class_method_type) && !is_exactly(member, property_type);
}

Result<Value> load_instance_attr(Vm& vm, Site& site, const Str* name, Value object) {
  ClassInstance* instance = as_class_instance(object);
  InstanceShape* shape = instance->instance_shape();
  int slot = shape->in_dict ? -1 : shape->find(name);
  if (slot >= 0) {
    if (static_cast<uint32_t>(slot) < shape->inline_capacity) fill(site, shape, 0, cached_index(Cached::Own, slot), 0);
    return instance->slot(slot);
  }
  if (!shape->in_dict) {
    Value member = look_up(shape->type, name);
    if (!member.is_absent() && is_plain(member)) {
      fill(site, shape, vm.class_epoch, cached_index(Cached::Class), member.bits());
      return member;
    }
  }
  return get_attr(vm, object, name);
}

}  // namespace

Result<Value> load_global(Vm& vm, const Library& library, Site& site, const Str* name, Dict* globals) {
  if (Value* slot = globals->find(name)) {
    fill(site, globals, globals->version, cached_index(Cached::Module), address(slot));
    return *slot;
  }
  if (vm.builtins)
    if (Value* slot = vm.builtins->find(name)) return *slot;
  const Value* builtin = library.find_builtin(name);
  if (!builtin) return vm.raise(Error::name_not_defined, {name});
  if (!vm.builtins) fill(site, globals, globals->version, cached_index(Cached::Module), address(builtin));
  return *builtin;
}

Result<void> store_global(Vm& vm, Site& site, const Str* name, Dict* globals, Value value) {
  TRY(globals->set(vm, name, value));
  fill(site, globals, globals->version, cached_index(Cached::Module), address(globals->find(name)));
  return {};
}

Result<Value> load_attr(Vm& vm, Site& site, const Str* name, Value object) {
  if (is_class_instance(object)) return load_instance_attr(vm, site, name, object);
  if (is_exactly(object, module_type)) {
    auto* module = static_cast<Module*>(object.as_object());
    Value* slot = module->globals ? module->globals->find(name) : nullptr;
    if (slot) {
      fill(site, module->globals, module->globals->version, cached_index(Cached::Module), address(slot));
      return *slot;
    }
  }
  Value found = TRY(get_attr(vm, object, name));
  if (is_exactly(object, type_type)) fill_type_member(vm, site, name, object, found);
  return found;
}

Result<void> store_attr(Vm& vm, Site& site, const Str* name, Value object, Value value) {
  if (!is_class_instance(object) || type_of(object)->flags & Type::kHasAccessors)
    return set_attr(vm, object, name, value);
  ClassInstance* instance = as_class_instance(object);
  InstanceShape* before = instance->instance_shape();
  TRY(set_attr(vm, object, name, value));
  InstanceShape* after = instance->instance_shape();
  int slot = after->in_dict ? -1 : after->find(name);
  if (slot < 0 || static_cast<uint32_t>(slot) >= after->inline_capacity) return {};
  if (before == after)
    fill(site, after, 0, cached_index(Cached::Own, slot), 0);
  else if (after->parent == before && before->inline_capacity == after->inline_capacity)
    fill(site, before, vm.class_epoch, cached_index(Cached::Add, slot), reinterpret_cast<uint64_t>(after));
  return {};
}

Result<void> load_method(Vm& vm, Site& site, const Str* name, Value object, Value& function, Value& receiver) {
  const Shape* shape = shape_of(object);
  bool own = is_class_instance(object) && (as_class_instance(object)->instance_shape()->in_dict ||
                                           as_class_instance(object)->instance_shape()->find(name) >= 0);
  if (own || shape == &module_type.root) {
    function = TRY(load_attr(vm, site, name, object));
    receiver = Value();
    return {};
  }
  TRY(get_method(vm, object, name, function, receiver));
  if (shape == &type_type.root) {
    if (!receiver) fill_type_member(vm, site, name, object, function);
    return {};
  }
  bool cacheable = receiver == object && object.is_object() && !shape->type->slots.get_attr &&
                   (is_function(function) || is_exactly(function, native_function_type));
  if (cacheable || (is_class_instance(object) && receiver == object && is_function(function)))
    fill(site, shape, vm.class_epoch, cached_index(Cached::Method), function.bits());
  return {};
}

}  // namespace upy
