#include "rpc/complaints.h"

#include <spdlog/logger.h>

namespace upyd {

void Complaints::say(std::string_view why) {
  std::lock_guard lock(mutex_);
  if (passed_.pass(std::chrono::steady_clock::now())) log_.warn("cannot take another client: {}", why);
}

}  // namespace upyd
