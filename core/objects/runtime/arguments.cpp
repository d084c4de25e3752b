#include "objects/runtime/arguments.h"

#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

Result<void> check_arguments(Vm& vm, Args args, uint32_t min, uint32_t max) {
  if (args.keywords > 0) return vm.raise(Error::no_keywords);
  if (args.positional >= min && args.positional <= max) return {};
  if (min == max) return vm.raise(Error::native_takes_positional, {min, args.positional});
  if (args.positional < min) return vm.raise(Error::native_missing_arguments, {min - args.positional});
  return vm.raise(Error::native_expected_at_most, {max, args.positional});
}

namespace {

Result<void> parse_keyword(Vm& vm, Value name, Value value, std::span<const Parameter> parameters, Value* values) {
  for (size_t i = 0; i < parameters.size(); i++) {
    if (name != Value(parameters[i].name)) continue;
    if (values[i]) return vm.raise(Error::multiple_values, {parameters[i].name});
    values[i] = value;
    return {};
  }
  return vm.raise(Error::extra_keywords);
}

}  // namespace

Result<void> parse_arguments(Vm& vm, Args args, std::span<const Parameter> parameters, Value* values) {
  for (size_t i = 0; i < parameters.size(); i++) values[i] = Value();
  for (uint32_t i = 0; i < args.positional; i++) {
    if (i >= parameters.size() || parameters[i].kind == Parameter::Kind::KeywordOnly)
      return vm.raise(Error::extra_positional);
    values[i] = args[i];
  }
  for (uint32_t i = 0; i < args.keywords; i++)
    TRY(parse_keyword(vm, args.keyword_name(i), args.keyword_value(i), parameters, values));
  for (size_t i = 0; i < parameters.size(); i++) {
    if (values[i]) continue;
    if (parameters[i].kind == Parameter::Kind::Required)
      return vm.raise(Error::argument_required, {parameters[i].name});
    values[i] = parameters[i].default_value;
  }
  return {};
}

}  // namespace upy
