#include "objects/runtime/vm.h"

#include <algorithm>
#include <cassert>

#include "objects/containers/dict.h"
#include "objects/model/attributes.h"
#include "objects/model/emergency.h"
#include "objects/model/exception.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/error_text.h"
#include "objects/runtime/utf8.h"
#include "objects/strings/codec.h"

namespace upy {

Vm::Vm(const Config& config, const Ports& ports)
    : config(config),
      ports(ports),
      heap(config.heap_bytes, *this, ports.heap_memory),
      strings(*this),
      opt_level(config.opt_level),
      emergency_(std::make_unique<EmergencyReserve>(heap)) {}

Vm::~Vm() = default;

// ---- roots ----

void Vm::mark_roots(Marker& marker) {
  for (Value value : {pending_, stop_value}) marker.mark(value);
  for (Dict* dict : {modules, builtins, main_globals}) marker.mark(dict);
  emergency_->mark(marker);
  for (auto& [key, state] : states_) state->mark(marker);
}

namespace {

/// Scans all frames but its own.
__attribute__((noinline)) void scan_callers(Marker& marker, const void* base) {
  marker.scan(__builtin_frame_address(0), base);
}

}  // namespace

__attribute__((noinline)) void Vm::scan_native_stack(Marker& marker) {
  __builtin_unwind_init();  // values that live in callee-saved registers only are now somewhere in this frame
  scan_callers(marker, stack_base_);
  asm volatile("" ::: "memory");  // else that might be the last thing done, with this frame gone
}

void Vm::drop_dead(Heap& heap) { strings.drop_dead(heap); }

size_t Vm::stack_used() const {
  const char* here = waits_at_ ? waits_at_ : static_cast<const char*>(__builtin_frame_address(0));
  return here < stack_base_ ? stack_base_ - here : 0;
}

Failure Vm::stack_exhausted() { return raise(Error::recursion); }

void Vm::wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors) {
  waits_at_ = static_cast<const char*>(__builtin_frame_address(0));
  ports.clock.wait_until(monotonic_ns, descriptors);
  waits_at_ = nullptr;
}

// ---- memory ----

Result<ValueStorage*> Vm::allocate_values(size_t count) {
  if (count > heap.limit() / sizeof(Value))
    return too_large(count > SIZE_MAX / sizeof(Value) ? SIZE_MAX : count * sizeof(Value));
  auto* storage = TRY(allocate<ValueStorage>(&unfilled_storage_shape, sizeof(Object) + count * sizeof(Value)));
  TRY(fill_values(*this, storage->items(), Value(), capacity(storage)));
  storage->shape = &value_storage_shape;
  return storage;
}

Result<ByteStorage*> Vm::allocate_bytes(size_t size) {
  if (size > heap.limit()) return too_large(size);
  return allocate<ByteStorage>(&bytes_storage_shape, sizeof(Object) + size);
}

Failure Vm::memory_error() {
  TRY(poll_kill());
  if (heap.failure() == Heap::Failure::Locked) return raise(Error::heap_locked);
  if (heap.failure() == Heap::Failure::HostFull) return raise(Error::host_memory_full, {heap.failed_bytes()});
  return raise(Error::heap_full, {heap.failed_bytes()});
}

Failure Vm::too_large(size_t bytes) {
  if (heap.lock_depth() > 0) return raise(Error::heap_locked);
  return raise(Error::heap_full, {bytes > INT64_MAX ? INT64_MAX : static_cast<int64_t>(bytes)});
}

// ---- exceptions ----

Failure Vm::raise(Error error, std::initializer_list<ErrorArg> args) {
  FixedWriter<512> text;
  TRY(write_error(*this, text, error, args));
  if (!text.cut_off()) return raise(class_of(error), text.view());
  StrBuilder whole;
  if (write_error(*this, whole, error, args)) return raise(class_of(error), whole.view());
  return raise(class_of(error), text.view());
}

Failure Vm::raise(const Type& type, std::string_view text) {
  assert(is_well_formed(text));
  Str* str = static_cast<Str*>(heap.allocate(&str_type.root, sizeof(Str) + text.size() + 1));
  if (str) {
    new (str) Str(&str_type.root, 0, static_cast<uint32_t>(text.size()), static_cast<uint32_t>(count_code_points(text)),
                  false);
    TRY(copy_bytes(*this, str->data(), text));
    str->data()[text.size()] = 0;
  } else {
    str = emergency_->text(text);
  }
  return raise_with(type, str);
}

Failure Vm::raise_with(const Type& type, Value argument) {
  auto args = argument ? std::span<const Value>(&argument, 1) : std::span<const Value>();
  pending_ = TRY(Exception::make(*this, type, args));
  return {};
}

Failure Vm::raise_os_error(int number, std::string_view text) {
  Value args[2] = {Value::small_int(number), {}};
  if (!text.empty()) args[1] = TRY(readable_text_of_host(*this, text));
  pending_ = TRY(Exception::make(*this, OSError_type, std::span<const Value>(args, text.empty() ? 1 : 2)));
  return {};
}

Failure Vm::raise(Value exception) {
  if (is_exactly(exception, type_type) && static_cast<Type*>(exception.as_object())->flags & Type::kException)
    exception = TRY(call(exception, {}));
  if (!as_exception(exception)) return raise(Error::not_an_exception);
  pending_ = exception;
  return {};
}

Value Vm::take_pending(const Type& type) {
  if (killed_ || !pending_ || !is_subtype(type_of(pending_), &type)) return {};
  return take_pending();
}

// ---- calls ----

Result<Value> Vm::call_method(Value self, const Str* name, std::initializer_list<Value> values) {
  Value frame[2 + kMaxValues];
  TRY(get_method(*this, self, name, frame[0], frame[1]));
  return call_with(frame, values);
}

Result<Value> Vm::call_special(Value self, const Str* name, std::initializer_list<Value> values) {
  TRY(check_stack());  // to find it may mean to call another one, __get__
  Value frame[2 + kMaxValues];
  if (!TRY(find_special(*this, self, name, frame[0], frame[1]))) return Value::absent();
  return call_with(frame, values);
}

/// Calls the method in frame[0] with the receiver in frame[1], if there is one, and the values, for which `frame` has
/// room.
Result<Value> Vm::call_with(Value* frame, std::initializer_list<Value> values) {
  std::copy(values.begin(), values.end(), frame + 2);
  auto count = static_cast<uint32_t>(values.size());
  return frame[1] ? call(frame[0], Args(frame + 1, count + 1)) : call(frame[0], Args(frame + 2, count));
}

}  // namespace upy
