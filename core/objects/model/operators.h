#pragma once

#include "objects/runtime/type.h"
#include "objects/runtime/vm.h"

/// What the operators of the language and len, hash and `in` do with any value, by the slots of its type. Each may
/// raise, and may call Python code, which may change anything.
namespace upy {

Result<Value> unary(Vm& vm, UnaryOp op, Value value);
Result<Value> binary(Vm& vm, BinaryOp op, Value left, Value right);
/// The special method's name, e.g. "__add__"; and that of the reflected one, null for comparisons.
const Str* method_name(BinaryOp op);
const Str* reflected_name(BinaryOp op);
const Str* method_name(UnaryOp op);
Result<bool> equal(Vm& vm, Value a, Value b);  ///< a == b; identical objects are equal
Result<bool> less(Vm& vm, Value a, Value b);   ///< a < b
Result<bool> truth(Vm& vm, Value value);
Result<uint64_t> hash(Vm& vm, Value value);  ///< TypeError if unhashable
Result<size_t> length(Vm& vm, Value value);  ///< len(value), TypeError
/// Asks an object of a class for its length, if it has one, for the sake of what __len__ raises.
Result<void> check_length(Vm& vm, Value value);
Result<bool> contains(Vm& vm, Value container, Value item);
/// The same for a container that is only iterable.
Result<bool> contains_by_iteration(Vm& vm, Value container, Value item);
Result<Value> get_item(Vm& vm, Value self, Value key);
Result<void> set_item(Vm& vm, Value self, Value key, Value value);  ///< null value: delete
bool is_callable(Value value);

}  // namespace upy
