#include "objects/model/class.h"

#include <algorithm>

#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/bound_method.h"
#include "objects/model/class_instance.h"
#include "objects/model/class_slots.h"
#include "objects/model/function.h"
#include "objects/model/property.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// Making and changing classes.
///
/// What inline caches know of classes holds until Vm::class_epoch moves on, as it does with every change to a class
/// that could have been looked up.
namespace upy {

namespace {

/// Whether stores to instances must look for it: properties, descriptors, __setattr__ and __delattr__.
bool is_accessor(const Str* name, Value value) {
  if (name == "__setattr__"_n || name == "__delattr__"_n || is_exactly(value, property_type)) return true;
  if (!is_class_instance(value)) return false;
  const Type* type = type_of(value);
  for (const Str* method : {"__get__"_n, "__set__"_n, "__delete__"_n})
    if (!look_up(type, method).is_absent()) return true;
  return false;
}

/// The flags that an attribute gives its class.
uint32_t flags_for(const Str* name, Value value) {
  return is_accessor(name, value) ? uint32_t{Type::kHasAccessors} : 0;
}

/// Checks the bases; their common native type, if there is one, goes to `native`, and what a class has from them to
/// `flags`.
Result<void> take_bases(Vm& vm, Tuple* bases, const Type*& native, uint32_t& flags) {
  for (Value value : bases->view()) {
    Type* base = as_type(value);
    if (!base) return vm.raise(Error::base_not_a_type, {type_of(value)});
    if (!base->slots.construct || base->flags & Type::kNotSubclassable)
      return vm.raise(Error::unacceptable_base, {base});
    const Type* theirs = base->is_class() ? base->native : base == &object_type ? nullptr : base;
    if (native && theirs) return vm.raise(Error::layout_conflict);
    if (theirs) native = theirs;
    TRY(vm.poll());
    flags |= base->flags & (Type::kHasAccessors | Type::kException);
  }
  for (Value value : bases->view())
    if (as_type(value)->is_class()) as_type(value)->flags |= Type::kSubclassed;
  return {};
}

Result<void> add_ancestor(Vm& vm, List* ancestors, const Type* type) {
  auto known = ancestors->view();
  if (std::find(known.begin(), known.end(), Value(type)) != known.end()) return {};
  return ancestors->append(vm, type);
}

/// The bases and their ancestors, depth first. Each stands there once, so a look-up costs no more than their number,
/// however they are entangled.
Result<Tuple*> ancestors_of(Vm& vm, Tuple* bases) {
  List* ancestors = TRY(List::make(vm));
  for (Value value : bases->view()) {
    const Type* base = as_type(value);
    if (base->is_class()) {
      TRY(add_ancestor(vm, ancestors, base));
      for (Value ancestor : base->ancestors->view()) {
        TRY(add_ancestor(vm, ancestors, as_type(ancestor)));
        TRY(vm.poll());
      }
      continue;
    }
    for (; base && base != &object_type; base = base->base) TRY(add_ancestor(vm, ancestors, base));
  }
  return Tuple::make(vm, ancestors->view());
}

/// Calls __set_name__ of all attributes that had it when the class came to be.
Result<void> announce_names(Vm& vm, Type* type) {
  List* pending = nullptr;
  size_t at = 0;
  while (Dict::Entry* entry = type->dict->next(at)) {
    TRY(vm.poll_kill());
    Value name = entry->key, value = entry->value;
    if (!is_class_instance(value) || look_up(type_of(value), "__set_name__"_n).is_absent()) continue;
    if (!pending) pending = TRY(List::make(vm));
    Value function, receiver;
    if (!TRY(find_method(vm, value, "__set_name__"_n, function, receiver))) continue;
    for (Value each : {name, TRY(as_attribute(vm, function, receiver))}) TRY(pending->append(vm, each));
  }
  for (size_t i = 0; pending && i < pending->size; i += 2)
    TRY(vm.call(pending->items()[i + 1], {type, pending->items()[i]}));
  return {};
}

void trace_instance(Object* object, Marker& marker) {
  auto* instance = static_cast<ClassInstance*>(object);
  marker.mark(instance->native);
  marker.mark(instance->more);
  marker.mark(instance->inline_slots(), instance->instance_shape()->inline_capacity);
}

}  // namespace

extern const CellKind instance_kind;
constinit const CellKind instance_kind{.trace = trace_instance};

Result<Type*> make_class(Vm& vm, const Str* name, Tuple* bases, Dict* dict) {
  const Type* native = nullptr;
  uint32_t flags = Type::kClass | Type::kHashByAddress;
  TRY(take_bases(vm, bases, native, flags));
  dict = TRY(dict->copy(vm));
  Tuple* ancestors = TRY(ancestors_of(vm, bases));
  Value* constructor = dict->find("__new__"_n);
  if (constructor && is_function(*constructor)) {
    auto* wrapped = TRY(vm.allocate<WrappedMethod>(static_method_type));
    wrapped->function = *constructor;
    TRY(dict->set(vm, "__new__"_n, wrapped));
  }
  Type* type = TRY(vm.allocate<Type>(type_type));
  new (type) Type(&type_type.root, Shape(&shape_shape, &instance_kind, type));
  type->name = name;
  type->bases = bases;
  type->ancestors = ancestors;
  type->dict = dict;
  type->native = native;
  type->flags = flags;
  type->slots = class_slots;
  if (native) type->slots.stream = native->slots.stream;
  size_t at = 0;
  while (Dict::Entry* entry = dict->next(at)) {
    if (is_exactly(entry->key, str_type))
      type->flags |= flags_for(static_cast<Str*>(entry->key.as_object()), entry->value);
    TRY(vm.poll_kill());
  }
  constexpr uint32_t kFirstSlots = 3;
  type->instance_shape = TRY(InstanceShape::make_root(vm, type, kFirstSlots));
  TRY(announce_names(vm, type));
  return type;
}

Result<void> set_class_attr(Vm& vm, Type* type, const Str* name, Value value) {
  vm.class_epoch++;
  if (!value) {
    type->dict->remove(name);
    return {};
  }
  uint32_t flags = flags_for(name, value) & ~type->flags;
  if (flags && type->flags & Type::kSubclassed) return vm.raise(Error::special_method_too_late);
  type->flags |= flags;
  return type->dict->set(vm, name, value);
}

}  // namespace upy
