#include "objects/model/attributes.h"

#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/bound_method.h"
#include "objects/model/class_instance.h"
#include "objects/model/construct.h"
#include "objects/model/exception.h"
#include "objects/model/function.h"
#include "objects/model/iteration.h"
#include "objects/model/module.h"
#include "objects/model/native_function.h"
#include "objects/model/property.h"
#include "objects/model/receiver_watch.h"
#include "objects/model/super.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// Attributes of values.
///
/// An instance of a class has attributes of its own, which come first and are taken as they are; then those of its
/// class and bases, which bind; then those that its native part shows; at last __getattr__ is asked. A type shows what
/// it and its bases have, unbound. Other values show what their get_attr slot knows and the members of their type.
namespace upy {

// ---- binding ----

namespace {

/// The method of a native type as the type itself shows it: it checks its first argument.
Result<Value> make_checked(Vm& vm, const NativeFunction* native, const Type* owner) {
  ReceiverWatch::note(vm, native, owner);
  auto* checked = TRY(vm.allocate<CheckedMethod>(checked_method_type));
  checked->function = native;
  checked->type = owner;
  return checked;
}

/// A native function as a method. In classes it is a plain attribute, as in MicroPython.
Result<void> bind_native(Vm& vm, const NativeFunction* native, Value self, const Type* type, const Type* owner,
                         Value& function, Value& receiver) {
  function = native;
  receiver = {};
  if (native->flags & NativeFunction::kStaticMethod || owner->is_class()) return {};
  if (native->flags & NativeFunction::kClassMethod) {
    receiver = type;
  } else if (owner == &object_type) {
    receiver = self;
  } else if (self) {
    ReceiverWatch::note(vm, native, owner);
    receiver = TRY(native_receiver(vm, owner, self));
  } else {
    function = TRY(make_checked(vm, native, owner));
  }
  return {};
}

}  // namespace

Result<Value> native_receiver(Vm& vm, const Type* owner, Value self) {
  Value native = native_of(self);
  if (is_subtype(type_of(native), owner)) {
    if (!is_class_instance(native)) return native;
    return vm.raise(Error::super_init_first);
  }
  return vm.raise(Error::wrong_self);
}

Result<void> bind_member(Vm& vm, Value member, Value self, const Type* type, const Type* owner, Value& function,
                         Value& receiver) {
  function = member;
  receiver = {};
  if (!member.is_object()) return {};
  const Shape* shape = member.as_object()->shape;
  if (is_function(member)) {
    receiver = self;
  } else if (shape == &native_function_type.root) {
    return bind_native(vm, static_cast<NativeFunction*>(member.as_object()), self, type, owner, function, receiver);
  } else if (shape == &static_method_type.root) {
    function = static_cast<WrappedMethod*>(member.as_object())->function;
  } else if (shape == &class_method_type.root) {
    function = static_cast<WrappedMethod*>(member.as_object())->function;
    receiver = type;
  } else if (!self) {
    return {};
  } else if (shape == &property_type.root) {
    function = TRY(get_property(vm, static_cast<Property*>(member.as_object()), self));
  } else if (is_class_instance(member)) {
    Value got = TRY(vm.call_special(member, "__get__"_n, {self, type}));
    if (!got.is_absent()) function = got;
  }
  return {};
}

Result<Value> as_attribute(Vm& vm, Value function, Value receiver) {
  if (!receiver) return function;
  return TRY(BoundMethod::make(vm, function, receiver));
}

Result<Value> bind(Vm& vm, Value member, Value self, const Type* type) {
  Value function, receiver;
  TRY(bind_member(vm, member, self, type_of(self), type, function, receiver));
  return as_attribute(vm, function, receiver);
}

// ---- look-up ----

namespace {

/// Names that __getattr__ is never asked for: those by which the runtime finds out what an object is.
bool is_delegated(const Str* name) {
  return name != "__getattr__"_n && name != "__get__"_n && name != "__set__"_n && name != "__delete__"_n &&
         name != "__set_name__"_n && name != "__setattr__"_n && name != "__delattr__"_n && name != "__class__"_n;
}

Result<bool> found(Value value, Value& function, Value& receiver) {
  function = value;
  receiver = {};
  return true;
}

/// __dict__ is a copy: that a script can't store anything in it tells that it would be in vain.
Value frozen(Dict* copy) {
  copy->freeze();
  return copy;
}

Result<Value> next_method(Vm& vm, Args args) {
  Value item = TRY(get_next(vm, args[0]));
  if (item.is_stop()) return raise_stop_iteration(vm);
  return item;
}

/// In a value that is neither an instance of a class nor a type.
Result<bool> find_in_native(Vm& vm, Value self, const Str* name, Value& function, Value& receiver) {
  const Type* type = type_of(self);
  if (type->slots.get_attr) {
    Value value = TRY(type->slots.get_attr(vm, self, name));
    if (!value.is_absent()) return found(value, function, receiver);
  }
  const Type* owner;
  Value member = look_up(type, name, &owner);
  if (!member.is_absent()) {
    TRY(bind_member(vm, member, self, type, owner, function, receiver));
    return true;
  }
  if (name == "__next__"_n && type->slots.next) {
    function = native<next_method, 1>;
    receiver = self;
    return true;
  }
  return false;
}

Result<bool> find_in_instance(Vm& vm, ClassInstance* self, const Str* name, Value& function, Value& receiver) {
  if (Value own = self->get_own(name)) return found(own, function, receiver);
  const Type* type = self->shape->type;
  const Type* owner;
  Value member = look_up(type, name, &owner);
  if (!member.is_absent()) {
    TRY(bind_member(vm, member, self, type, owner, function, receiver));
    return true;
  }
  if (name == "__dict__"_n) return found(frozen(TRY(self->copy_own(vm))), function, receiver);
  if (type->native && self->native && TRY(find_in_native(vm, self->native, name, function, receiver))) return true;
  if (!is_delegated(name)) return false;
  Value got = TRY(vm.call_special(self, "__getattr__"_n, {name}));
  return got.is_absent() ? Result<bool>(false) : found(got, function, receiver);
}

Result<Value> bases_of(Vm& vm, const Type* type) {
  if (type == &object_type) return &empty_tuple;
  if (type->is_class() && type->bases->size) return type->bases;
  Value base = type->is_class() ? &object_type : type->base;
  return TRY(Tuple::make(vm, {&base, 1}));
}

Result<Value> wrap(Vm& vm, const Type& kind, Value function) {
  auto* wrapped = TRY(vm.allocate<WrappedMethod>(kind));
  wrapped->function = function;
  return wrapped;
}

/// What a native type has under a name, as a script may have it: in hands of its own a native checks its receiver.
Result<Value> shown_member(Vm& vm, const Type* type, Value member) {
  if (!is_exactly(member, native_function_type)) return member;
  auto* native = static_cast<const NativeFunction*>(member.as_object());
  if (native->flags & NativeFunction::kStaticMethod) return wrap(vm, static_method_type, native);
  if (native->flags & NativeFunction::kClassMethod)
    return wrap(vm, class_method_type, TRY(make_checked(vm, native, &type_type)));
  return make_checked(vm, native, type);
}

/// The names of a type itself as a new dict.
Result<Value> dict_of(Vm& vm, const Type* type) {
  if (type->is_class()) return frozen(TRY(type->dict->copy(vm)));
  Dict* dict = TRY(Dict::make(vm, type->members.size()));
  for (const Member& member : type->members) TRY(dict->set(vm, member.name, TRY(shown_member(vm, type, member.value))));
  return frozen(dict);
}

Result<bool> find_in_type(Vm& vm, Type* self, const Str* name, Value& function, Value& receiver) {
  if (name == "__name__"_n) return found(self->name, function, receiver);
  if (name == "__bases__"_n) return found(TRY(bases_of(vm, self)), function, receiver);
  if (name == "__dict__"_n) return found(TRY(dict_of(vm, self)), function, receiver);
  if (name == "__class__"_n) return found(&type_type, function, receiver);
  const Type* owner;
  Value member = look_up(self, name, &owner);
  if (member.is_absent()) {
    const Type* native_type = self->is_class() ? self->native : self;
    if (name != "__init__"_n || !native_type || !native_type->slots.construct || native_type == &object_type)
      return false;
    return found(native<init_native_part, 1, NativeFunction::kAny, NativeFunction::kKeywords>, function, receiver);
  }
  TRY(bind_member(vm, member, {}, self, owner, function, receiver));
  return true;
}

}  // namespace

Result<bool> find_method(Vm& vm, Value self, const Str* name, Value& function, Value& receiver) {
  const Type* type = type_of(self);
  if (type->is_class()) {
    if (TRY(find_in_instance(vm, as_class_instance(self), name, function, receiver))) return true;
  } else if (type == &type_type) {
    if (TRY(find_in_type(vm, static_cast<Type*>(self.as_object()), name, function, receiver))) return true;
  } else if (TRY(find_in_native(vm, self, name, function, receiver))) {
    return true;
  }
  return name == "__class__"_n ? found(type, function, receiver) : Result<bool>(false);
}

Result<bool> find_protected(Vm& vm, Value self, const Str* name, Value& function, Value& receiver) {
  Result<bool> found = find_method(vm, self, name, function, receiver);
  if (!found && vm.take_pending(AttributeError_type)) return false;
  return found;
}

Result<bool> find_special(Vm& vm, Value self, const Str* name, Value& function, Value& receiver) {
  const Type* type = type_of(self);
  const Type* owner;
  Value member = look_up(type, name, &owner);
  if (member.is_absent()) return false;
  TRY(bind_member(vm, member, self, type, owner, function, receiver));
  return true;
}

namespace {

Failure raise_no_attribute(Vm& vm, Value self, const Str* name) {
  if (Type* type = as_type(self)) return vm.raise(Error::type_no_attribute, {type->name, name});
  if (is_exactly(self, module_type))
    return vm.raise(Error::module_no_attribute, {static_cast<Module*>(self.as_object())->shown_name(), name});
  return vm.raise(Error::no_attribute, {type_of(self), name});
}

}  // namespace

Result<void> get_method(Vm& vm, Value self, const Str* name, Value& function, Value& receiver) {
  if (TRY(find_method(vm, self, name, function, receiver))) return {};
  return raise_no_attribute(vm, self, name);
}

Result<Value> find_attr(Vm& vm, Value self, const Str* name) {
  Value function, receiver;
  if (!TRY(find_method(vm, self, name, function, receiver))) return Value::absent();
  return as_attribute(vm, function, receiver);
}

Result<Value> get_attr(Vm& vm, Value self, const Str* name) {
  Value value = TRY(find_attr(vm, self, name));
  if (value.is_absent()) return raise_no_attribute(vm, self, name);
  return value;
}

Result<void> set_attr(Vm& vm, Value self, const Str* name, Value value) {
  auto* set = type_of(self)->slots.set_attr;
  if (set && TRY(set(vm, self, name, value))) return {};
  return vm.raise(Error::no_attribute, {type_of(self), name});
}

}  // namespace upy
