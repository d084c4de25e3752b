#include "objects/type.h"

#include "objects/class_instance.h"
#include "objects/dict.h"
#include "objects/operations.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/writer.h"

namespace upy {

// ---- resolution ----

Value look_up(const Type* type, const Str* name, const Type** owner) {
  while (true) {
    if (!type->is_class()) {
      for (const Member& member : type->members)
        if (member.name == name) {
          if (owner) *owner = type;
          return member.value;
        }
      type = type->base;
    } else {
      if (Value* slot = type->dict->find(name)) {
        if (owner) *owner = type;
        return *slot;
      }
      size_t count = type->bases->size;
      if (count == 0) return Value::absent();
      for (size_t i = 0; i + 1 < count; i++) {
        const Type* base = as_type(type->bases->items()[i]);
        if (base == &object_type) continue;
        Value value = look_up(base, name, owner);
        if (!value.is_absent()) return value;
      }
      type = as_type(type->bases->items()[count - 1]);
    }
    if (!type || type == &object_type) return Value::absent();
  }
}

bool is_subtype(const Type* type, const Type* other) {
  if (other == &object_type) return true;
  while (type != other) {
    if (!type->is_class()) {
      type = type->base;
      if (!type) return false;
      continue;
    }
    size_t count = type->bases->size;
    if (count == 0) return false;
    for (size_t i = 0; i + 1 < count; i++)
      if (is_subtype(as_type(type->bases->items()[i]), other)) return true;
    type = as_type(type->bases->items()[count - 1]);
  }
  return true;
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

constinit const Type type_type{{.name = "type"_n,
                                .kind = &kTypeKind,
                                .flags = Type::kHashByAddress,
                                .slots = {.print = type_print,
                                          .call = type_call,
                                          .construct = type_construct,
                                          .set_attr = type_set_attr}}};

}  // namespace upy
