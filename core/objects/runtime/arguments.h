#pragma once

#include <span>

#include "objects/runtime/args.h"
#include "objects/runtime/result.h"

namespace upy {

class Vm;
struct Str;

/// TypeError unless there are `min` to `max` positional arguments and no keyword arguments.
Result<void> check_arguments(Vm& vm, Args args, uint32_t min, uint32_t max);

/// A parameter of a native function that takes keyword arguments.
struct Parameter {
  enum class Kind : uint8_t { Required, Optional, KeywordOnly };
  const Str* name;
  Kind kind = Kind::Optional;
  Value default_value = {};
};

/// Sorts the arguments of a call into `values`, one for each parameter; those not given get the parameter's default.
/// Positional parameters come first. TypeError if an argument is missing, unknown, given twice or one too many.
Result<void> parse_arguments(Vm& vm, Args args, std::span<const Parameter> parameters, Value* values);

}  // namespace upy
