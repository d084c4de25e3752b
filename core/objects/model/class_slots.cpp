#include "objects/model/class_slots.h"

#include "objects/containers/iterator.h"
#include "objects/containers/slice.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/construct.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/model/property.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arg_buffer.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// What instances of classes can do. Each slot looks for the special method in the class; if there is none, the native
/// part does it; if there is no native part either, the general rule or error of the operation holds.
namespace upy {

namespace {

/// The native part, or null.
Value native_part(Value self) { return as_class_instance(self)->native; }

/// An own exception's repr names the class, not its native base.
Result<void> print_native_part(Vm& vm, Value self, Writer& out, PrintStyle style) {
  Value native = native_part(self);
  if (style == PrintStyle::Str || !(type_of(self)->flags & Type::kException)) return print(vm, native, out, style);
  TRY(out.write(vm, type_of(self)->name->view()));
  return print(vm, TRY(get_attr(vm, native, "args"_n)), out, style);
}

Result<void> instance_print(Vm& vm, Value self, Writer& out, PrintStyle style) {
  TRY(vm.check_stack());
  Value text = TRY(vm.call_special(self, style == PrintStyle::Str ? "__str__"_n : "__repr__"_n));
  if (text.is_absent() && native_part(self)) return print_native_part(vm, self, out, style);
  if (text.is_absent() && style == PrintStyle::Str) text = TRY(vm.call_special(self, "__repr__"_n));
  if (!text.is_absent()) return print(vm, text, out, PrintStyle::Str);
  TRY(out.write(vm, "<"));
  TRY(out.write(vm, type_of(self)->name->view()));
  TRY(out.write(vm, " object at "));
  TRY(out.write_hex(vm, self.bits()));
  return out.write(vm, ">");
}

Result<Value> instance_call(Vm& vm, Value self, Args args) {
  TRY(vm.check_stack());
  Value function, receiver;
  if (TRY(find_special(vm, self, "__call__"_n, function, receiver))) {
    if (!receiver) return vm.call(function, args);
    ArgBuffer buffer;
    return vm.call(function, TRY(buffer.prepend(vm, receiver, args)));
  }
  if (Value native = native_part(self)) return vm.call(native, args);
  return vm.raise(Error::not_callable, {type_of(self)});
}

// ---- operators ----

/// Whatever the special method answers is the result, NotImplemented too.
Result<Value> instance_unary(Vm& vm, UnaryOp op, Value self) {
  TRY(vm.check_stack());
  Value result = TRY(vm.call_special(self, method_name(op)));
  if (!result.is_absent()) return result;
  if (Value native = native_part(self)) return unary(vm, op, native);
  return vm.raise(Error::unsupported_unary, {method_name(op), type_of(self)});
}

Result<Value> instance_binary(Vm& vm, BinaryOp op, Value self, Value other) {
  TRY(vm.check_stack());
  Value result = TRY(vm.call_special(self, method_name(op), {other}));
  if (!result.is_absent()) return result;
  if (Value native = native_part(self)) return binary(vm, op, native, other);
  return Value::not_implemented();
}

Result<Value> instance_reflected(Vm& vm, BinaryOp op, Value self, Value other) {
  TRY(vm.check_stack());
  const Str* name = reflected_name(op);
  Value result = name ? TRY(vm.call_special(self, name, {other})) : Value::absent();
  if (!result.is_absent()) return result;
  if (Value native = native_part(self)) return binary(vm, op, other, native);
  return Value::not_implemented();
}

Result<bool> instance_truth(Vm& vm, Value self) {
  TRY(vm.check_stack());
  Value result = TRY(vm.call_special(self, "__bool__"_n));
  if (result.is_absent()) result = TRY(vm.call_special(self, "__len__"_n));
  if (!result.is_absent()) {
    const Value answer = native_of(result);
    if (is_class_instance(answer)) return vm.raise(Error::cant_convert_to, {type_of(answer), "bool"});
    return truth(vm, answer);
  }
  if (Value native = native_part(self)) return truth(vm, native);
  return true;
}

/// A class that has __eq__ but no __hash__ has unhashable instances.
Result<uint64_t> instance_hash(Vm& vm, Value self) {
  TRY(vm.check_stack());
  Value result = TRY(vm.call_special(self, "__hash__"_n));
  if (!result.is_absent()) return to_bits64(vm, result);
  if (!look_up(type_of(self), "__eq__"_n).is_absent())
    return vm.raise(Error::unsupported_unary, {"__hash__", type_of(self)});
  if (Value native = native_part(self)) return hash(vm, native);
  return self.bits();
}

// ---- containers ----

Result<size_t> instance_length(Vm& vm, Value self) {
  TRY(vm.check_stack());
  Value result = TRY(vm.call_special(self, "__len__"_n));
  if (result.is_absent()) {
    if (Value native = native_part(self)) return length(vm, native);
    return vm.raise(Error::no_len, {type_of(self)});
  }
  int64_t count = TRY(to_int64(vm, result));
  if (count < 0) return vm.raise(Error::negative_length);
  return static_cast<size_t>(count);
}

/// A key that may be kept: a slice that lies on the native stack moves to the heap.
Result<Value> keepable(Vm& vm, Value key) {
  if (!is_exactly(key, slice_type) || vm.heap.contains(key.as_object())) return key;
  Slice* slice = TRY(vm.allocate<Slice>(slice_type));
  *slice = *static_cast<Slice*>(key.as_object());
  return slice;
}

Result<Value> instance_get_item(Vm& vm, Value self, Value key) {
  TRY(vm.check_stack());
  key = TRY(keepable(vm, key));
  Value result = TRY(vm.call_special(self, "__getitem__"_n, {key}));
  if (!result.is_absent()) return result;
  if (Value native = native_part(self)) return get_item(vm, native, key);
  return vm.raise(Error::not_subscriptable, {type_of(self)});
}

Result<void> instance_set_item(Vm& vm, Value self, Value key, Value value) {
  TRY(vm.check_stack());
  key = TRY(keepable(vm, key));
  Value result = value ? TRY(vm.call_special(self, "__setitem__"_n, {key, value}))
                       : TRY(vm.call_special(self, "__delitem__"_n, {key}));
  if (!result.is_absent()) return {};
  if (Value native = native_part(self)) return set_item(vm, native, key, value);
  return vm.raise(value ? Error::no_item_assignment : Error::no_item_deletion, {type_of(self)});
}

/// By __contains__, else by the native part, else by going through the items.
Result<bool> instance_contains(Vm& vm, Value self, Value item) {
  TRY(vm.check_stack());
  Value result = TRY(vm.call_special(self, "__contains__"_n, {item}));
  if (!result.is_absent()) return truth(vm, result);
  if (Value native = native_part(self)) return contains(vm, native, item);
  return contains_by_iteration(vm, self, item);
}

bool is_iterable(const Type* native) { return native->slots.iter || native->slots.next_at || native->slots.next; }

Result<Value> instance_iter(Vm& vm, Value self) {
  TRY(vm.check_stack());
  Value result = TRY(vm.call_special(self, "__iter__"_n));
  if (!result.is_absent()) return result;
  Value native = native_part(self);
  if (native && is_iterable(type_of(native))) return get_iter(vm, native);
  if (!look_up(type_of(self), "__getitem__"_n).is_absent()) return make_getitem_iterator(vm, self);
  return vm.raise(Error::not_iterable, {type_of(self)});
}

/// The end of the iteration is a StopIteration that __next__ raises; its value is kept for `yield from`.
Result<Value> instance_next(Vm& vm, Value self) {
  TRY(vm.check_stack());
  Result<Value> result = vm.call_special(self, "__next__"_n);
  if (!result) return end_by_stop_iteration(vm);
  if (!(*result).is_absent()) return result;
  if (Value native = native_part(self)) return get_next(vm, native);
  return vm.raise(Error::not_iterator, {type_of(self)});
}

// ---- attributes ----

Result<Value> instance_get_attr(Vm& vm, Value self, const Str* name) {
  TRY(vm.check_stack());
  return find_attr(vm, self, name);
}

/// What the class makes of a store: Own, the attribute is the instance's own.
enum class Store { Own, Done, Refused };

Result<Store> store_through_class(Vm& vm, Value self, const Str* name, Value value) {
  Value member = look_up(type_of(self), name);
  if (is_exactly(member, property_type)) {
    bool allowed = TRY(set_property(vm, static_cast<Property*>(member.as_object()), self, value));
    return allowed ? Store::Done : Store::Refused;
  }
  if (is_class_instance(member)) {
    Value result = value ? TRY(vm.call_special(member, "__set__"_n, {self, value}))
                         : TRY(vm.call_special(member, "__delete__"_n, {self}));
    if (!result.is_absent()) return Store::Done;
  }
  Value result = value ? TRY(vm.call_special(self, "__setattr__"_n, {name, value}))
                       : TRY(vm.call_special(self, "__delattr__"_n, {name}));
  return result.is_absent() ? Store::Own : Store::Done;
}

Result<bool> instance_set_attr(Vm& vm, Value self, const Str* name, Value value) {
  TRY(vm.check_stack());
  if (type_of(self)->flags & Type::kHasAccessors) {
    Store store = TRY(store_through_class(vm, self, name, value));
    if (store != Store::Own) return store == Store::Done;
  }
  ClassInstance* instance = as_class_instance(self);
  if (Value native = instance->native) {
    auto* set = type_of(native)->slots.set_attr;
    if (set && TRY(set(vm, native, name, value))) return true;
  }
  if (!value) return instance->delete_own(vm, name);
  TRY(instance->set_own(vm, name, value));
  return true;
}

// ---- buffers ----

bool instance_buffer(Value self, Buffer& buffer) {
  Value native = native_part(self);
  return native && type_of(native)->slots.buffer && type_of(native)->slots.buffer(native, buffer);
}

}  // namespace

constinit const Slots class_slots{
    .print = instance_print,
    .call = instance_call,
    .construct = construct_instance,
    .unary = instance_unary,
    .binary = instance_binary,
    .reflected = instance_reflected,
    .truth = instance_truth,
    .hash = instance_hash,
    .length = instance_length,
    .get_item = instance_get_item,
    .set_item = instance_set_item,
    .contains = instance_contains,
    .iter = instance_iter,
    .next = instance_next,
    .get_attr = instance_get_attr,
    .set_attr = instance_set_attr,
    .buffer = instance_buffer,
};

}  // namespace upy
