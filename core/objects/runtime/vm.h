#pragma once

#include <atomic>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

#include "heap/heap.h"
#include "objects/runtime/interner.h"
#include "objects/runtime/result.h"
#include "objects/runtime/type.h"
#include "port/port.h"
#include "upy/config.h"

namespace upy {

class EmergencyReserve;

/// The errors of defs/errors.def.
enum class Error : uint16_t {
#define ERROR(id, type, text) id,
#include "defs/errors.def"
#undef ERROR
};

/// An argument of an error text: a string, a number, a value (by its str()), or a type (by its name).
struct ErrorArg {
  enum class Kind : uint8_t { Text, Number, Object, TypeName } kind;
  std::string_view text = {};
  int64_t number = 0;
  Value value = {};
  const Type* type = nullptr;
  ErrorArg(std::string_view text) : kind(Kind::Text), text(text) {}
  ErrorArg(const char* text) : kind(Kind::Text), text(text) {}
  ErrorArg(const Str* text) : kind(Kind::Object), value(reinterpret_cast<const Object*>(text)) {}
  template <typename Integer>
  requires std::is_integral_v<Integer> ErrorArg(Integer number)
      : kind(Kind::Number), number(static_cast<int64_t>(number)) {}
  ErrorArg(Value value) : kind(Kind::Object), value(value) {}
  ErrorArg(const Type* type) : kind(Kind::TypeName), type(type) {}
};

/// State that a module keeps for one instance; see Vm::state.
class ModuleState {
 public:
  virtual ~ModuleState() = default;
  virtual void mark(Marker&) {}
};

/// Why a running script shall look up from its work: the bits of Vm::reasons.
enum Reason : uint32_t {
  kReasonInterrupt = 1,  ///< raise KeyboardInterrupt
  kReasonStop = 2,       ///< raise SystemExit
  kReasonKill = 4,       ///< unwind everything
  kReasonMail = 8,       ///< the mailbox holds events
  kReasonSchedule = 16,  ///< scheduled callbacks wait
  kReasonInspect = 32,   ///< the host wants a safepoint
};
/// Those that end what runs.
inline constexpr uint32_t kStops = kReasonInterrupt | kReasonStop | kReasonKill;

/// The runtime of one instance, as objects and natives see it: the only key to its heap. The interpreter derives from
/// it.
class Vm : public RootSource {
 public:
  Vm(const Config& config, const Ports& ports);
  virtual ~Vm();

  const Config config;
  const Ports ports;
  Heap heap;
  Interner strings;
  int64_t opt_level;  ///< micropython.opt_level(): any number

  // ---- memory ----

  /// A new cell for a T of `bytes` in all, header set, the rest undefined. Raises MemoryError.
  template <typename T>
  Result<T*> allocate(const Shape* shape, size_t bytes = sizeof(T)) {
    if (Object* object = heap.allocate(shape, bytes)) [[likely]]
      return static_cast<T*>(object);
    return memory_error();
  }
  template <typename T>
  Result<T*> allocate(const Type& type, size_t bytes = sizeof(T)) {
    return allocate<T>(&type.root, bytes);
  }
  /// Storage of at least `count` values, all null. `count` of any size; MemoryError if it cannot be had.
  Result<ValueStorage*> allocate_values(size_t count);
  /// Storage of at least `size` bytes, undefined.
  Result<ByteStorage*> allocate_bytes(size_t size);
  /// How many values a storage has room for.
  size_t capacity(const ValueStorage* storage) const { return heap.size_of(storage) / sizeof(Value) - 1; }
  /// The MemoryError for the heap's last failure; never needs memory itself. A kill that is the reason for it comes
  /// first.
  Failure memory_error();
  /// A MemoryError for a size that could not even be asked for.
  Failure too_large(size_t bytes);

  // ---- exceptions ----

  Failure raise(Error error, std::initializer_list<ErrorArg> args = {});
  /// An exception of any native class with one text argument.
  Failure raise(const Type& type, std::string_view text);
  /// An exception of a native class with that argument alone, e.g. KeyError(key); no argument if it is null.
  Failure raise_with(const Type& type, Value argument);
  /// OSError(errno) or, with a text, OSError(errno, text).
  Failure raise_os_error(int number, std::string_view text = {});
  Failure raise_os_error(const PortError& error) { return raise_os_error(error.number, error.message); }
  /// Makes an exception object pending: an instance, or a class, which is instantiated. TypeError if it is neither.
  Failure raise(Value exception);
  /// The pending exception; null if none is.
  Value pending() const { return pending_; }
  /// Takes the pending exception: none is pending afterwards.
  Value take_pending() {
    Value exception = pending_;
    pending_ = Value();
    return exception;
  }
  /// Takes the pending exception if it is an instance of `type`, else leaves it and answers null. Never takes a kill.
  Value take_pending(const Type& type);
  void set_pending(Value exception) { pending_ = exception; }
  /// The instance is being killed: no handler may run, whatever is pending.
  bool killed() const { return killed_; }
  /// Set if machine.reset or the like was called: what runs is on its way out.
  const std::optional<Reset>& wanted_reset() const { return wanted_reset_; }

  /// What is set aside for exceptions when the heap has nothing.
  EmergencyReserve& emergency() { return *emergency_; }

  Value
      stop_value;  ///< the value of the iterator that ended last (StopIteration's), null for None; set by `next` slots

  // ---- calls ----

  /// Calls anything callable. `args.values` must stay valid during the call.
  virtual Result<Value> call(Value callee, Args args) = 0;
  Result<Value> call(Value callee, std::initializer_list<Value> values) {
    return call(callee, Args(values.begin(), static_cast<uint32_t>(values.size())));
  }
  /// Calls `self.name(...)`; AttributeError if there is no such method.
  Result<Value> call_method(Value self, const Str* name, std::initializer_list<Value> values = {});
  /// Calls the method that the class of `self` (a ClassInstance) has under `name`; absent() if it has none.
  Result<Value> call_special(Value self, const Str* name, std::initializer_list<Value> values = {});
  static constexpr size_t kMaxValues = 6;  ///< that call_method and call_special take
  /// Imports a module as the import statement does; the module named last if `fromlist`, else the first one.
  virtual Result<Value> import(const Str* name) = 0;
  /// Compiles and loads; the result is a code object. `mode` as CompileOptions::Mode. SyntaxError and its like.
  virtual Result<Value> compile(std::string_view source, std::string_view file, int mode) = 0;
  /// Runs a code object in the given globals and, for one compiled with a namespace, that namespace dict.
  virtual Result<Value> execute(Value code, Dict* globals, Dict* locals) = 0;
  /// The globals of the innermost running Python function; those of __main__ if none runs.
  virtual Dict* current_globals() = 0;
  /// Where the innermost running code stores its names: the namespace of a class body or of exec with one, else the
  /// globals.
  virtual Dict* current_namespace() = 0;
  /// The exception that is being handled, by the running function or by one that waits for it; null if there is none.
  virtual Value handled() const = 0;
  /// Resumes a generator: sends `value`, or throws `exception`, which may be a class, into it if that is not null.
  /// Value::stop() when it ends.
  virtual Result<Value> resume(struct Generator* generator, Value value, Value exception) = 0;

  // ---- safepoints and limits ----

  // Work whose length a script decides looks up at every step: at each item, or each slice of bytes
  // (objects/runtime/bulk.h). That costs one load, so nobody counts steps; and as each step looks up by itself, it does
  // not matter how the items are nested or shared. An item's own work (a comparison, a call) looks up inside.

  /// Handles interrupts, callbacks and inspections. Python may run, and change anything.
  Result<void> poll() {
    if (reasons.load(std::memory_order_relaxed)) [[unlikely]]
      return handle_reasons();
    return {};
  }
  /// Handles kills and inspections alone: nothing changes meanwhile. For a single pass over memory, where addresses
  /// must stay valid, or a change must not be seen half done.
  Result<void> poll_kill() {
    if (reasons.load(std::memory_order_relaxed) & (kReasonKill | kReasonInspect)) [[unlikely]]
      return handle_kill();
    return {};
  }
  /// The slow parts of `poll` and `poll_kill`.
  virtual Result<void> handle_reasons() = 0;
  virtual Result<void> handle_kill() = 0;
  /// Waits until the monotonic time, running callbacks meanwhile.
  virtual Result<void> sleep_until(int64_t monotonic_ns) = 0;
  /// Raises RuntimeError if the native stack is nearly used up. To be called where native code may recurse.
  Result<void> check_stack() {
    char here;
    if (&here < stack_limit_) [[unlikely]]
      return stack_exhausted();
    return {};
  }
  /// The RuntimeError of check_stack, which alone calls it: by that the test native_recursion knows the checks.
  [[gnu::noinline, gnu::cold]] Failure stack_exhausted();
  /// Bytes of native stack in use, and how many may be.
  size_t stack_used() const;
  /// Waits on the clock as Clock::wait_until. Meanwhile another thread may look into the interpreter.
  void wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors = {});
  size_t stack_limit() const { return stack_base_ - stack_limit_; }

  std::atomic<uint32_t> reasons{0};  ///< bits of Reason; set from any thread

  /// Counts changes to classes, so that inline caches notice.
  uint64_t class_epoch = 1;

  // ---- modules ----

  Dict* modules = nullptr;   ///< sys.modules
  Dict* builtins = nullptr;  ///< names that a script put into builtins; null if none
  Dict* main_globals = nullptr;

  /// The T of this instance, made on first use as T(vm). T derives from ModuleState and has `static constexpr char kKey
  /// = 0;`.
  template <typename T>
  T& state() {
    for (auto& [key, state] : states_)
      if (key == &T::kKey) return static_cast<T&>(*state);
    states_.emplace_back(&T::kKey, std::make_unique<T>(*this));
    return static_cast<T&>(*states_.back().second);
  }

 protected:
  /// Marks what this class knows; the interpreter adds its stacks.
  void mark_roots(Marker& marker) override;
  /// Marks what the frames on the native stack hold, and the registers.
  void scan_native_stack(Marker& marker);
  void drop_dead(Heap& heap) override;
  int64_t now_ns() override { return ports.clock.monotonic_ns(); }
  bool gives_up() override { return reasons.load(std::memory_order_relaxed) & kReasonKill; }

  Value pending_;
  bool killed_ = false;
  std::optional<Reset> wanted_reset_;
  const char* waits_at_ = nullptr;     ///< the native stack's end while it waits
  const char* stack_base_ = nullptr;   ///< where the native stack begins (it grows down from here)
  const char* stack_limit_ = nullptr;  ///< below this, recursion ends

 private:
  std::vector<std::pair<const char*, std::unique_ptr<ModuleState>>> states_;
  Result<Value> call_with(Value* frame, std::initializer_list<Value> values);

  std::unique_ptr<EmergencyReserve> emergency_;
};

}  // namespace upy
