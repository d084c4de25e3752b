#pragma once

#include "objects/type.h"

namespace upy {

struct Code;

extern const Type native_function_type, function_type, closure_type, generator_function_type, bound_method_type,
    cell_type, static_method_type, class_method_type;

using NativeFn = Result<Value> (*)(Vm&, Args);

/// A function in C++. Static and read-only; written in member tables as native<fn, min, max>.
struct NativeFunction : Object {
  enum Flags : uint8_t {
    kKeywords = 1,      ///< takes keyword arguments, and checks them itself
    kStaticMethod = 2,  ///< as a type's member: gets no self
    kClassMethod = 4,   ///< as a type's member: its first argument is the type it was looked up on
  };
  static constexpr uint8_t kAny = 255;  ///< as max: any number

  NativeFn fn;
  uint8_t min, max;  ///< how many positional arguments, self included
  uint8_t flags;

  constexpr NativeFunction(NativeFn fn, uint8_t min, uint8_t max, uint8_t flags)
      : Object{&native_function_type.root}, fn(fn), min(min), max(max), flags(flags) {}
};

template <NativeFn fn, uint8_t min, uint8_t max = min, uint8_t flags = 0>
inline constexpr NativeFunction native_function{fn, min, max, flags};

/// The function value for a member table: {"append"_n, native<list_append, 2>}.
template <NativeFn fn, uint8_t min, uint8_t max = min, uint8_t flags = 0>
inline constexpr Value native{&native_function<fn, min, max, flags>};

/// A variable that a function shares with functions inside it.
struct Cell : Object {
  Value content;  ///< null: unset
};

/// A Python function. Its type tells apart those with captured cells, which are closures, and of the others those that
/// make generators.
struct Function : Object {
  Code* code;
  Dict* globals;
  Tuple* defaults;         ///< of the last positional parameters; null if none
  Dict* keyword_defaults;  ///< null if none
  size_t cell_count;

  /// A new one of `code`, without defaults and with its cells null.
  static Result<Function*> make(Vm& vm, Code* code, Dict* globals);
  Value* cells() { return reinterpret_cast<Value*>(this + 1); }
};

/// Whether it is a Python function, of any of the three types.
inline bool is_function(Value value) {
  if (!value.is_object()) return false;
  const Shape* shape = value.as_object()->shape;
  return shape == &function_type.root || shape == &closure_type.root || shape == &generator_function_type.root;
}

/// A function or other callable together with its first argument.
struct BoundMethod : Object {
  Value function;
  Value self;
  static Result<BoundMethod*> make(Vm& vm, Value function, Value self);
};

/// staticmethod(f) and classmethod(f), told apart by their type.
struct WrappedMethod : Object {
  Value function;
};

/// Checks the counts of a native function's arguments and calls it.
Result<Value> call_native(Vm& vm, const NativeFunction* function, Args args);

}  // namespace upy
