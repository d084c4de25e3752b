#pragma once

#include <map>
#include <mutex>
#include <string>

#include "access/access.h"

namespace upyd {

/// The quotas of principals, by the names of owners: what the rules give to an identity of that name. Any thread.
class AccessQuotas {
 public:
  /// `rules` must outlive it.
  explicit AccessQuotas(const CurrentRules& rules) : rules_(rules) {}

  /// Somebody has connected: rules for the groups of theirs hold, too, from now on. As long as they have not, they
  /// can't ask for anything.
  void know(const Identity& identity);
  AccessQuota of(const std::string& principal) const;

 private:
  const CurrentRules& rules_;
  mutable std::mutex mutex_;  // guards what follows
  std::map<std::string, Identity> known_;
};

}  // namespace upyd
