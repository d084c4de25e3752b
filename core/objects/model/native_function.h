#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type native_function_type;

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

/// Checks the counts of a native function's arguments and calls it.
Result<Value> call_native(Vm& vm, const NativeFunction* function, Args args);

/// A method of a native type that was looked up on the type itself (list.append): checks its first argument.
struct CheckedMethod : Object {
  const NativeFunction* function;
  const Type* type;
};
extern const Type checked_method_type;

}  // namespace upy
