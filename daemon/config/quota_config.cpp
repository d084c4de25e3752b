#include "config/quota_config.h"

#include "system/thread.h"

namespace upyd {
namespace {

template <typename Number>
void read(ConfigSection& rule, const char* key, Number most, std::optional<Number>& quota) {
  if (const toml::node* const node = rule.find(key)) quota = static_cast<Number>(rule.number(*node, key, 1, most));
}

}  // namespace

AccessQuota read_quota(ConfigSection& rule) {
  constexpr uint64_t kMostThings = 1'000'000, kMostBytes = uint64_t{1} << 50;
  AccessQuota quota;
  read(rule, "max_instances", kMostThings, quota.max_instances);
  read(rule, "promised_memory", kMostBytes, quota.promised_memory);
  read(rule, "max_calls", kMostThings, quota.max_calls);
  read(rule, "max_connections", kMostThings, quota.max_connections);
  read(rule, "cpu_weight", Thread::kFullWeight, quota.cpu_weight);
  return quota;
}

}  // namespace upyd
