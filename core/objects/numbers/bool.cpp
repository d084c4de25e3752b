#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// The bool type. True and False act as the ints 1 and 0, but they print by name.
namespace upy {

namespace {

Result<void> print_bool(Vm& vm, Value self, Writer& out, PrintStyle) {
  return out.write(vm, self.is_true() ? "True" : "False");
}

Result<Value> construct_bool(Vm& vm, const Type*, Args args) {
  if (args.keywords) return vm.raise(Error::no_keywords);
  if (args.size() > 1) return vm.raise(Error::native_expected_at_most, {1, args.size()});
  return Value::boolean(args.size() == 1 && TRY(truth(vm, args[0])));
}

Result<Value> binary_bool(Vm& vm, BinaryOp op, Value self, Value other) {
  return int_type.slots.binary(vm, op, self, other);
}

Result<Value> reflected_bool(Vm& vm, BinaryOp op, Value self, Value other) {
  return int_type.slots.reflected(vm, op, self, other);
}

Result<bool> bool_truth(Vm&, Value self) { return self.is_true(); }

Result<uint64_t> hash_bool(Vm&, Value self) { return self.is_true() ? 1 : 0; }

}  // namespace

constinit const Type bool_type{{.name = "bool"_n,
                                .kind = &plain_kind,
                                .flags = Type::kNotSubclassable,
                                .slots = {.print = print_bool,
                                          .construct = construct_bool,
                                          .unary = int_unary,
                                          .binary = binary_bool,
                                          .reflected = reflected_bool,
                                          .truth = bool_truth,
                                          .hash = hash_bool}}};

}  // namespace upy
