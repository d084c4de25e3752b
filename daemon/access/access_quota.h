#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

namespace upyd {

/// How much of the daemon's budgets a principal may have, where there is an end of it: see Budgets for what is counted.
struct AccessQuota {
  std::optional<uint64_t> max_instances, promised_memory, max_calls, max_connections;
  std::optional<uint32_t> cpu_weight;  ///< the most that each of their instances gets

  /// What one gets who gets both this and that: the more of each.
  void add(const AccessQuota& other) {
    const auto add = [](auto& own, const auto& more) {
      if (more) own = std::max(own.value_or(0), *more);
    };
    add(max_instances, other.max_instances);
    add(promised_memory, other.promised_memory);
    add(max_calls, other.max_calls);
    add(max_connections, other.max_connections);
    add(cpu_weight, other.cpu_weight);
  }
};

/// Of a number in a quota, as Budget takes it.
inline uint64_t most(const std::optional<uint64_t>& quota) { return quota.value_or(UINT64_MAX); }

}  // namespace upyd
