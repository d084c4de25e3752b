#include "modules/builtins/builtins.h"
#include "objects/model/attributes.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

Result<Value> builtin_callable(Vm&, Args args) { return Value::boolean(is_callable(args[0])); }

/// Its low 63 bits, so that the result is always a small int.
Result<Value> builtin_hash(Vm& vm, Args args) {
  return Value::small_int(static_cast<int64_t>(TRY(hash(vm, args[0])) << 1) >> 1);
}

Result<Value> builtin_id(Vm& vm, Args args) { return make_uint(vm, args[0].bits()); }

Result<Value> builtin_isinstance(Vm& vm, Args args) { return Value::boolean(TRY(is_instance(vm, args[0], args[1]))); }
Result<Value> builtin_issubclass(Vm& vm, Args args) { return Value::boolean(TRY(is_subclass(vm, args[0], args[1]))); }

// ---- attributes ----

/// getattr(object, name[, default]).
Result<Value> builtin_getattr(Vm& vm, Args args) {
  const Str* name = TRY(to_name(vm, args[1]));
  if (args.size() == 2) return get_attr(vm, args[0], name);
  Value function, receiver;
  return TRY(find_protected(vm, args[0], name, function, receiver)) ? as_attribute(vm, function, receiver)
                                                                    : Result<Value>(args[2]);
}

Result<Value> builtin_hasattr(Vm& vm, Args args) {
  const Str* name = TRY(to_name(vm, args[1]));
  Value function, receiver;
  return Value::boolean(TRY(find_protected(vm, args[0], name, function, receiver)));
}

Result<Value> builtin_setattr(Vm& vm, Args args) {
  const Str* name = TRY(to_name(vm, args[1]));
  TRY(set_attr(vm, args[0], name, args[2]));
  return Value::none();
}

Result<Value> builtin_delattr(Vm& vm, Args args) {
  const Str* name = TRY(to_name(vm, args[1]));
  TRY(set_attr(vm, args[0], name, Value()));
  return Value::none();
}

}  // namespace upy
