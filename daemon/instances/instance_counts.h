#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "upy/instance.h"

namespace upyd {

/// How many runs ended in which way. Any thread.
class OutcomeCounts {
 public:
  static constexpr size_t kKinds = static_cast<size_t>(upy::Outcome::Kind::Refused) + 1;

  void count(upy::Outcome::Kind kind) { counts_[static_cast<size_t>(kind)].fetch_add(1, std::memory_order_relaxed); }
  /// By Outcome::Kind.
  std::array<uint64_t, kKinds> all() const {
    std::array<uint64_t, kKinds> counts{};
    for (size_t i = 0; i < kKinds; ++i) counts[i] = counts_[i].load(std::memory_order_relaxed);
    return counts;
  }

 private:
  std::array<std::atomic<uint64_t>, kKinds> counts_{};
};

/// What is counted of an instance since it was created, but for `interpreter`: that begins anew with machine.reset.
struct InstanceCounts {
  bool is_running = false;
  uint64_t runs = 0;  ///< begun
  std::array<uint64_t, OutcomeCounts::kKinds> outcomes{};
  uint64_t callback_errors = 0;  ///< callbacks that ended with an exception or were killed between runs
  int64_t cpu_ns = 0;
  upy::Figures interpreter;  ///< as Worker::figures

  /// Adds what was counted of instances that are gone.
  void add(const InstanceCounts& past) {
    runs += past.runs;
    for (size_t i = 0; i < outcomes.size(); ++i) outcomes[i] += past.outcomes[i];
    callback_errors += past.callback_errors;
    cpu_ns += past.cpu_ns;
  }
};

}  // namespace upyd
