#pragma once

#include <cstdint>
#include <memory>

#include "interpreter/mailbox.h"
#include "interpreter/scheduler.h"
#include "objects/model/code.h"
#include "objects/model/function.h"
#include "objects/model/generator.h"
#include "objects/runtime/vm.h"

/// The interpreter: frames, the dispatch loop, calls, unwinding and safepoints.
///
/// Frames lie on a contiguous value stack. The registers of a callee begin where the caller laid its arguments, so a
/// call copies nothing. A Python function called by bytecode runs in the same dispatch loop: it costs a Frame record
/// and no native stack. Natives that call Python enter the loop anew through `call`.
namespace upy {

/// A running Python function.
struct Frame {
  /// Whom the frame returns to, and what it does with the result.
  enum class Kind : uint8_t {
    Call,       ///< to the CALL of the frame below, which tells the register
    Construct,  ///< the same, but the result is the object `held`; the function is an __init__
    Entry,      ///< to native code
    Iterate,    ///< a generator's, resumed by the FOR_NEXT of the frame below
    Delegate,   ///< a generator's, resumed by the YIELD_FROM of the frame below
  };
  Code* code;
  Function* function;
  const Instr* pc;       ///< the next instruction, while the frame does not run or natives look at it
  Value* base;           ///< R[0]
  Generator* generator;  ///< null if the frame is none's
  Value held;            ///< Construct: the new object; of a generator: an exception for the YIELD_FROM it waits at
  Value handled;         ///< the exception that the function handles; null if none
  Kind kind;

  Value* top() const { return base + code->register_count; }
  Dict* globals() const { return function->globals; }
  uint32_t line() const { return code->line_of(static_cast<size_t>(pc - code->instructions) - 1); }
};

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
  bool unwind_to_handler();
  void add_traceback_entry(Value exception, Code* code, uint32_t at);
  void end_generator(Generator* generator);

  // calls.cpp
  Frame* push_frame(Function* function, Value* base, Frame::Kind kind);
  Result<void> bind_arguments(Function* function, Value* registers, uint32_t positional, uint32_t keywords);
  Result<void> bind_slowly(Function* function, Value* registers, uint32_t positional, uint32_t keywords);
  Result<Value> enter(Function* function, Value* registers, uint32_t positional, uint32_t keywords);
  Result<Value> start_generator(Function* function, Value* registers);
  Frame* push_generator(Generator* generator, Frame::Kind kind, Value sent);
  void rest_generator(const Instr* resume_at, Generator::State state);
  Value* stack_top() const { return frame_ >= frames_ ? frame_->top() : stack_; }
  Result<Value*> copy_to_stack(Args args);
  Result<Value> import_name(const Str* name, Dict* globals, Value from_list, int level);

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

}  // namespace upy
