#pragma once

#include <algorithm>
#include <array>

#include "objects/model/native_function.h"
#include "objects/runtime/str.h"

namespace upy {

/// A member table of the rows of two.
template <size_t N, size_t M>
consteval std::array<Member, N + M> joined(const Member (&first)[N], const Member (&second)[M]) {
  std::array<Member, N + M> all{};
  std::copy_n(first, N, all.begin());
  std::copy_n(second, M, all.begin() + N);
  return all;
}

}  // namespace upy
