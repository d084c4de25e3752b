#include "objects/model/generator.h"

#include <algorithm>

#include "objects/model/code.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

namespace {

void trace_generator(Object* object, Marker& marker) {
  auto* generator = static_cast<Generator*>(object);
  marker.mark(generator->function);
  marker.mark(generator->handled);
  marker.mark(generator->pending_throw);
  // Registers hold raw loop states and dead temporaries too.
  marker.scan(generator->registers(), generator->registers() + generator->register_count);
}

constexpr CellKind kGeneratorKind{.trace = trace_generator};

Generator* self_of(Args args) { return static_cast<Generator*>(args[0].as_object()); }

Result<void> print_generator(Vm& vm, Value self, Writer& out, PrintStyle) {
  auto* generator = static_cast<Generator*>(self.as_object());
  TRY(out.write(vm, "<generator object '"));
  TRY(out.write(vm, generator->function->code->name->view()));
  TRY(out.write(vm, "' at "));
  TRY(out.write_hex(vm, reinterpret_cast<uintptr_t>(generator)));
  return out.write(vm, ">");
}

Result<Value> iterate_generator(Vm&, Value self) { return self; }

Result<Value> next_of_generator(Vm& vm, Value self) {
  return vm.resume(static_cast<Generator*>(self.as_object()), Value::none(), Value());
}

Result<Value> generator_send(Vm& vm, Args args) {
  return item_or_stop(vm, TRY(vm.resume(self_of(args), args[1], Value())));
}

/// throw(exception), throw(class[, value[, traceback]]): a class is called with the value. Anything is handed on to an
/// iterator that the generator delegates to; it must be an exception or a class only where it is raised.
Result<Value> generator_throw(Vm& vm, Args args) {
  Value exception = args[1];
  Value value = args.at(2);
  if (value && !value.is_none()) exception = as_exception(value) ? value : TRY(vm.call(exception, {value}));
  return item_or_stop(vm, TRY(vm.resume(self_of(args), Value::none(), exception)));
}

Result<Value> generator_close(Vm& vm, Args args) { return close_generator(vm, self_of(args)); }

/// pend_throw(exception): has it raised when the generator is next resumed; answers the one that waited before.
Result<Value> generator_pend_throw(Vm& vm, Args args) {
  Generator* generator = self_of(args);
  if (generator->state == Generator::State::Running) return vm.raise(Error::generator_running);
  Value before = generator->pending_throw;
  generator->pending_throw = args[1].is_none() ? Value() : args[1];
  return before ? before : Value::none();
}

constexpr Member kMembers[] = {
    {"send"_n, native<generator_send, 2>},
    {"throw"_n, native<generator_throw, 2, 4>},
    {"close"_n, native<generator_close, 1>},
    {"pend_throw"_n, native<generator_pend_throw, 2>},
};

}  // namespace

Result<Value> item_or_stop(Vm& vm, Value item) {
  if (!item.is_stop()) return item;
  return vm.raise_with(StopIteration_type, vm.stop_value && !vm.stop_value.is_none() ? vm.stop_value : Value());
}

Result<Value> close_generator(Vm& vm, Generator* generator) {
  if (generator->state == Generator::State::Done) return Value::none();
  if (generator->state == Generator::State::Fresh) {
    generator->state = Generator::State::Done;
    return Value::none();
  }
  (void)vm.raise_with(GeneratorExit_type, Value());
  Value exit = vm.take_pending();
  Result<Value> item = vm.resume(generator, Value::none(), exit);
  if (!item) {
    if (vm.take_pending(GeneratorExit_type) || vm.take_pending(StopIteration_type)) return Value::none();
    return Failure{};
  }
  if ((*item).is_stop()) return Value::none();
  return vm.raise(Error::generator_ignored_exit);
}

Result<Generator*> make_generator(Vm& vm, Function* function) {
  uint32_t count = function->code->register_count;
  Generator* generator = TRY(vm.allocate<Generator>(generator_type, sizeof(Generator) + count * sizeof(Value)));
  generator->function = function;
  generator->resume_at = nullptr;
  generator->state = Generator::State::Fresh;
  generator->register_count = count;
  generator->handled = Value();
  generator->pending_throw = Value();
  std::fill_n(generator->registers(), count, Value());
  return generator;
}

constinit const Type generator_type{
    {.name = "generator"_n,
     .kind = &kGeneratorKind,
     .members = kMembers,
     .flags = Type::kHashByAddress | Type::kNotSubclassable,
     .slots = {.print = print_generator, .iter = iterate_generator, .next = next_of_generator}}};

}  // namespace upy
