#include <utility>

#include "modules/modules.h"
#include "objects/containers/list.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// heapq: a list as a queue whose first item is always the smallest. The items 2i+1 and 2i+2 are the children of item
/// i, and none is less than its parent.
namespace upy {
namespace {

/// A list while it is put in order. Only swaps are done, so that it keeps its items whatever their comparison raises.
class Heap {
 public:
  Heap(Vm& vm, List* list) : vm_(vm), list_(list), size_(list->size) {}

  /// Moves an item up until its parent is not greater, but not above `top`.
  Result<void> rise(size_t at, size_t top) {
    while (at > top) {
      const size_t parent = (at - 1) / 2;
      if (!TRY(is_less(at, parent))) break;
      std::swap(list_->items()[at], list_->items()[parent]);
      at = parent;
    }
    return {};
  }

  /// Puts the item at `top` to where it belongs below. It mostly belongs far down, so it goes down all the way, along
  /// the smaller children, and rises from there.
  Result<void> sink(size_t top) {
    size_t at = top;
    while (at < size_ / 2) {
      size_t child = 2 * at + 1;
      if (child + 1 < size_ && !TRY(is_less(child, child + 1))) child++;
      std::swap(list_->items()[at], list_->items()[child]);
      at = child;
    }
    return rise(at, top);
  }

 private:
  /// Compares two items, which may call Python code. RuntimeError if that changed the size of the list.
  Result<bool> is_less(size_t a, size_t b) {
    TRY(vm_.poll());
    const bool answer = list_->size == size_ && TRY(less(vm_, list_->items()[a], list_->items()[b]));
    if (list_->size != size_) return vm_.raise(Error::heap_changed);
    return answer;
  }

  Vm& vm_;
  List* list_;
  size_t size_;
};

Result<List*> to_heap(Vm& vm, Value value) {
  if (auto* list = as<List>(value, list_type)) return list;
  return vm.raise(Error::heap_not_a_list);
}

/// heappush(heap, item).
Result<Value> heapq_heappush(Vm& vm, Args args) {
  List* list = TRY(to_heap(vm, args[0]));
  TRY(list->append(vm, args[1]));
  TRY(Heap(vm, list).rise(list->size - 1, 0));
  return Value::none();
}

/// heappop(heap): the smallest item, which is taken out.
Result<Value> heapq_heappop(Vm& vm, Args args) {
  List* list = TRY(to_heap(vm, args[0]));
  if (list->size == 0) return vm.raise(Error::empty_heap);
  const Value smallest = list->items()[0];
  std::swap(list->items()[0], list->items()[list->size - 1]);
  TRY(list->remove(vm, list->size - 1));
  if (list->size) TRY(Heap(vm, list).sink(0));
  return smallest;
}

/// heapify(list): makes a heap of it.
Result<Value> heapq_heapify(Vm& vm, Args args) {
  List* list = TRY(to_heap(vm, args[0]));
  Heap heap(vm, list);
  for (size_t at = list->size / 2; at-- > 0;) TRY(heap.sink(at));
  return Value::none();
}

constexpr Member kMembers[] = {
    {"__name__"_n, Value("heapq"_n)},
    {"heapify"_n, native<heapq_heapify, 1>},
    {"heappop"_n, native<heapq_heappop, 1>},
    {"heappush"_n, native<heapq_heappush, 2>},
};

}  // namespace

constinit const NativeModule heapq_module{"heapq"_n, kMembers};

}  // namespace upy
