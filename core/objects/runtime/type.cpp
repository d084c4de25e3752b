#include "objects/runtime/type.h"

#include <algorithm>

#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/class.h"
#include "objects/model/class_instance.h"
#include "objects/model/printing.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

// ---- resolution ----

namespace {

/// What stands in a type itself, or null.
const Value* find_in(const Type* type, const Str* name) {
  if (type->is_class()) return type->dict->find(name);
  for (const Member& member : type->members)
    if (member.name == name) return &member.value;
  return nullptr;
}

Value found(const Value* place, const Type* type, const Type** owner) {
  if (owner) *owner = type;
  return *place;
}

}  // namespace

Value look_up(const Type* type, const Str* name, const Type** owner) {
  if (const Value* place = find_in(type, name)) return found(place, type, owner);
  if (type->is_class()) {
    for (Value ancestor : type->ancestors->view()) {
      const Type* each = as_type(ancestor);
      if (const Value* place = find_in(each, name)) return found(place, each, owner);
    }
    return Value::absent();
  }
  for (const Type* each = type->base; each && each != &object_type; each = each->base)
    if (const Value* place = find_in(each, name)) return found(place, each, owner);
  return Value::absent();
}

bool is_subtype(const Type* type, const Type* other) {
  if (type == other || other == &object_type) return true;
  if (type->is_class()) {
    auto ancestors = type->ancestors->view();
    return std::find(ancestors.begin(), ancestors.end(), Value(other)) != ancestors.end();
  }
  for (const Type* each = type->base; each; each = each->base)
    if (each == other) return true;
  return false;
}

Result<bool> is_subclass(Vm& vm, Value type, Value classinfo) {
  const Type* subject = as_type(type);
  if (!subject) return vm.raise(Error::issubclass_first);
  if (const Type* other = as_type(classinfo)) return is_subtype(subject, other);
  if (!is_exactly(classinfo, tuple_type)) return vm.raise(Error::issubclass_second);
  auto* tuple = static_cast<Tuple*>(classinfo.as_object());
  for (Value each : tuple->view()) {
    const Type* other = as_type(each);
    if (other && is_subtype(subject, other)) return true;
    TRY(vm.poll());
  }
  return false;
}

Result<bool> is_instance(Vm& vm, Value value, Value classinfo) { return is_subclass(vm, type_of(value), classinfo); }

// ---- the type `type` ----

namespace {

void trace_type(Object* object, Marker& marker) {
  auto* type = static_cast<Type*>(object);
  marker.mark(type->name);
  marker.mark(type->native);
  marker.mark(type->bases);
  marker.mark(type->ancestors);
  marker.mark(type->dict);
  marker.mark(type->instance_shape);
  marker.mark(type->base);
  marker.mark(type->heap_shape);
  marker.mark(type->init);
}

constexpr CellKind kTypeKind{.trace = trace_type};

Result<void> type_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "<class '"));
  TRY(out.write(vm, as_type(self)->name->view()));
  return out.write(vm, "'>");
}

/// type(x), or type(name, bases, dict).
Result<Value> type_construct(Vm& vm, const Type*, Args args) {
  if (args.keywords) return vm.raise(Error::no_keywords);
  if (args.positional == 1) return type_of(args[0]);
  if (args.positional != 3) return vm.raise(Error::type_arguments);
  const Str* name = TRY(to_name(vm, args[0]));
  Tuple* bases = as_tuple(args[1]);
  Dict* dict = as_dict(args[2]);
  if (!bases) return vm.raise(Error::cant_convert_implicitly, {type_of(args[1]), "tuple"});
  if (!dict) return vm.raise(Error::cant_convert_implicitly, {type_of(args[2]), "dict"});
  return TRY(make_class(vm, name, bases, dict));
}

Result<Value> type_call(Vm& vm, Value self, Args args) {
  const Type* type = as_type(self);
  if (!type->slots.construct) return vm.raise(Error::cant_create, {type});
  return type->slots.construct(vm, type, args);
}

Result<bool> type_set_attr(Vm& vm, Value self, const Str* name, Value value) {
  Type* type = as_type(self);
  if (!type->is_class() || (!value && !type->dict->find(name))) return false;
  TRY(set_class_attr(vm, type, name, value));
  return true;
}

}  // namespace

constinit const Type type_type{
    {.name = "type"_n,
     .kind = &kTypeKind,
     .flags = Type::kHashByAddress,
     .slots = {.print = type_print, .call = type_call, .construct = type_construct, .set_attr = type_set_attr}}};

}  // namespace upy
