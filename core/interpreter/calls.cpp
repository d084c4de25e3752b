#include <algorithm>
#include <cstring>
#include <utility>

#include "interpreter/interpreter.h"
#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/async_generator.h"
#include "objects/model/native_function.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// Calls of Python functions: binding arguments to parameters, and entering from native code.
namespace upy {

namespace {

/// The arguments of one call while they are bound to the registers of the callee.
class Binding {
 public:
  Binding(Vm& vm, Function* function, Args args, Value* registers)
      : vm_(vm), function_(function), code_(function->code), args_(args), registers_(registers) {}

  Result<void> bind() {
    std::fill_n(registers_, code_->register_count, Value());
    TRY(bind_positional());
    TRY(bind_keywords());
    fill_defaults();
    return check_complete();
  }

 private:
  uint32_t named_count() const { return code_->positional_count + code_->keyword_only_count; }

  Result<void> bind_positional() {
    uint32_t direct = std::min<uint32_t>(args_.positional, code_->positional_count);
    std::copy_n(args_.values, direct, registers_);
    if (code_->has_varargs()) {
      registers_[named_count()] =
          TRY(Tuple::make(vm_, std::span<const Value>(args_.values + direct, args_.positional - direct)));
    } else if (args_.positional > code_->positional_count) {
      return vm_.raise(Error::takes_positional, {code_->name, code_->positional_count, args_.positional});
    }
    return {};
  }

  Result<void> bind_keywords() {
    Dict* rest = nullptr;
    if (code_->has_varkeywords()) {
      rest = TRY(Dict::make(vm_));
      registers_[named_count() + code_->has_varargs()] = rest;
    }
    for (uint32_t i = 0; i < args_.keywords; i++) {
      TRY(vm_.poll_kill());
      auto* name = static_cast<const Str*>(args_.keyword_name(i).as_object());
      Value* place = find_parameter(name);
      if (place && *place) return vm_.raise(Error::multiple_values, {name});
      if (place)
        *place = args_.keyword_value(i);
      else if (rest)
        TRY(rest->set(vm_, name, args_.keyword_value(i)));
      else
        return vm_.raise(Error::unexpected_keyword, {name});
    }
    return {};
  }

  /// Where an argument with that name goes; null if no parameter may be given by it.
  Value* find_parameter(const Str* name) {
    for (uint32_t i = code_->positional_only_count; i < named_count(); i++)
      if (code_->parameter(i) == name) return &registers_[i];
    return nullptr;
  }

  void fill_defaults() {
    if (Tuple* defaults = function_->defaults) {
      size_t first = code_->positional_count - std::min<size_t>(defaults->size, code_->positional_count);
      for (size_t i = first; i < code_->positional_count; i++)
        if (!registers_[i]) registers_[i] = (*defaults)[i - first];
    }
    if (Dict* defaults = function_->keyword_defaults) {
      for (uint32_t i = code_->positional_count; i < named_count(); i++)
        if (!registers_[i]) registers_[i] = defaults->get(code_->parameter(i));
    }
  }

  Result<void> check_complete() {
    for (uint32_t i = 0; i < code_->positional_count; i++) {
      if (registers_[i]) continue;
      // Counted from 0, as MicroPython does.
      if (args_.keywords || function_->keyword_defaults) return vm_.raise(Error::missing_argument, {i});
      const size_t defaults = function_->defaults ? function_->defaults->size : 0;
      return vm_.raise(Error::takes_positional, {code_->name, code_->positional_count - defaults, args_.positional});
    }
    for (uint32_t i = code_->positional_count; i < named_count(); i++)
      if (!registers_[i]) return vm_.raise(Error::missing_keyword, {code_->parameter(i)});
    return {};
  }

  Vm& vm_;
  Function* function_;
  Code* code_;
  Args args_;
  Value* registers_;
};

}  // namespace

Frame* Interpreter::push_frame(Function* function, Value* base, Frame::Kind kind) {
  Code* code = function->code;
  if (base + code->register_count > stack_end_ || frame_ + 1 >= frames_end_) [[unlikely]]
    return nullptr;
  Frame* frame = ++frame_;
  frame->code = code;
  frame->function = function;
  frame->pc = code->instructions;
  frame->base = base;
  frame->generator = nullptr;
  frame->held = Value();
  frame->handled = Value();
  frame->kind = kind;
  return frame;
}

Result<void> Interpreter::bind_arguments(Function* function, Value* registers, uint32_t positional, uint32_t keywords) {
  Code* code = function->code;
  if (registers + code->register_count > stack_end_) return raise(Error::recursion);
  size_t defaults = function->defaults ? function->defaults->size : 0;
  bool plain = !code->keyword_only_count && !code->has_varargs() && !code->has_varkeywords() && !keywords;
  if (!plain || positional > code->positional_count || positional + defaults < code->positional_count)
    return bind_slowly(function, registers, positional, keywords);
  size_t first = code->positional_count - defaults;
  for (uint32_t i = positional; i < code->positional_count; i++) registers[i] = (*function->defaults)[i - first];
  std::fill(registers + code->positional_count, registers + code->register_count, Value());
  return {};
}

/// The general case: the arguments move above the callee's registers, then each goes to its parameter.
Result<void> Interpreter::bind_slowly(Function* function, Value* registers, uint32_t positional, uint32_t keywords) {
  size_t count = positional + 2 * size_t{keywords};
  Value* above = registers + std::max<size_t>(function->code->register_count, count);
  if (count > static_cast<size_t>(stack_end_ - above)) return raise(Error::recursion);
  std::memmove(static_cast<void*>(above), registers, count * sizeof(Value));
  binding_top_ = above + count;
  Result<void> bound = Binding(*this, function, Args(above, positional, keywords), registers).bind();
  binding_top_ = nullptr;
  return bound;
}

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

/// Runs a function whose arguments lie at `registers`, from native code.
Result<Value> Interpreter::enter(Function* function, Value* registers, uint32_t positional, uint32_t keywords) {
  TRY(bind_arguments(function, registers, positional, keywords));
  if (function->code->is_generator()) return start_generator(function, registers);
  if (!push_frame(function, registers, Frame::Kind::Entry)) return raise(Error::recursion);
  return run();
}

Result<Value*> Interpreter::copy_to_stack(Args args) {
  Value* base = stack_top();
  size_t count = args.positional + 2 * size_t{args.keywords};
  if (count > static_cast<size_t>(stack_end_ - base)) return raise(Error::recursion);
  if (count > 0) std::memmove(static_cast<void*>(base), args.values, count * sizeof(Value));
  return base;
}

Result<Value> Interpreter::call(Value callee, Args args) {
  TRY(check_stack());
  TRY(poll());
  if (is_function(callee)) {
    Value* registers = TRY(copy_to_stack(args));
    return enter(static_cast<Function*>(callee.as_object()), registers, args.positional, args.keywords);
  }
  if (is_exactly(callee, native_function_type))
    return call_native(*this, static_cast<NativeFunction*>(callee.as_object()), args);
  const Type* type = type_of(callee);
  if (type->slots.call) return type->slots.call(*this, callee, args);
  return raise(Error::not_callable, {type});
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

/// Puts the generator's frame on the stack, with `sent` where it waits for it; null if there is no room.
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

/// Puts the running generator's registers back where they rest.
void Interpreter::rest_generator(const Instr* resume_at, Generator::State state) {
  Generator* generator = frame_->generator;
  std::copy_n(frame_->base, generator->register_count, generator->registers());
  generator->resume_at = resume_at;
  generator->handled = frame_->handled;
  generator->state = state;
  frame_--;
}

Result<Value> Interpreter::execute(Value code_object, Dict* globals, Dict* locals) {
  auto* code = static_cast<Code*>(code_object.as_object());
  Function* function = TRY(Function::make(*this, code, globals));
  Value space = locals;
  return call(function, Args(&space, code->positional_count));
}

Result<Value> Interpreter::import(const Str* name) {
  return library_.import(*this, name, nullptr, Value::boolean(true), 0);
}

/// The import statement: by the __import__ that a script put into builtins, if one did.
Result<Value> Interpreter::import_name(const Str* name, Dict* globals, Value from_list, int level) {
  Value own = builtins ? builtins->get("__import__"_n) : Value();
  if (!own) return library_.import(*this, name, globals, from_list, level);
  return Vm::call(own, {name, globals, Value::none(), from_list, Value::small_int(level)});
}

Result<Value> Interpreter::compile(std::string_view source, std::string_view file, int mode) {
  return library_.compile(*this, source, file, mode);
}

/// What a function handles, its caller does not see, but the functions that it calls do.
Value Interpreter::handled() const {
  const Frame* frame = frame_;
  while (frame >= frames_ && !frame->handled) frame--;
  return frame >= frames_ ? frame->handled : Value();
}

Dict* Interpreter::current_namespace() {
  bool own = frame_ >= frames_ && frame_->code->flags & (CodeUnit::kClassBody | CodeUnit::kNamespace);
  Dict* space = own ? as_dict(frame_->base[0]) : nullptr;
  return space ? space : current_globals();
}

Dict* Interpreter::current_globals() { return frame_ >= frames_ ? frame_->globals() : main_globals; }

}  // namespace upy
