#pragma once

#include <cassert>

#include "objects/containers/dict.h"
#include "objects/model/code.h"
#include "objects/model/function.h"
#include "objects/runtime/vm.h"

/// The instructions that are too long to stand in the dispatch loop. `registers` is R of the running frame.
namespace upy {

struct Slice;

Result<Value> load_name(Vm& vm, const Value* (*find_builtin)(const Str*), Value space, const Str* name, Dict* globals);
Result<void> store_name(Vm& vm, Value space, const Str* name, Value value);
Result<void> delete_name(Vm& vm, Value space, const Str* name);
Result<void> delete_global(Vm& vm, Dict* globals, const Str* name);

Result<Cell*> make_cell(Vm& vm, Value content);
/// The cell in a register, or a captured one: verified code has nothing else there.
inline Cell* as_cell(Value value) {
  assert(is_exactly(value, cell_type));
  return static_cast<Cell*>(value.as_object());
}

Result<Value> make_function(Vm& vm, Function* running, Value* registers, const Instr& instr);

Result<void> unpack(Vm& vm, Value* to, Value source, size_t count);
Result<void> unpack_ex(Vm& vm, Value* to, Value source, size_t before, size_t after);

Result<Value> build_map(Vm& vm, const Value* pairs, size_t count);
Result<Value> build_set(Vm& vm, const Value* items, size_t count);
Result<Value> build_string(Vm& vm, const Value* parts, size_t count);
Result<Value> build_slice(Vm& vm, const Value* parts);
/// The slice as key for that container: itself, or a copy in the heap if the container might keep it.
Result<Value> slice_for(Vm& vm, Value container, const Slice& slice);
Result<void> list_append(Vm& vm, Value list, Value item);
Result<void> list_extend(Vm& vm, Value list, Value items);
Result<Value> list_to_tuple(Vm& vm, Value list);
Result<void> set_add(Vm& vm, Value set, Value item);
Result<void> set_update(Vm& vm, Value set, Value items);
Result<void> map_add(Vm& vm, Value map, Value key, Value value);
/// Copies a mapping into a dict; as keyword arguments, a repeated name is a TypeError.
enum class MapUse : uint8_t { Display, Keywords };
Result<void> map_update(Vm& vm, Value map, Value source, MapUse use);
/// FORMAT with its conversion (0, 'r', 's', 'a') and spec (null: none).
Result<Value> format(Vm& vm, Value value, char conversion, Value spec);

Result<Value> import_from(Vm& vm, Value module, const Str* name);
Result<void> import_star(Vm& vm, Value module, Value space);

/// `for x in range(...)` without a range object: fills the loop state and answers true if the callee is the builtin
/// range and its arguments are small integers.
bool start_range_loop(Value* state, size_t count);
/// The state for a loop over state[0].
Result<void> start_loop(Vm& vm, Value* state);
/// One step of a loop over state[0] that is neither a range nor a generator. stop() at its end.
Result<Value> step_loop(Vm& vm, Value* state);

/// Sends `value` to an iterator that a generator delegates to; stop() at its end, with vm.stop_value.
Result<Value> send_into(Vm& vm, Value iterator, Value value);
/// Throws into it.
Result<Value> throw_into(Vm& vm, Value iterator, Value exception);

/// The names of keyword arguments must be strings, which in verified code only a forged blob's are not.
Result<void> check_keyword_names(Vm& vm, Args args);
/// CALL_EX: how many values spread_call needs at most.
Result<size_t> spread_size(Vm& vm, const Value* call);
/// CALL_EX: lays callee, receiver (null if there is none), positional and keyword arguments out at `to`, as CALL_METHOD
/// expects them. `room` is how many values fit there.
struct SpreadCall {
  uint32_t positional, keywords;
};
Result<SpreadCall> spread_call(Vm& vm, const Value* call, Value receiver, Value* to, size_t room);

}  // namespace upy
