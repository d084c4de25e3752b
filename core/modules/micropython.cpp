#include "interpreter/interpreter.h"
#include "interpreter/mem_report.h"
#include "modules/modules.h"
#include "objects/model/emergency.h"
#include "objects/model/native_function.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/writer.h"

/// micropython: the insides of the runtime.
namespace upy {

namespace {

Interpreter& interpreter(Vm& vm) { return static_cast<Interpreter&>(vm); }

Result<Value> mp_const(Vm&, Args args) { return args[0]; }

/// opt_level([n]): what code compiled from now on is compiled with.
Result<Value> mp_opt_level(Vm& vm, Args args) {
  if (args.size() == 0) return make_int(vm, vm.opt_level);
  vm.opt_level = TRY(to_int64(vm, args[0]));
  return Value::none();
}

Detail detail(Args args) { return args.size() ? Detail::Full : Detail::Summary; }

/// Any argument at all asks for the heap map.
Result<Value> mp_mem_info(Vm& vm, Args args) {
  ConsoleWriter out(Console::Stream::Out);
  TRY(write_memory_report(interpreter(vm), detail(args), out));
  return Value::none();
}

Result<Value> mp_qstr_info(Vm& vm, Args args) {
  ConsoleWriter out(Console::Stream::Out);
  TRY(write_strings_report(interpreter(vm), detail(args), out));
  return Value::none();
}

Result<Value> mp_mem_total(Vm& vm, Args) { return make_uint(vm, vm.heap.allocated()); }
Result<Value> mp_mem_current(Vm& vm, Args) { return make_uint(vm, vm.heap.used()); }
Result<Value> mp_mem_peak(Vm& vm, Args) { return make_uint(vm, vm.heap.peak()); }

Result<Value> mp_stack_use(Vm& vm, Args) { return make_uint(vm, interpreter(vm).stacks_used()); }

Result<Value> mp_heap_lock(Vm& vm, Args) {
  vm.heap.set_lock_depth(vm.heap.lock_depth() + 1);
  return Value::none();
}

/// Answers the depth that is left; below zero it does not go.
Result<Value> mp_heap_unlock(Vm& vm, Args) {
  if (vm.heap.lock_depth() > 0) vm.heap.set_lock_depth(vm.heap.lock_depth() - 1);
  vm.emergency().refill();
  return Value::small_int(vm.heap.lock_depth());
}

Result<Value> mp_heap_locked(Vm& vm, Args) { return Value::small_int(vm.heap.lock_depth()); }

/// alloc_emergency_exception_buf(size): the reserve is there already, so this decides how much of it is used.
Result<Value> mp_alloc_emergency_exception_buf(Vm& vm, Args args) {
  const int64_t wanted = TRY(to_int64(vm, args[0]));
  const size_t size = wanted < 0 ? 0 : static_cast<size_t>(wanted);
  if (size > vm.heap.limit()) return vm.too_large(size);
  vm.emergency().set_size(size);
  return Value::none();
}

/// kbd_intr(chr): as Instance::interrupt_char. A number that is no byte is none.
Result<Value> mp_kbd_intr(Vm& vm, Args args) {
  const int64_t wanted = TRY(to_int64(vm, args[0]));
  const bool is_byte = wanted >= 0 && wanted <= UINT8_MAX;
  interpreter(vm).interrupt_char.store(is_byte ? static_cast<int>(wanted) : -1, std::memory_order_relaxed);
  return Value::none();
}

/// schedule(function, argument). schedule(kbd_intr, None) asks for a KeyboardInterrupt in the main script.
Result<Value> mp_schedule(Vm& vm, Args args) {
  if (args[0] == native<mp_kbd_intr, 1> && args[1].is_none())
    interpreter(vm).interrupt_main();
  else if (!interpreter(vm).scheduler.schedule(args[0], args[1]))
    return vm.raise(Error::schedule_full);
  return Value::none();
}

constexpr Member kMembers[] = {
    {"__name__"_n, Value("micropython"_n)},
    {"const"_n, native<mp_const, 1>},
    {"opt_level"_n, native<mp_opt_level, 0, 1>},
    {"RingIO"_n, Value(&ring_io_type)},
    {"alloc_emergency_exception_buf"_n, native<mp_alloc_emergency_exception_buf, 1>},
    {"heap_lock"_n, native<mp_heap_lock, 0>},
    {"heap_locked"_n, native<mp_heap_locked, 0>},
    {"heap_unlock"_n, native<mp_heap_unlock, 0>},
    {"kbd_intr"_n, native<mp_kbd_intr, 1>},
    {"mem_current"_n, native<mp_mem_current, 0>},
    {"mem_info"_n, native<mp_mem_info, 0, 1>},
    {"mem_peak"_n, native<mp_mem_peak, 0>},
    {"mem_total"_n, native<mp_mem_total, 0>},
    {"qstr_info"_n, native<mp_qstr_info, 0, 1>},
    {"schedule"_n, native<mp_schedule, 2>},
    {"stack_use"_n, native<mp_stack_use, 0>},
};

}  // namespace

constinit const NativeModule micropython_module{"micropython"_n, kMembers};

}  // namespace upy
