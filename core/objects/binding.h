#pragma once

#include "objects/type.h"
#include "objects/vm.h"

/// How attributes are found and become methods. An attribute is told as a function together with its receiver, so that
/// calling a method makes no object for it; for anything but a method the receiver is null.
namespace upy {

/// A method of a native type that was looked up on the type itself (list.append): checks its first argument.
struct CheckedMethod : Object {
  const struct NativeFunction* function;
  const Type* type;
};
extern const Type checked_method_type;

/// Looks `name` up in a value as get_attr does. False: there is none.
Result<bool> find_method(Vm& vm, Value self, const Str* name, Value& function, Value& receiver);
/// The same, but an AttributeError that the look-up raises also means that there is none.
Result<bool> find_protected(Vm& vm, Value self, const Str* name, Value& function, Value& receiver);
/// Looks a special method up in the type of a value, past its own attributes and __getattr__. False: there is none.
Result<bool> find_special(Vm& vm, Value self, const Str* name, Value& function, Value& receiver);
/// Makes of `member`, found in `owner`, what `self` shows under that name: functions get it as receiver, properties and
/// descriptors are asked. `self` is null when the name was looked up on `type` itself.
Result<void> bind_member(Vm& vm, Value member, Value self, const Type* type, const Type* owner, Value& function,
                         Value& receiver);
/// The receiver of a method of the native type `owner` that was reached through `self`: that object, or the native part
/// of an instance of a class. TypeError if it is no object of `owner`: no native ever sees another receiver, and
/// whatever hands one to a method of a native type has it from here.
Result<Value> native_receiver(Vm& vm, const Type* owner, Value self);
/// The function, bound to its receiver if there is one.
Result<Value> as_attribute(Vm& vm, Value function, Value receiver);

}  // namespace upy
