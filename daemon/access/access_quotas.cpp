#include "access/access_quotas.h"

namespace upyd {
namespace {

/// What is known of somebody who has not connected yet.
Identity named(const std::string& principal) {
  const std::string prefix = "uid:";
  if (!principal.starts_with(prefix)) return {};
  return {.kind = Identity::Kind::User, .uid = static_cast<uid_t>(std::stoul(principal.substr(prefix.size())))};
}

}  // namespace

void AccessQuotas::know(const Identity& identity) {
  std::lock_guard lock(mutex_);
  known_.insert_or_assign(identity.name(), identity);
}

AccessQuota AccessQuotas::of(const std::string& principal) const {
  std::lock_guard lock(mutex_);
  const auto found = known_.find(principal);
  return rules_.get()->quota(found == known_.end() ? named(principal) : found->second);
}

}  // namespace upyd
