#include "objects/model/bound_method.h"

#include "objects/model/attributes.h"
#include "objects/model/printing.h"
#include "objects/runtime/arg_buffer.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// Methods taken off their object (x.append), staticmethod and classmethod.
namespace upy {

Result<BoundMethod*> BoundMethod::make(Vm& vm, Value function, Value self) {
  auto* method = TRY(vm.allocate<BoundMethod>(bound_method_type));
  method->function = function;
  method->self = self;
  return method;
}

namespace {

BoundMethod* as_bound(Value value) { return static_cast<BoundMethod*>(value.as_object()); }

void trace_bound(Object* object, Marker& marker) {
  marker.mark(static_cast<BoundMethod*>(object)->function);
  marker.mark(static_cast<BoundMethod*>(object)->self);
}

constexpr CellKind kBoundKind{.trace = trace_bound};

Result<void> bound_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "<bound_method "));
  TRY(out.write_hex(vm, self.bits()));
  TRY(out.write(vm, " "));
  TRY(print(vm, as_bound(self)->self, out, PrintStyle::Repr));
  TRY(out.write(vm, "."));
  TRY(print(vm, as_bound(self)->function, out, PrintStyle::Repr));
  return out.write(vm, ">");
}

/// A function that was bound several times gets all of its objects at once, that of the last binding last.
Result<Value> bound_call(Vm& vm, Value self, Args args) {
  size_t bindings = 0;
  for (Value each = self; is_exactly(each, bound_method_type); each = as_bound(each)->function) bindings++;
  ArgBuffer buffer;
  Args all = TRY(buffer.make_room(vm, bindings, args));
  Value function = self;
  for (size_t i = bindings; i-- > 0; function = as_bound(function)->function)
    buffer.front()[i] = as_bound(function)->self;
  return vm.call(function, all);
}

/// Equal if function and object are the same ones.
Result<Value> bound_binary(Vm&, BinaryOp op, Value self, Value other) {
  if (op != BinaryOp::Eq || !is_exactly(other, bound_method_type)) return Value::not_implemented();
  return Value::boolean(as_bound(self)->function == as_bound(other)->function &&
                        as_bound(self)->self == as_bound(other)->self);
}

Result<uint64_t> bound_hash(Vm&, Value self) {
  return as_bound(self)->function.bits() * 31 + as_bound(self)->self.bits();
}

Result<Value> bound_get_attr(Vm& vm, Value self, const Str* name) {
  TRY(vm.check_stack());
  return find_attr(vm, as_bound(self)->function, name);
}

// ---- staticmethod and classmethod ----

void trace_wrapped(Object* object, Marker& marker) { marker.mark(static_cast<WrappedMethod*>(object)->function); }

constexpr CellKind kWrappedKind{.trace = trace_wrapped};

Result<Value> wrapped_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 1, 1));
  auto* method = TRY(vm.allocate<WrappedMethod>(*type));
  method->function = args[0];
  return method;
}

}  // namespace

constinit const Type bound_method_type{{.name = "bound_method"_n,
                                        .kind = &kBoundKind,
                                        .slots = {.print = bound_print,
                                                  .call = bound_call,
                                                  .binary = bound_binary,
                                                  .hash = bound_hash,
                                                  .get_attr = bound_get_attr}}};
constinit const Type static_method_type{{.name = "staticmethod"_n,
                                         .kind = &kWrappedKind,
                                         .flags = Type::kHashByAddress,
                                         .slots = {.construct = wrapped_construct}}};
constinit const Type class_method_type{{.name = "classmethod"_n,
                                        .kind = &kWrappedKind,
                                        .flags = Type::kHashByAddress,
                                        .slots = {.construct = wrapped_construct}}};

}  // namespace upy
