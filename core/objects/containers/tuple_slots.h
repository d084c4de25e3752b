#pragma once

#include "objects/containers/sequence.h"
#include "objects/runtime/type.h"

/// What tuples can do, for types derived from tuple to take over: a type has no slots but its own.
namespace upy {

Result<void> tuple_print(Vm& vm, Value self, Writer& out, PrintStyle style);
Result<Value> tuple_construct(Vm& vm, const Type* type, Args args);
Result<Value> tuple_binary(Vm& vm, BinaryOp op, Value self, Value other);
Result<Value> tuple_reflected(Vm& vm, BinaryOp op, Value self, Value other);
Result<uint64_t> tuple_hash(Vm& vm, Value self);
Result<size_t> tuple_length(Vm& vm, Value self);
Result<Value> tuple_get_item(Vm& vm, Value self, Value key);
Result<Value> tuple_next_at(Vm& vm, Value self, int64_t& cursor);

inline constexpr Slots kTupleSlots{
    .print = tuple_print,
    .construct = tuple_construct,
    .binary = tuple_binary,
    .reflected = tuple_reflected,
    .hash = tuple_hash,
    .length = tuple_length,
    .get_item = tuple_get_item,
    .contains = sequence_contains,
    .next_at = tuple_next_at,
};

}  // namespace upy
