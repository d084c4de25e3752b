#include "modules/modules.h"
#include "objects/model/native_function.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// gc: the collector of the instance's heap.
namespace upy {

namespace {

/// Answers how many blocks were freed.
Result<Value> gc_collect(Vm& vm, Args) {
  size_t before = vm.heap.used();
  vm.heap.collect();
  TRY(vm.poll());
  size_t after = vm.heap.used();
  return Value::small_int(before > after ? static_cast<int64_t>((before - after) / Heap::kBlockSize) : 0);
}

Result<Value> gc_enable(Vm& vm, Args) {
  vm.heap.set_automatic(true);
  return Value::none();
}

Result<Value> gc_disable(Vm& vm, Args) {
  vm.heap.set_automatic(false);
  return Value::none();
}

Result<Value> gc_isenabled(Vm& vm, Args) { return Value::boolean(vm.heap.automatic()); }

Result<Value> gc_mem_alloc(Vm& vm, Args) { return Value::small_int(static_cast<int64_t>(vm.heap.used())); }

Result<Value> gc_mem_free(Vm& vm, Args) { return Value::small_int(static_cast<int64_t>(vm.heap.available())); }

/// threshold([bytes]): counted in whole blocks; -1 stands for the heap's own policy.
Result<Value> gc_threshold(Vm& vm, Args args) {
  if (args.size() == 0) {
    const size_t bytes = vm.heap.threshold();
    return make_int(vm, bytes == Heap::kOwnPolicy ? -1 : static_cast<int64_t>(bytes));
  }
  const int64_t bytes = TRY(to_int64(vm, args[0]));
  vm.heap.set_threshold(bytes < 0 ? Heap::kOwnPolicy
                                  : static_cast<size_t>(bytes) / Heap::kBlockSize * Heap::kBlockSize);
  return Value::none();
}

constexpr Member kMembers[] = {
    {"__name__"_n, Value("gc"_n)},
    {"collect"_n, native<gc_collect, 0>},
    {"disable"_n, native<gc_disable, 0>},
    {"enable"_n, native<gc_enable, 0>},
    {"isenabled"_n, native<gc_isenabled, 0>},
    {"mem_alloc"_n, native<gc_mem_alloc, 0>},
    {"mem_free"_n, native<gc_mem_free, 0>},
    {"threshold"_n, native<gc_threshold, 0, 1>},
};

}  // namespace

constinit const NativeModule gc_module{"gc"_n, kMembers};

}  // namespace upy
