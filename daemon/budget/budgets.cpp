#include "budget/budgets.h"

#include <sys/resource.h>

#include <algorithm>

#include "system/memory_limit.h"

namespace upyd {
namespace {

using Sharing = Budget::Sharing;

constexpr Budget::Kind kInstances{"max_instances", "instances", Sharing::FirstCome, "delete one"};
constexpr Budget::Kind kPromisedMemory{"promised_memory", "bytes", Sharing::FirstCome,
                                       "take a smaller heap_bytes, or delete an instance"};
constexpr Budget::Kind kMemory{"memory", "bytes", Sharing::FirstCome, "delete an instance, or have one use less"};
constexpr Budget::Kind kCompileMemory{"compile_memory", "bytes", Sharing::Fair, "try again later"};
constexpr Budget::Kind kOutputMemory{"output_memory", "bytes", Sharing::Fair, "read the output that waits"};
constexpr Budget::Kind kRequestMemory{"request_memory", "bytes", Sharing::Fair, "try again when others are done"};
constexpr Budget::Kind kCalls{"max_calls", "calls", Sharing::Fair, "end another, or try again later"};
constexpr Budget::Kind kConnections{"max_connections", "connections", Sharing::Fair, "close another"};

}  // namespace

BudgetLimits BudgetLimits::of_machine(uint64_t memory, uint64_t descriptors) {
  constexpr uint64_t kMiB = 1u << 20;
  return {.promised_memory = 4 * memory,
          .memory = memory / 4 * 3,
          .compile_memory = std::max(memory / 8, 128 * kMiB),
          .output_memory = std::max(memory / 16, 16 * kMiB),
          .request_memory = std::max(memory / 8, 64 * kMiB),
          .max_connections = std::clamp<uint64_t>(descriptors / 2, 16, 16384)};
}

BudgetLimits BudgetLimits::of_machine() {
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  return of_machine(usable_memory(), descriptors.rlim_max);  // the daemon takes all that it may have
}

Budgets::Budgets(const BudgetLimits& limits)
    : instances(kInstances, limits.max_instances),
      promised_memory(kPromisedMemory, limits.promised_memory),
      memory(kMemory, limits.memory),
      compile_memory(kCompileMemory, limits.compile_memory),
      output_memory(kOutputMemory, limits.output_memory),
      request_memory(kRequestMemory, limits.request_memory),
      calls(kCalls, limits.max_calls),
      connections(kConnections, limits.max_connections) {}

void Budgets::set(const BudgetLimits& limits) {
  instances.set_limit(limits.max_instances);
  promised_memory.set_limit(limits.promised_memory);
  memory.set_limit(limits.memory);
  compile_memory.set_limit(limits.compile_memory);
  output_memory.set_limit(limits.output_memory);
  request_memory.set_limit(limits.request_memory);
  calls.set_limit(limits.max_calls);
  connections.set_limit(limits.max_connections);
}

std::array<const Budget*, 8> Budgets::all() const {
  return {&instances,     &promised_memory, &memory, &compile_memory,
          &output_memory, &request_memory,  &calls,  &connections};
}

}  // namespace upyd
