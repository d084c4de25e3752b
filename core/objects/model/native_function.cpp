#include "objects/model/native_function.h"

#include "objects/model/attributes.h"
#include "objects/model/receiver_watch.h"
#include "objects/runtime/arg_buffer.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// Functions in C++, alone and looked up on their type.
namespace upy {

Result<Value> call_native(Vm& vm, const NativeFunction* function, Args args) {
  bool keywords_fit = args.keywords == 0 || function->flags & NativeFunction::kKeywords;
  bool count_fits =
      args.positional >= function->min && (function->max == NativeFunction::kAny || args.positional <= function->max);
  if (keywords_fit && count_fits) [[likely]]
    return enter_native(vm, function, args);
  if (!keywords_fit) return vm.raise(Error::no_keywords);
  TRY(check_arguments(vm, Args(args.values, args.positional), function->min, function->max));
  __builtin_unreachable();
}

namespace {

Result<Value> native_call(Vm& vm, Value self, Args args) {
  return call_native(vm, static_cast<NativeFunction*>(self.as_object()), args);
}

CheckedMethod* as_checked(Value value) { return static_cast<CheckedMethod*>(value.as_object()); }

/// Calls list.append(x, …): x must be a list, or an instance of a class derived from list, whose native part is taken.
Result<Value> checked_call(Vm& vm, Value self, Args args) {
  CheckedMethod* method = as_checked(self);
  if (args.positional == 0) return call_native(vm, method->function, args);
  Value receiver = TRY(native_receiver(vm, method->type, args[0]));
  if (receiver == args[0]) return call_native(vm, method->function, args);
  ArgBuffer buffer;
  return call_native(vm, method->function, TRY(buffer.prepend(vm, receiver, args.skip(1))));
}

Result<Value> checked_binary(Vm&, BinaryOp op, Value self, Value other) {
  if (op != BinaryOp::Eq || !is_exactly(other, checked_method_type)) return Value::not_implemented();
  return Value::boolean(as_checked(self)->function == as_checked(other)->function);
}

Result<uint64_t> checked_hash(Vm&, Value self) { return Value(as_checked(self)->function).bits(); }

}  // namespace

constinit const Type native_function_type{
    {.name = "function"_n, .kind = &plain_kind, .flags = Type::kHashByAddress, .slots = {.call = native_call}}};
constinit const Type checked_method_type{
    {.name = "function"_n,
     .kind = &plain_kind,
     .slots = {.call = checked_call, .binary = checked_binary, .hash = checked_hash}}};

}  // namespace upy
