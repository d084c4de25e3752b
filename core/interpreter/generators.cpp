#include <algorithm>
#include <utility>

#include "interpreter/instructions.h"
#include "interpreter/interpreter.h"
#include "objects/model/async_generator.h"
#include "objects/model/exception.h"

/// Frames of generators: they rest in their Generator, and run on the value stack like others.
namespace upy {

/// A generator for the call of a function whose arguments lie at `registers`.
Result<Value> Interpreter::start_generator(Function* function, Value* registers) {
  binding_top_ = registers + function->code->register_count;
  Result<Generator*> made = make_generator(*this, function);
  binding_top_ = nullptr;
  Generator* generator = TRY(made);
  std::copy_n(registers, function->code->register_count, generator->registers());
  if (function->code->flags & CodeUnit::kAsyncGenerator) return make_async_generator(*this, generator);
  return generator;
}

Result<Value> Interpreter::resume(Generator* generator, Value value, Value exception) {
  using State = Generator::State;
  TRY(check_stack());
  if (generator->pending_throw && !exception) std::swap(exception, generator->pending_throw);
  switch (generator->state) {
    case State::Running:
      return raise(Error::generator_running);
    case State::Done:
      if (exception) return raise(exception);
      stop_value = Value();
      return Value::stop();
    case State::Fresh:
      if (!exception && !value.is_none()) return raise(Error::send_to_fresh_generator);
      break;
    case State::Suspended:
    case State::Delegating:
      break;
  }
  bool delegating = generator->state == State::Delegating;
  if (!push_generator(generator, Frame::Kind::Entry, value)) return raise(Error::recursion);
  if (exception && delegating)
    frame_->held = exception;
  else if (exception)
    (void)raise(exception);
  return run();
}

Frame* Interpreter::push_generator(Generator* generator, Frame::Kind kind, Value sent) {
  Frame* frame = push_frame(generator->function, stack_top(), kind);
  if (!frame) return nullptr;
  std::copy_n(generator->registers(), generator->register_count, frame->base);
  frame->generator = generator;
  frame->handled = std::exchange(generator->handled, Value());
  if (const Instr* resume_at = generator->resume_at) {
    frame->pc = resume_at;
    bool delegating = generator->state == Generator::State::Delegating;
    frame->base[delegating ? resume_at->a + 1 : resume_at[-1].a] = sent;
  }
  generator->state = Generator::State::Running;
  return frame;
}

Step Interpreter::yield(Value value, const Instr* resume_at, Generator::State state) {
  Frame::Kind kind = frame_->kind;
  rest_generator(resume_at, state);
  while (kind == Frame::Kind::Delegate) {
    kind = frame_->kind;
    rest_generator(frame_->pc - 1, Generator::State::Delegating);
  }
  if (kind == Frame::Kind::Entry) return Step::leave(value);
  const Instr& for_next = frame_->pc[-1];
  frame_->base[for_next.b] = value;
  frame_->pc += for_next.offset();
  return Step::enter();
}

Step Interpreter::delegate(const Instr& yield_from) {
  Frame* frame = frame_;
  Value iterator = frame->base[yield_from.a], sent = frame->base[yield_from.a + 1];
  Value thrown = std::exchange(frame->held, Value());
  if (!thrown && is_exactly(iterator, generator_type)) {
    auto* generator = static_cast<Generator*>(iterator.as_object());
    const bool takes_sent = generator->state != Generator::State::Fresh || sent.is_none();
    if (generator->is_resumable() && takes_sent)
      return push_generator(generator, Frame::Kind::Delegate, sent) ? Step::enter() : Step(raise(Error::recursion));
  }
  Value result = TRY(thrown ? throw_into(*this, iterator, thrown) : send_into(*this, iterator, sent));
  if (!result.is_stop()) return yield(result, &yield_from, Generator::State::Delegating);
  return Result<Value>(stop_value ? stop_value : Value::none());
}

/// A generator returns `result`: what its frame answers then.
Value Interpreter::finish_generator(Generator* generator, Value result) {
  generator->state = Generator::State::Done;
  std::fill_n(generator->registers(), generator->register_count, Value());
  stop_value = result;
  return Value::stop();
}

/// A generator ends by an exception; StopIteration would be taken for its regular end, so it becomes a RuntimeError.
void Interpreter::end_generator(Generator* generator) {
  generator->state = Generator::State::Done;
  std::fill_n(generator->registers(), generator->register_count, Value());
  if (!killed_ && take_pending(StopIteration_type)) (void)raise(Error::generator_raised_stop);
}

}  // namespace upy
