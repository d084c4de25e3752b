#pragma once

#include <algorithm>

#include "objects/runtime/args.h"
#include "objects/runtime/vm.h"

namespace upy {

/// Room for the arguments of a call that are those of another one with more in front: on the native stack, for very
/// many in the heap.
class ArgBuffer {
 public:
  /// `first` and all of `rest`, valid as long as this buffer. MemoryError for very many.
  Result<Args> prepend(Vm& vm, Value first, Args rest) {
    Args all = TRY(make_room(vm, 1, rest));
    values_[0] = first;
    return all;
  }
  /// The same with room for `more` values in front, which the caller fills in: see front().
  Result<Args> make_room(Vm& vm, size_t more, Args rest) {
    const size_t count = rest.positional + 2 * size_t{rest.keywords};
    values_ = more + count <= kInline ? inline_ : TRY(vm.allocate_values(more + count))->items();
    std::copy_n(rest.values, count, values_ + more);
    return Args(values_, static_cast<uint32_t>(rest.positional + more), rest.keywords);
  }
  Value* front() { return values_; }

 private:
  static constexpr size_t kInline = 12;
  Value inline_[kInline];
  Value* values_ = nullptr;
};

}  // namespace upy
