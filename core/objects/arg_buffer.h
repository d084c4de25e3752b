#pragma once

#include <algorithm>

#include "objects/args.h"
#include "objects/vm.h"

namespace upy {

/// Room on the native stack for the arguments of a call that are those of another one with a value in front.
class ArgBuffer {
 public:
  /// `first` and all of `rest`, valid as long as this buffer. MemoryError for very many.
  Result<Args> prepend(Vm& vm, Value first, Args rest) {
    uint32_t count = rest.positional + 2 * rest.keywords;
    values_ = count < kInline ? inline_ : TRY(vm.allocate_values(count + 1))->items();
    values_[0] = first;
    std::copy_n(rest.values, count, values_ + 1);
    return Args(values_, rest.positional + 1, rest.keywords);
  }

 private:
  static constexpr uint32_t kInline = 12;
  Value inline_[kInline];
  Value* values_ = nullptr;
};

}  // namespace upy
