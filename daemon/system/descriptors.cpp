#include "system/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

namespace upyd {
namespace {

constexpr rlim_t kMostForOthers = 256, kMostForDaemon = 64;

rlim_t kept_back(DescriptorUse use, rlim_t limit) {
  const rlim_t for_daemon = std::min(limit / 16, kMostForDaemon);
  return use == DescriptorUse::Client ? for_daemon : std::min(limit / 4, kMostForOthers);
}

}  // namespace

bool is_kept_back(int descriptor, DescriptorUse use) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<rlim_t>(descriptor) >= limit.rlim_cur - kept_back(use, limit.rlim_cur);
}

}  // namespace upyd
