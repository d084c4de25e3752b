#include "objects/model/async_generator.h"

#include "objects/model/code.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// Asynchronous generators.
///
/// Underneath is a plain generator, which stops for two reasons. One is an item: the generator itself yields. The other
/// is an await: what it awaits yields, for the event loop. The state in which it rests tells which it was. `__anext__`
/// answers a Step, which is awaited: it hands to the event loop what is for that, and ends with the item.
namespace upy {

namespace {

extern const Type step_type;

/// What __anext__ or aclose answers: the way to the next item, or to the end.
struct Step : Object {
  enum class Way : uint8_t { ToItem, ToEnd };
  enum class State : uint8_t { Fresh, Waiting, Done };
  Generator* generator;
  Way way;
  State state;
};

void trace_async_generator(Object* object, Marker& marker) {
  marker.mark(static_cast<AsyncGenerator*>(object)->generator);
}
constexpr CellKind kAsyncGeneratorKind{.trace = trace_async_generator};

void trace_step(Object* object, Marker& marker) { marker.mark(static_cast<Step*>(object)->generator); }
constexpr CellKind kStepKind{.trace = trace_step};

// ---- steps ----

/// The step ends without a value.
Value end_without_value(Vm& vm) {
  vm.stop_value = Value();
  return Value::stop();
}

/// The generator has ended.
Result<Value> end(Vm& vm, const Step* step) {
  if (step->way == Step::Way::ToEnd) return end_without_value(vm);
  return vm.raise_with(StopAsyncIteration_type, Value());
}

/// The generator has ended by the pending exception.
Result<Value> end_by_exception(Vm& vm, const Step* step) {
  if (step->way == Step::Way::ToEnd && vm.take_pending(GeneratorExit_type)) return end_without_value(vm);
  if (vm.take_pending(StopAsyncIteration_type)) return vm.raise(Error::async_generator_raised_stop);
  return Failure{};
}

/// Goes on with the generator, by what the event loop sends or throws. What it answers is for the event loop, until
/// Value::stop() with the item.
Result<Value> go_on(Vm& vm, Step* step, Value sent, Value thrown) {
  Generator* generator = step->generator;
  if (step->state == Step::State::Done) return vm.raise(Error::already_awaited);
  if (step->state == Step::State::Fresh) {
    const bool is_busy =
        generator->state == Generator::State::Delegating || generator->state == Generator::State::Running;
    if (is_busy) return vm.raise(Error::generator_running);
    if (step->way == Step::Way::ToEnd) thrown = &GeneratorExit_type;
  }
  step->state = Step::State::Waiting;
  Result<Value> item = vm.resume(generator, sent, thrown);
  if (item && generator->state == Generator::State::Delegating) return item;
  step->state = Step::State::Done;
  if (!item) return end_by_exception(vm, step);
  if ((*item).is_stop()) return end(vm, step);
  if (step->way == Step::Way::ToEnd) return vm.raise(Error::generator_ignored_exit);
  vm.stop_value = *item;
  return Value::stop();
}

Step* step_of(Value self) { return static_cast<Step*>(self.as_object()); }

Result<Value> step_iter(Vm&, Value self) { return self; }

Result<Value> step_next(Vm& vm, Value self) { return go_on(vm, step_of(self), Value::none(), Value()); }

Result<Value> step_send(Vm& vm, Args args) {
  return item_or_stop(vm, TRY(go_on(vm, step_of(args[0]), args[1], Value())));
}

Result<Value> step_throw(Vm& vm, Args args) {
  return item_or_stop(vm, TRY(go_on(vm, step_of(args[0]), Value::none(), args[1])));
}

/// close(): what the generator awaits must end.
Result<Value> step_close(Vm& vm, Args args) {
  Step* step = step_of(args[0]);
  const bool is_waiting = step->state == Step::State::Waiting;
  step->state = Step::State::Done;
  return is_waiting ? close_generator(vm, step->generator) : Value::none();
}

constexpr Member kStepMembers[] = {
    {"send"_n, native<step_send, 2>},
    {"throw"_n, native<step_throw, 2>},
    {"close"_n, native<step_close, 1>},
};

constinit const Type step_type{{.name = "async_generator_step"_n,
                                .kind = &kStepKind,
                                .members = kStepMembers,
                                .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                .slots = {.iter = step_iter, .next = step_next}}};

// ---- the generator ----

Result<Value> make_step(Vm& vm, Value self, Step::Way way) {
  auto* step = TRY(vm.allocate<Step>(step_type));
  step->generator = static_cast<AsyncGenerator*>(self.as_object())->generator;
  step->way = way;
  step->state = Step::State::Fresh;
  return step;
}

Result<Value> async_generator_aiter(Vm&, Args args) { return args[0]; }
Result<Value> async_generator_anext(Vm& vm, Args args) { return make_step(vm, args[0], Step::Way::ToItem); }
Result<Value> async_generator_aclose(Vm& vm, Args args) { return make_step(vm, args[0], Step::Way::ToEnd); }

Result<void> print_async_generator(Vm& vm, Value self, Writer& out, PrintStyle) {
  auto* generator = static_cast<AsyncGenerator*>(self.as_object());
  TRY(out.write(vm, "<async_generator object '"));
  TRY(out.write(vm, generator->generator->function->code->name->view()));
  TRY(out.write(vm, "' at "));
  TRY(out.write_hex(vm, self.bits()));
  return out.write(vm, ">");
}

constexpr Member kMembers[] = {
    {"__aiter__"_n, native<async_generator_aiter, 1>},
    {"__anext__"_n, native<async_generator_anext, 1>},
    {"aclose"_n, native<async_generator_aclose, 1>},
};

}  // namespace

Result<Value> make_async_generator(Vm& vm, Generator* generator) {
  auto* made = TRY(vm.allocate<AsyncGenerator>(async_generator_type));
  made->generator = generator;
  return made;
}

constinit const Type async_generator_type{{.name = "async_generator"_n,
                                           .kind = &kAsyncGeneratorKind,
                                           .members = kMembers,
                                           .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                           .slots = {.print = print_async_generator}}};

}  // namespace upy
