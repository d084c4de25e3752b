#include "objects/model/property.h"

#include "objects/model/native_function.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

Result<Value> get_property(Vm& vm, Property* property, Value self) {
  if (property->getter.is_none()) return vm.raise(Error::unreadable_attribute);
  return vm.call(property->getter, {self});
}

Result<bool> set_property(Vm& vm, Property* property, Value self, Value value) {
  Value accessor = value ? property->setter : property->deleter;
  if (accessor.is_none()) return false;
  if (value)
    TRY(vm.call(accessor, {self, value}));
  else
    TRY(vm.call(accessor, {self}));
  return true;
}

namespace {

void trace_property(Object* object, Marker& marker) {
  auto* property = static_cast<Property*>(object);
  for (Value value : {property->getter, property->setter, property->deleter}) marker.mark(value);
}

constexpr CellKind kPropertyKind{.trace = trace_property};

Result<Value> make_property(Vm& vm, Value getter, Value setter, Value deleter) {
  auto* property = TRY(vm.allocate<Property>(property_type));
  property->getter = getter;
  property->setter = setter;
  property->deleter = deleter;
  return property;
}

/// property(fget=None, fset=None, fdel=None, doc=None); the last is taken and forgotten.
Result<Value> property_construct(Vm& vm, const Type*, Args args) {
  constexpr Parameter kParameters[] = {{.name = "fget"_n, .default_value = Value::none()},
                                       {.name = "fset"_n, .default_value = Value::none()},
                                       {.name = "fdel"_n, .default_value = Value::none()},
                                       {.name = "doc"_n, .default_value = Value::none()}};
  Value values[4];
  TRY(parse_arguments(vm, args, kParameters, values));
  return make_property(vm, values[0], values[1], values[2]);
}

// Each decorator gives a copy with one accessor replaced.

Result<Value> property_getter(Vm& vm, Args args) {
  auto* self = static_cast<Property*>(args[0].as_object());
  return make_property(vm, args[1], self->setter, self->deleter);
}

Result<Value> property_setter(Vm& vm, Args args) {
  auto* self = static_cast<Property*>(args[0].as_object());
  return make_property(vm, self->getter, args[1], self->deleter);
}

Result<Value> property_deleter(Vm& vm, Args args) {
  auto* self = static_cast<Property*>(args[0].as_object());
  return make_property(vm, self->getter, self->setter, args[1]);
}

constexpr Member kMembers[] = {
    {"getter"_n, native<property_getter, 2>},
    {"setter"_n, native<property_setter, 2>},
    {"deleter"_n, native<property_deleter, 2>},
};

}  // namespace

constinit const Type property_type{{.name = "property"_n,
                                    .kind = &kPropertyKind,
                                    .members = kMembers,
                                    .flags = Type::kHashByAddress,
                                    .slots = {.construct = property_construct}}};

}  // namespace upy
