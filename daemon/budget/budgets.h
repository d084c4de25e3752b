#pragma once

#include <array>
#include <cstdint>

#include "budget/budget.h"

namespace upyd {

/// How large the daemon's budgets are; 0: without end.
struct BudgetLimits {
  uint64_t max_instances = 4096;
  uint64_t promised_memory;  ///< the sum of the limits of all instances
  uint64_t memory;           ///< what they use of it
  uint64_t compile_memory;
  uint64_t output_memory;   ///< of output that waits for clients
  uint64_t request_memory;  ///< of scripts that wait to be compiled or run
  uint64_t max_calls = 8192;
  uint64_t max_connections;

  /// What suits a machine with so much memory, and a process that may have so many descriptors.
  static BudgetLimits of_machine(uint64_t memory, uint64_t descriptors);
  /// The same of this one.
  static BudgetLimits of_machine();
};

/// The daemon's budgets.
struct Budgets {
  explicit Budgets(const BudgetLimits& limits);
  /// From now on.
  void set(const BudgetLimits& limits);
  std::array<const Budget*, 8> all() const;

  Budget instances, promised_memory, memory, compile_memory, output_memory, request_memory, calls, connections;
};

/// What an instance uses of `memory` beside its heap: its thread, ports and queues.
inline constexpr uint64_t kInstanceBytes = 64u << 10;

}  // namespace upyd
