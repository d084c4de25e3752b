#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>

#include "interpreter/frame.h"
#include "interpreter/mailbox.h"
#include "interpreter/scheduler.h"
#include "objects/runtime/vm.h"

/// The interpreter: frames, the dispatch loop, calls, unwinding and safepoints.
///
/// Frames lie on a contiguous value stack. The registers of a callee begin where the caller laid its arguments, so a
/// call copies nothing. A Python function called by bytecode runs in the same dispatch loop: it costs a Frame record
/// and no native stack. Natives that call Python enter the loop anew through `call`.
namespace upy {

/// What the interpreter is given of the layers above it.
struct Library {
  /// The builtin of that name: the address of its value, or null.
  const Value* (*find_builtin)(const Str* name);
  /// __import__: `globals` tells the importing package.
  Result<Value> (*import)(Vm&, const Str* name, Dict* globals, Value from_list, int level);
  Result<Value> (*compile)(Vm&, std::string_view source, std::string_view file, int mode);
};

class Interpreter final : public Vm {
 public:
  Interpreter(const Config& config, const Ports& ports, const Library& library);
  ~Interpreter() override;
  /// Whether memory could be had; nothing else may be called if not.
  bool ok() const { return heap.ok() && stack_ && frames_; }

  /// To be called at the outermost entry, on the thread that runs the instance: `base` is where the caller's frame
  /// begins, below which values may lie on the native stack. Sets the limit of that stack.
  void enter_thread(const void* base);

  Result<Value> call(Value callee, Args args) override;
  Result<Value> import(const Str* name) override;
  Result<Value> compile(std::string_view source, std::string_view file, int mode) override;
  Result<Value> execute(Value code, Dict* globals, Dict* locals) override;
  Dict* current_globals() override;
  Dict* current_namespace() override;
  Result<Value> resume(Generator* generator, Value value, Value exception) override;
  Value handled() const override;
  Result<void> handle_reasons() override;
  Result<void> handle_kill() override;
  Result<void> sleep_until(int64_t monotonic_ns) override;

  /// Asks for a KeyboardInterrupt in the main script: at once, or when the running callback has ended.
  void interrupt_main();
  /// Wants to be made anew: has the main script end when the running callback has ended, and idle_until return.
  void reset(const Reset& wanted);
  /// Handles events, callbacks and safepoint requests until that time or request_return. A kill ends only the callback
  /// that runs.
  void idle_until(int64_t monotonic_ns);
  /// The same until there is input on the console, which is for the prompt then and does not interrupt, or until a
  /// return or a stop is asked for, which is left to be taken.
  void idle_until_input();
  /// Wants idle_until and idle_until_input to return, the current call or the next; what runs does not notice. Any
  /// thread.
  void request_return() { return_asked_.store(true, std::memory_order_release); }
  bool is_return_asked() const { return return_asked_.load(std::memory_order_acquire); }
  /// They have returned for that.
  void take_return() { return_asked_.store(false, std::memory_order_relaxed); }
  /// The innermost; null: none runs.
  const Frame* running_frame() const { return frame_ >= frames_ ? frame_ : nullptr; }
  /// The frames now running, innermost last (sys._getframe-like uses, tests).
  size_t depth() const { return frame_ - frames_ + 1; }
  /// Unwinding to the host has ended: handlers may run again.
  void clear_kill() { killed_ = false; }

  /// Where the host delivers events; any thread.
  EventSink& mailbox_sink() { return sink_; }

  Scheduler scheduler;
  Mailbox mailbox;
  bool stop_raised = false;  ///< SystemExit was raised because the host asked for a stop; reset by the host
  static constexpr int kInterruptChar = 3;  ///< Ctrl-C
  static constexpr int kNoInterruptChar = -1;
  std::atomic<int> interrupt_char{kInterruptChar};  ///< as Instance::interrupt_char
  Instance* owner = nullptr;                        ///< told to Host::at_safepoint

  // What instructions do that call, return, yield or raise, for whoever runs the code of a frame, the dispatch loop or
  // another: it keeps the pc in the frame, calls one of these and goes on as the Step says. What is done most, the loop
  // does by itself.

  /// CALL of a Python function, before which a safepoint is due. The arguments lie at `args`, above what the running
  /// frame still needs; the names of keywords are strings. The new frame is of that kind.
  Step invoke_function(Function* function, Value* args, uint32_t positional, uint32_t keywords, Frame::Kind kind);
  /// CALL of anything else. The word before the arguments, and no other, is free to be overwritten: a class takes it
  /// for the new instance.
  Step invoke_object(Value callee, Value* args, uint32_t positional, uint32_t keywords);
  /// RETURN: ends the running frame, and gives the frame below `result` as it expects it.
  Step leave_frame(Value result);
  /// FOR_NEXT: puts the generator's frame on the stack, with `sent` where it waits for it; null if there is no room.
  Frame* push_generator(Generator* generator, Frame::Kind kind, Value sent);
  /// YIELD: the running generator yields, and rests until it is resumed at `resume_at`; those that delegate to it rest
  /// with it.
  Step yield(Value value, const Instr* resume_at, Generator::State state);
  /// YIELD_FROM: the running generator sends what it was sent to the iterator that it delegates to.
  Step delegate(const Instr& yield_from);
  /// Finds who handles the pending exception: the innermost frame, down to the entry frame, with a handler for the
  /// place where it is. That frame goes on at the handler. False: the entry frame is gone too.
  bool unwind_to_handler();

  /// Bytes in use of the native stack and of that of Python frames, and how many may be.
  size_t stacks_used() const { return stack_used() + static_cast<size_t>(stack_top() - stack_) * sizeof(Value); }
  size_t stacks_limit() const { return stack_limit() + config.frame_bytes; }

 private:
  /// Posts into the mailbox and wakes the instance.
  class MailboxSink final : public EventSink {
   public:
    explicit MailboxSink(Interpreter& vm) : vm_(vm) {}
    bool post(const Event& event) override;

   private:
    Interpreter& vm_;
  };

  void mark_roots(Marker& marker) override;

  // dispatch.cpp
  Result<Value> run();

  // calls.cpp
  Frame* push_frame(Function* function, Value* base, Frame::Kind kind);
  Result<void> bind_arguments(Function* function, Value* registers, uint32_t positional, uint32_t keywords);
  Step construct(Type* type, Value* args, uint32_t positional, uint32_t keywords);
  Step invoke_slot(Value callee, Value* args, uint32_t positional, uint32_t keywords);
  Result<Value> call_object(Value callee, Args args);
  Result<Value> enter(Function* function, Value* registers, uint32_t positional, uint32_t keywords);
  Value* stack_top() const { return frame_ >= frames_ ? frame_->top() : stack_; }
  Result<Value*> copy_to_stack(Args args);
  Result<Value> import_name(const Str* name, Dict* globals, Value from_list, int level);

  // argument_binding.cpp
  Result<void> bind_slowly(Function* function, Value* registers, uint32_t positional, uint32_t keywords);

  // generators.cpp
  Result<Value> start_generator(Function* function, Value* registers);
  void rest_generator(const Instr* resume_at, Generator::State state);
  Value finish_generator(Generator* generator, Value result);
  void end_generator(Generator* generator);

  // unwind.cpp
  void add_traceback_entry(Value exception, Code* code, uint32_t at);

  // safepoints.cpp
  Result<void> raise_kill();
  Result<void> raise_stop(uint32_t asked);
  void show_to_host();
  Result<void> take_mail();
  Result<void> handle_events(uint32_t asked);
  void handle_while_idle(uint32_t asked);

  MailboxSink sink_{*this};
  std::atomic<bool> return_asked_{false};
  const Library library_;
  Value* stack_ = nullptr;  ///< the value stack
  Value* stack_end_ = nullptr;
  Frame* frames_ = nullptr;
  Frame* frames_end_ = nullptr;
  Frame* frame_;  ///< the running frame; frames_ - 1 if none
  bool taking_mail_ = false;
  Value* binding_top_ = nullptr;  ///< end of the arguments above the running frame that are being bound; else null
};

/// A frame for the function, whose registers begin at `base`; null if there is no room.
inline Frame* Interpreter::push_frame(Function* function, Value* base, Frame::Kind kind) {
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

/// Puts the running generator's registers back where they rest.
inline void Interpreter::rest_generator(const Instr* resume_at, Generator::State state) {
  Generator* generator = frame_->generator;
  std::copy_n(frame_->base, generator->register_count, generator->registers());
  generator->resume_at = resume_at;
  generator->handled = frame_->handled;
  generator->state = state;
  frame_--;
}

}  // namespace upy
