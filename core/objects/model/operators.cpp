#include "objects/model/operators.h"

#include "objects/containers/slice.h"
#include "objects/model/class_instance.h"
#include "objects/model/iteration.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/comparison.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// Operators, truth, hash, length, membership and items, by the slots of the types.
namespace upy {

// ---- names of special methods ----

namespace {

struct BinaryNames {
  const Str* name;
  const Str* reflected;
};

// The formatter finds no end here.
// clang-format off
#define ARITHMETIC(NAMES)                                                                                     \
  NAMES(add) NAMES(sub) NAMES(mul) NAMES(truediv) NAMES(floordiv) NAMES(mod) NAMES(pow) NAMES(lshift)         \
  NAMES(rshift) NAMES(and) NAMES(or) NAMES(xor) NAMES(matmul)
// clang-format on
#define PLAIN(op) {"__" #op "__"_n, "__r" #op "__"_n},
#define IN_PLACE(op) {"__i" #op "__"_n, nullptr},
constexpr BinaryNames kBinaryNames[] = {
    ARITHMETIC(PLAIN)  //
    {"__lt__"_n, nullptr},
    {"__le__"_n, nullptr},
    {"__gt__"_n, nullptr},
    {"__ge__"_n, nullptr},
    {"__eq__"_n, nullptr},
    {"__ne__"_n, nullptr},
    ARITHMETIC(IN_PLACE)  //
    {"__divmod__"_n, "__rdivmod__"_n},
};
#undef ARITHMETIC
#undef PLAIN
#undef IN_PLACE
static_assert(std::size(kBinaryNames) == static_cast<size_t>(BinaryOp::DivMod) + 1);

constexpr const Str* kUnaryNames[] = {"__neg__"_n, "__pos__"_n, "__invert__"_n, "__abs__"_n};

}  // namespace

const Str* method_name(BinaryOp op) { return kBinaryNames[static_cast<size_t>(op)].name; }
const Str* reflected_name(BinaryOp op) { return kBinaryNames[static_cast<size_t>(op)].reflected; }
const Str* method_name(UnaryOp op) { return kUnaryNames[static_cast<size_t>(op)]; }

// ---- unary ----

Result<Value> unary(Vm& vm, UnaryOp op, Value value) {
  if (auto* slot = type_of(value)->slots.unary) {
    Value result = TRY(slot(vm, op, value));
    if (!result.is_not_implemented() || type_of(value)->is_class()) return result;
  }
  return vm.raise(Error::unsupported_unary, {method_name(op), type_of(value)});
}

// ---- binary ----

namespace {

/// What the type of `self` says; not_implemented if nothing.
Result<Value> ask(Vm& vm, BinaryOp op, Value self, Value other) {
  auto* slot = type_of(self)->slots.binary;
  return slot ? slot(vm, op, self, other) : Result<Value>(Value::not_implemented());
}

/// The same for == and !=; a type without an answer to != has the opposite of that to ==.
Result<Value> ask_equality(Vm& vm, BinaryOp op, Value self, Value other) {
  Value result = TRY(ask(vm, op, self, other));
  if (op == BinaryOp::Eq || !result.is_not_implemented()) return result;
  result = TRY(ask(vm, BinaryOp::Eq, self, other));
  if (result.is_not_implemented()) return result;
  return Value::boolean(!TRY(truth(vm, result)));
}

/// Never fails for want of an answer: then only identical objects are equal.
Result<Value> equality(Vm& vm, BinaryOp op, Value left, Value right) {
  Value result = TRY(ask_equality(vm, op, left, right));
  if (result.is_not_implemented()) result = TRY(ask_equality(vm, op, right, left));
  if (result.is_not_implemented()) return Value::boolean((left == right) == (op == BinaryOp::Eq));
  return result;
}

Result<Value> ask_both(Vm& vm, BinaryOp op, Value left, Value right) {
  Value result = TRY(ask(vm, op, left, right));
  if (!result.is_not_implemented()) return result;
  if (is_comparison(op)) return ask(vm, mirrored(op), right, left);
  auto* slot = type_of(right)->slots.reflected;
  return slot ? slot(vm, op, right, left) : Result<Value>(result);
}

bool is_sequence(Value value) { return type_of(native_of(value))->flags & Type::kSequence; }

/// sequence * object or object * sequence: so often as the int says that the object answers. not_implemented if neither
/// is a sequence, or the other one answers none.
Result<Value> repeat_by_object(Vm& vm, BinaryOp op, Value left, Value right) {
  if (!is_class_instance(is_sequence(left) ? right : left)) return Value::not_implemented();
  Value count = TRY(as_index(vm, is_sequence(left) ? right : left));
  if (is_class_instance(count)) return Value::not_implemented();
  return is_sequence(left) ? ask(vm, op, left, count) : ask_both(vm, plain(op), count, right);
}

}  // namespace

Result<Value> binary(Vm& vm, BinaryOp op, Value left, Value right) {
  if (op == BinaryOp::Eq || op == BinaryOp::Ne) return equality(vm, op, left, right);
  Value result = Value::not_implemented();
  if (is_in_place(op)) result = TRY(ask(vm, op, left, right));
  if (result.is_not_implemented()) result = TRY(ask_both(vm, plain(op), left, right));
  if (result.is_not_implemented() && plain(op) == BinaryOp::Mul) result = TRY(repeat_by_object(vm, op, left, right));
  if (!result.is_not_implemented()) return result;
  return vm.raise(Error::unsupported_binary, {method_name(op), type_of(left), type_of(right)});
}

Result<bool> equal(Vm& vm, Value a, Value b) {
  if (a == b) return true;
  if (a.is_small_int() && b.is_small_int()) return false;
  if (is_exactly(a, str_type) && is_exactly(b, str_type))
    return equal(vm, static_cast<Str*>(a.as_object()), static_cast<Str*>(b.as_object()));
  return truth(vm, TRY(equality(vm, BinaryOp::Eq, a, b)));
}

Result<bool> less(Vm& vm, Value a, Value b) {
  if (a.is_small_int() && b.is_small_int()) return a.as_small_int() < b.as_small_int();
  return truth(vm, TRY(binary(vm, BinaryOp::Lt, a, b)));
}

// ---- truth, hash, length ----

Result<bool> truth(Vm& vm, Value value) {
  if (value.is_bool()) return value.is_true();
  if (value.is_small_int()) return value.as_small_int() != 0;
  const Slots& slots = type_of(value)->slots;
  if (slots.truth) return slots.truth(vm, value);
  if (slots.length) return TRY(slots.length(vm, value)) != 0;
  return true;
}

Result<uint64_t> hash(Vm& vm, Value value) {
  const Type* type = type_of(value);
  if (type->slots.hash) return type->slots.hash(vm, value);
  if (type->flags & Type::kHashByAddress) return value.bits();
  return vm.raise(Error::unsupported_unary, {"__hash__", type});
}

Result<size_t> length(Vm& vm, Value value) {
  const Type* type = type_of(value);
  if (type->slots.length) return type->slots.length(vm, value);
  return vm.raise(Error::no_len, {type});
}

Result<void> check_length(Vm& vm, Value value) {
  if (is_class_instance(value) && !look_up(type_of(value), "__len__"_n).is_absent()) TRY(length(vm, value));
  return {};
}

// ---- calls ----

bool is_callable(Value value) {
  const Type* type = type_of(value);
  if (!type->is_class()) return type->slots.call != nullptr;
  return !look_up(type, "__call__"_n).is_absent() || (type->native && type->native->slots.call);
}

// ---- items ----

Result<bool> contains_by_iteration(Vm& vm, Value container, Value item) {
  Iteration items;
  TRY(items.begin(vm, container));
  while (true) {
    Value each = TRY(items.next(vm));
    if (each.is_stop()) return false;
    if (TRY(equal(vm, each, item))) return true;
  }
}

Result<bool> contains(Vm& vm, Value container, Value item) {
  auto* slot = type_of(container)->slots.contains;
  return slot ? slot(vm, container, item) : contains_by_iteration(vm, container, item);
}

namespace {

/// A slice of whose parts none is an object that answers an int.
Result<Value> plain_slice(Vm& vm, Slice* slice) {
  auto is_plain = [](Value part) { return !is_class_instance(part); };
  if (is_plain(slice->start) && is_plain(slice->stop) && is_plain(slice->step)) return slice;
  Value start = TRY(as_index(vm, slice->start)), stop = TRY(as_index(vm, slice->stop)),
        step = TRY(as_index(vm, slice->step));
  return TRY(Slice(start, stop, step).keep(vm));
}

/// A key as the item slots take it: of a sequence, what objects answer that count as ints. They are asked here, as the
/// slots must not find the sequence changed by that.
Result<Value> plain_key(Vm& vm, const Type* type, Value key) {
  if (!key.is_object() || !(type->flags & Type::kSequence)) return key;
  if (is_exactly(key, slice_type)) return plain_slice(vm, static_cast<Slice*>(key.as_object()));
  return as_index(vm, key);
}

}  // namespace

Result<Value> get_item(Vm& vm, Value self, Value key) {
  const Type* type = type_of(self);
  if (type->slots.get_item) return type->slots.get_item(vm, self, TRY(plain_key(vm, type, key)));
  return vm.raise(Error::not_subscriptable, {type});
}

Result<void> set_item(Vm& vm, Value self, Value key, Value value) {
  const Type* type = type_of(self);
  if (type->slots.set_item) return type->slots.set_item(vm, self, TRY(plain_key(vm, type, key)), value);
  return vm.raise(value ? Error::no_item_assignment : Error::no_item_deletion, {type});
}

}  // namespace upy
