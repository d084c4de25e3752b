#include <algorithm>
#include <cstring>
#include <utility>

#include "interpreter/instruction_checks.h"
#include "interpreter/interpreter.h"
#include "interpreter/plain_calls.h"
#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// Calls and returns: by instructions, which push and pop frames, and from native code, which enters the loop anew.
namespace upy {

/// Lays the arguments at `registers` out as the function's parameters.
inline Result<void> Interpreter::bind_arguments(Function* function, Value* registers, uint32_t positional,
                                                uint32_t keywords) {
  Code* code = function->code;
  if (registers + code->register_count > stack_end_) return raise(Error::recursion);
  size_t defaults = function->defaults ? function->defaults->size : 0;
  bool plain = !code->keyword_only_count && !code->has_varargs() && !code->has_varkeywords() && !keywords;
  if (!plain || positional > code->positional_count || positional + defaults < code->positional_count)
    return bind_slowly(function, registers, positional, keywords);
  size_t first = code->positional_count - defaults;
  for (uint32_t i = positional; i < code->positional_count; i++) registers[i] = (*function->defaults)[i - first];
  clear_registers(code, registers, code->positional_count);
  return {};
}

/// Calls what is no Python function.
inline Result<Value> Interpreter::call_object(Value callee, Args args) {
  if (is_exactly(callee, native_function_type))
    return call_native(*this, static_cast<NativeFunction*>(callee.as_object()), args);
  const Type* type = type_of(callee);
  if (type->slots.call) return type->slots.call(*this, callee, args);
  return raise(Error::not_callable, {type});
}

Step Interpreter::invoke_function(Function* function, Value* args, uint32_t positional, uint32_t keywords,
                                  Frame::Kind kind) {
  TRY(bind_arguments(function, args, positional, keywords));
  if (function->code->is_generator()) return start_generator(function, args);
  if (!push_frame(function, args, kind)) return raise(Error::recursion);
  return Step::enter();
}

Step Interpreter::invoke_object(Value callee, Value* args, uint32_t positional, uint32_t keywords) {
  if (Type* type = as_type(callee); type && type->init && type->init_epoch == class_epoch) {
    if (!type->init.is_absent()) return construct(type, args, positional, keywords);
    if (positional + keywords == 0) return Result<Value>(TRY(ClassInstance::make(*this, type)));
  }
  return invoke_slot(callee, args, positional, keywords);
}

/// Calls a class whose instances need nothing but its Type::init.
Step Interpreter::construct(Type* type, Value* args, uint32_t positional, uint32_t keywords) {
  auto* function = static_cast<Function*>(type->init.as_object());
  Value instance = *--args = TRY(ClassInstance::make(*this, type));
  if (takes_plainly(function->code, ++positional, keywords)) [[likely]] {
    clear_registers(function->code, args, positional);
  } else {
    TRY(bind_arguments(function, args, positional, keywords));
    if (function->code->is_generator()) return raise(Error::init_should_return_none, {&generator_type});
  }
  if (!push_frame(function, args, Frame::Kind::Construct)) return raise(Error::recursion);
  frame_->held = instance;
  return Step::enter();
}

/// The general way, by the native stack. Apart, so that the other ways need no room there.
Step Interpreter::invoke_slot(Value callee, Value* args, uint32_t positional, uint32_t keywords) {
  TRY(check_stack());
  TRY(poll());
  return call_object(callee, Args(args, positional, keywords));
}

Step Interpreter::leave_frame(Value result) {
  Frame* frame = frame_;
  if (frame->kind == Frame::Kind::Construct) {
    if (!result.is_none()) return raise(Error::init_should_return_none, {type_of(result)});
    result = frame->held;
  }
  if (frame->generator) result = finish_generator(frame->generator, result);
  frame_--;
  switch (frame->kind) {
    case Frame::Kind::Call:
    case Frame::Kind::Construct:
      InstructionChecks::forget_clobbered(frame_->pc[-1], frame_->base, frame_->code->register_count);
      frame_->base[frame_->pc[-1].b] = result;
      break;
    case Frame::Kind::Entry:
      return Step::leave(result);
    case Frame::Kind::Iterate:  // goes on behind its loop
      break;
    case Frame::Kind::Delegate:
      frame_->base[frame_->pc[-1].b] = stop_value;
      break;
  }
  return Step::enter();
}

/// Runs a function whose arguments lie at `registers`, from native code.
Result<Value> Interpreter::enter(Function* function, Value* registers, uint32_t positional, uint32_t keywords) {
  Step step = invoke_function(function, registers, positional, keywords, Frame::Kind::Entry);
  return step.next == Step::Next::Enter ? run() : Result<Value>(step.value);
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
  return call_object(callee, args);
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
