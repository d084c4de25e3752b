#pragma once

#include <cstddef>

namespace upy {

/// What reading and verifying a blob may take of its host: memory, and time without looking up. This one sets no limit;
/// a host that has one overrides it.
class Meter {
 public:
  virtual ~Meter() = default;
  /// Asks for `bytes` more, which are used until the result is dropped. False: there are not as many.
  virtual bool charge([[maybe_unused]] size_t bytes) { return true; }
  /// Called after each small piece of work. False: the work is to be abandoned.
  virtual bool poll() { return true; }
};

/// What load() and verify() answer when the meter refused.
inline constexpr char kOutOfMemory[] = "not enough memory";
inline constexpr char kAbandoned[] = "abandoned";

}  // namespace upy
