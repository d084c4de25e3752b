#pragma once

#include "objects/runtime/type.h"
#include "objects/runtime/vm.h"

/// How attributes are found and become methods. Inside, an attribute is told as a function together with its receiver,
/// so that calling a method makes no object for it; for anything but a method the receiver is null. Each of these may
/// call Python code, which may change anything.
namespace upy {

/// AttributeError if there is none.
Result<Value> get_attr(Vm& vm, Value self, const Str* name);
/// absent() if there is none.
Result<Value> find_attr(Vm& vm, Value self, const Str* name);
Result<void> set_attr(Vm& vm, Value self, const Str* name, Value value);  ///< null value: delete
/// For a method call: `function` and, if it takes one, `receiver` (else null). AttributeError if there is none.
Result<void> get_method(Vm& vm, Value self, const Str* name, Value& function, Value& receiver);
/// Binds what was found in a type to an object of it: functions become bound methods, descriptors answer __get__.
Result<Value> bind(Vm& vm, Value member, Value self, const Type* type);

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
