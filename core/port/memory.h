#pragma once

#include <cstddef>

namespace upy {

/// Memory of the host that several instances share: each takes what it is about to use, and is refused when there is
/// none left. Must outlive whoever has some. On the thread of whoever takes it; no implementation may throw.
class Memory {
 public:
  /// False: there are no so many bytes.
  virtual bool take(size_t bytes) = 0;
  virtual void give_back(size_t bytes) = 0;

 protected:
  ~Memory() = default;
};

}  // namespace upy
