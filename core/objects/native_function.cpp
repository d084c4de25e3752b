#include "objects/arguments.h"
#include "objects/binding.h"
#include "objects/class_instance.h"
#include "objects/function.h"
#include "objects/str.h"
#include "objects/vm.h"
#include "objects/writer.h"

/// Functions in C++, alone and looked up on their type.
namespace upy {

Result<Value> call_native(Vm& vm, const NativeFunction* function, Args args) {
  bool keywords_fit = args.keywords == 0 || function->flags & NativeFunction::kKeywords;
  bool count_fits =
      args.positional >= function->min && (function->max == NativeFunction::kAny || args.positional <= function->max);
  if (keywords_fit && count_fits) [[likely]]
    return function->fn(vm, args);
  if (!keywords_fit) return vm.raise(Error::no_keywords);
  TRY(check_arguments(vm, Args(args.values, args.positional), function->min, function->max));
  __builtin_unreachable();
}

namespace {

Result<Value> native_call(Vm& vm, Value self, Args args) {
  return call_native(vm, static_cast<NativeFunction*>(self.as_object()), args);
}

/// A class method is seen as such where it was not bound yet, in listings of a type's members.
Result<void> native_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  uint8_t flags = static_cast<NativeFunction*>(self.as_object())->flags;
  if (flags & NativeFunction::kClassMethod) return out.write(vm, "<classmethod>");
  return out.write(vm, flags & NativeFunction::kStaticMethod ? "<staticmethod>" : "<function>");
}

CheckedMethod* as_checked(Value value) { return static_cast<CheckedMethod*>(value.as_object()); }

/// Calls list.append(x, …): x must be a list, or an instance of a class derived from list, whose native part is taken.
Result<Value> checked_call(Vm& vm, Value self, Args args) {
  CheckedMethod* method = as_checked(self);
  if (args.positional > 0) {
    if (!is_subtype(type_of(args[0]), method->type)) return vm.raise(Error::wrong_self);
    Value native = native_of(args[0]);
    if (is_class_instance(native)) return vm.raise(Error::super_init_first);
    if (native != args[0]) args.values[0] = native;
  }
  return call_native(vm, method->function, args);
}

Result<Value> checked_binary(Vm&, BinaryOp op, Value self, Value other) {
  if (op != BinaryOp::Eq || !is_exactly(other, checked_method_type)) return Value::not_implemented();
  return Value::boolean(as_checked(self)->function == as_checked(other)->function);
}

Result<uint64_t> checked_hash(Vm&, Value self) { return Value(as_checked(self)->function).bits(); }

}  // namespace

constinit const Type native_function_type{{.name = "function"_n,
                                           .kind = &plain_kind,
                                           .flags = Type::kHashByAddress,
                                           .slots = {.print = native_print, .call = native_call}}};
constinit const Type checked_method_type{
    {.name = "function"_n,
     .kind = &plain_kind,
     .slots = {.call = checked_call, .binary = checked_binary, .hash = checked_hash}}};

}  // namespace upy
