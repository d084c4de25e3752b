#include "objects/model/super.h"

#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/construct.h"
#include "objects/model/native_function.h"
#include "objects/model/printing.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

namespace {

void trace_super(Object* object, Marker& marker) {
  marker.mark(static_cast<Super*>(object)->type);
  marker.mark(static_cast<Super*>(object)->object);
}

constexpr CellKind kSuperKind{.trace = trace_super};

/// What the bases of a type have under a name, depth first, and at last `object`; absent() if nothing.
Value look_up_in_bases(const Type* type, const Str* name, const Type*& owner) {
  if (type->is_class()) {
    for (Value base : type->bases->view()) {
      const Type* each = as_type(base);
      if (each == &object_type) continue;
      if (name == "__init__"_n && !each->is_class()) {
        owner = &object_type;
        return native<init_native_part, 1, NativeFunction::kAny, NativeFunction::kKeywords>;
      }
      Value member = look_up(each, name, &owner);
      if (!member.is_absent()) return member;
    }
    if (name == "__init__"_n && type->native) {
      owner = &object_type;
      return native<init_native_part, 1, NativeFunction::kAny, NativeFunction::kKeywords>;
    }
  }
  return look_up(&object_type, name, &owner);
}

}  // namespace

Result<bool> find_super_method(Vm& vm, Value type, Value self, const Str* name, Value& function, Value& receiver) {
  const Type* start = as_type(type);
  if (!start) return vm.raise(Error::super_wants_type);
  const Type* self_as_type = as_type(self);
  if (!is_subtype(self_as_type ? self_as_type : type_of(self), start)) return vm.raise(Error::super_wants_instance);
  const Type* owner;
  Value member = look_up_in_bases(start, name, owner);
  if (!member.is_absent()) {
    TRY(self_as_type ? bind_member(vm, member, {}, self_as_type, owner, function, receiver)
                     : bind_member(vm, member, self, type_of(self), owner, function, receiver));
    return true;
  }
  // What a native part shows by itself, like the args of exceptions.
  Value native = native_of(self);
  if (native == self || !start->native) return false;
  return find_method(vm, native, name, function, receiver);
}

Result<void> get_super_method(Vm& vm, Value type, Value self, const Str* name, Value& function, Value& receiver) {
  if (TRY(find_super_method(vm, type, self, name, function, receiver))) return {};
  return vm.raise(Error::no_attribute, {&super_type, name});
}

namespace {

Result<Value> super_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 2, 2));
  const Type* second = as_type(args[1]);
  if (!TRY(is_subclass(vm, second ? second : type_of(args[1]), args[0]))) return vm.raise(Error::super_wants_instance);
  auto* self = TRY(vm.allocate<Super>(*type));
  self->type = args[0];
  self->object = args[1];
  return self;
}

Result<void> super_print(Vm& vm, Value value, Writer& out, PrintStyle) {
  auto* self = static_cast<Super*>(value.as_object());
  TRY(out.write(vm, "<super: "));
  TRY(print(vm, self->type, out, PrintStyle::Str));
  TRY(out.write(vm, ", "));
  TRY(print(vm, self->object, out, PrintStyle::Str));
  return out.write(vm, ">");
}

Result<Value> super_get_attr(Vm& vm, Value value, const Str* name) {
  TRY(vm.check_stack());
  auto* self = static_cast<Super*>(value.as_object());
  Value function, receiver;
  if (!TRY(find_super_method(vm, self->type, self->object, name, function, receiver))) return Value::absent();
  return as_attribute(vm, function, receiver);
}

}  // namespace

constinit const Type super_type{
    {.name = "super"_n,
     .kind = &kSuperKind,
     .flags = Type::kHashByAddress,
     .slots = {.print = super_print, .construct = super_construct, .get_attr = super_get_attr}}};

}  // namespace upy
