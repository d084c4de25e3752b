#include "objects/model/construct.h"

#include "objects/model/attributes.h"
#include "objects/model/bound_method.h"
#include "objects/model/class_instance.h"
#include "objects/model/function.h"
#include "objects/runtime/arg_buffer.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// Making instances of classes.
///
/// The native part of an instance (its list, its exception …) is made by super().__init__(...) in the class's __init__;
/// if that does not happen, from the arguments of the class's call after __init__.
namespace upy {

namespace {

/// Calls a method of a class with `self` and the arguments.
Result<Value> call_with_self(Vm& vm, Value method, Value self, Args args) {
  ArgBuffer buffer;
  return vm.call(method, TRY(buffer.prepend(vm, self, args)));
}

/// What __new__ gives; a blank instance if the class has none.
Result<Value> make_blank(Vm& vm, const Type* type, Args args) {
  Value function = look_up(type, "__new__"_n);
  if (function.is_absent()) return TRY(ClassInstance::make(vm, type));
  if (is_exactly(function, static_method_type)) function = static_cast<WrappedMethod*>(function.as_object())->function;
  return call_with_self(vm, function, type, args);
}

Result<void> call_init(Vm& vm, ClassInstance* self, Args args) {
  const Type* owner;
  Value init = look_up(self->shape->type, "__init__"_n, &owner);
  if (init.is_absent()) return {};
  Value function, receiver;
  TRY(bind_member(vm, init, self, self->shape->type, owner, function, receiver));
  Value result = TRY(receiver ? call_with_self(vm, function, receiver, args) : vm.call(function, args));
  if (!result.is_none()) return vm.raise(Error::init_should_return_none, {type_of(result)});
  return {};
}

/// Makes the native part of `self`, an instance of a class that has a native base. What the native type makes must be
/// an object of that type: not every one answers with such (reversed gives whatever __reversed__ returns), and of
/// natives that got another receiver anything could be expected.
Result<void> make_native_part(Vm& vm, ClassInstance* self, Args args) {
  const Type* native_type = type_of(self)->native;
  Value made = native_of(TRY(native_type->slots.construct(vm, native_type, args)));
  if (is_class_instance(made) || !is_subtype(type_of(made), native_type))
    return vm.raise(Error::wrong_native_part, {native_type, type_of(made)});
  self->native = made;
  return {};
}

/// Whether the next call of the class may be made without construct_instance: see Type::init.
void note_init(Vm& vm, Type* type) {
  type->init = Value();
  type->init_epoch = vm.class_epoch;
  if (type->native || !look_up(type, "__new__"_n).is_absent()) return;
  Value init = look_up(type, "__init__"_n);
  if (init.is_absent() || is_function(init)) type->init = init;
}

}  // namespace

Result<Value> construct_instance(Vm& vm, const Type* type, Args args) {
  TRY(vm.check_stack());
  if (type->init_epoch != vm.class_epoch) note_init(vm, const_cast<Type*>(type));
  Value made = TRY(make_blank(vm, type, args));
  if (type_of(made) != type) return made;
  ClassInstance* self = as_class_instance(made);
  TRY(call_init(vm, self, args));
  if (type->native && !self->native) TRY(make_native_part(vm, self, args));
  return self;
}

Result<Value> init_native_part(Vm& vm, Args args) {
  if (!is_class_instance(args[0]) || !type_of(args[0])->native) return vm.raise(Error::wrong_self);
  TRY(make_native_part(vm, as_class_instance(args[0]), args.skip(1)));
  return Value::none();
}

}  // namespace upy
