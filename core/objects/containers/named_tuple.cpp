#include "objects/containers/named_tuple.h"

#include <algorithm>
#include <new>

#include "objects/containers/tuple_slots.h"
#include "objects/model/attributes.h"
#include "objects/model/printing.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

namespace {

void trace_shape(Object* object, Marker& marker) {
  auto* shape = static_cast<NamedTupleShape*>(object);
  marker.mark(shape->type);
  marker.mark(shape->fields);
}
constexpr CellKind kShapeKind{.trace = trace_shape};
/// The shape of shapes that lie in the heap.
constinit const Shape heap_shape_shape{&shape_shape, &kShapeKind, nullptr};

Tuple* self_tuple(Value self) { return static_cast<Tuple*>(self.as_object()); }
const Tuple& fields_of(const Shape* shape) { return *static_cast<const NamedTupleShape*>(shape)->fields; }
const Str* field_name(const Tuple& fields, size_t i) { return static_cast<const Str*>(fields.items()[i].as_object()); }

/// The number of the field of that name, or the number of fields.
size_t find_field(const Tuple& fields, const Str* name) {
  size_t i = 0;
  while (i < fields.size && fields.items()[i] != Value(name)) i++;
  return i;
}

Result<void> print_fields(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(vm.check_stack());
  const Tuple& fields = fields_of(self.as_object()->shape);
  TRY(out.write(vm, "("));
  for (size_t i = 0; i < fields.size; i++) {
    if (i > 0) TRY(out.write(vm, ", "));
    TRY(out.write(vm, field_name(fields, i)->view()));
    TRY(out.write(vm, "="));
    TRY(print(vm, (*self_tuple(self))[i], out, PrintStyle::Repr));
    TRY(vm.poll());
  }
  return out.write(vm, ")");
}

Result<void> named_tuple_print(Vm& vm, Value self, Writer& out, PrintStyle style) {
  TRY(out.write(vm, type_of(self)->name->view()));
  return print_fields(vm, self, out, style);
}

Result<Value> get_field(Vm&, Value self, const Str* name) {
  const Tuple& fields = fields_of(self.as_object()->shape);
  size_t i = find_field(fields, name);
  return i < fields.size ? (*self_tuple(self))[i] : Value::absent();
}

Result<bool> set_field(Vm& vm, Value, const Str*, Value) { return vm.raise(Error::cant_set_attribute); }

Result<Value> named_tuple_construct(Vm& vm, const Type* type, Args args) {
  const Tuple& fields = fields_of(type->heap_shape);
  uint32_t given = args.positional + args.keywords;
  if (given != fields.size) return vm.raise(Error::takes_positional, {type->name, fields.size, given});
  Tuple* tuple = TRY(Tuple::make_shaped(vm, type->heap_shape, fields.size));
  TRY(copy_values(vm, tuple->items(), args.values, args.positional));
  for (uint32_t i = 0; i < args.keywords; i++) {
    auto* name = static_cast<const Str*>(args.keyword_name(i).as_object());
    size_t field = find_field(fields, name);
    if (field == fields.size) return vm.raise(Error::unexpected_keyword, {name});
    if ((*tuple)[field]) return vm.raise(Error::multiple_values, {name});
    (*tuple)[field] = args.keyword_value(i);
    TRY(vm.poll_kill());
  }
  return tuple;
}

constexpr Slots slots_of_static() {
  Slots slots = kTupleSlots;
  slots.construct = nullptr;
  slots.print = print_fields;
  slots.get_attr = get_field;
  slots.set_attr = set_field;
  return slots;
}

constexpr Slots slots_of_made() {
  Slots slots = slots_of_static();
  slots.construct = named_tuple_construct;
  slots.print = named_tuple_print;
  return slots;
}

}  // namespace

constinit const Type attr_tuple_type{{.name = "tuple"_n,
                                      .kind = &tuple_kind,
                                      .base = &tuple_type,
                                      .flags = Type::kSequence,
                                      .slots = slots_of_static()}};

const Tuple* field_names(Value value) {
  return type_of(value)->slots.get_attr == get_field ? &fields_of(value.as_object()->shape) : nullptr;
}

Result<Type*> make_named_tuple_type(Vm& vm, const Str* name, Tuple* fields) {
  Type* type = new (TRY(vm.allocate<Type>(type_type))) Type(
      {.name = name, .kind = &tuple_kind, .base = &tuple_type, .flags = Type::kSequence, .slots = slots_of_made()});
  NamedTupleShape* shape = new (TRY(vm.allocate<NamedTupleShape>(&heap_shape_shape))) NamedTupleShape(*type, *fields);
  shape->shape = &heap_shape_shape;
  type->heap_shape = shape;
  return type;
}

}  // namespace upy
