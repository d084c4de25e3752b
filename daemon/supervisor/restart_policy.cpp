#include "supervisor/restart_policy.h"

#include <algorithm>

#include "instances/instance_events.h"
#include "port/time_units.h"

namespace upyd {
namespace {

/// The delay after that many failures in a row: doubled with each, up to the longest.
int64_t back_off_ns(uint64_t failures, const v1::InstanceConfig& settings) {
  const uint64_t most = settings.restart_delay_max_ms();
  uint64_t delay = settings.restart_delay_ms();
  for (uint64_t i = 1; i < failures && delay > 0 && delay < most; ++i) delay *= 2;
  return static_cast<int64_t>(std::min(delay, most)) * upy::kNsPerMs;
}

}  // namespace

StartEnd end_of(const upy::Outcome& last) {
  using Kind = upy::Outcome::Kind;
  switch (last.kind) {
    case Kind::Finished:
      return last.exit_status == 0 ? StartEnd::Done : StartEnd::Failed;
    case Kind::Interrupted:
    case Kind::Stopped:
      return StartEnd::ByUser;
    case Kind::Exception:
    case Kind::Killed:
    case Kind::Refused:
      return StartEnd::Failed;
  }
  __builtin_unreachable();
}

std::string failure_of(const upy::Outcome& last) {
  if (last.kind == upy::Outcome::Kind::Finished) return "it exited with status " + std::to_string(last.exit_status);
  return RecentErrors::line_of(error_of(last));
}

bool calls_for_restart(v1::RestartPolicy policy, StartEnd end) {
  switch (policy) {
    case v1::RESTART_POLICY_ALWAYS:
      return end != StartEnd::ByUser;
    case v1::RESTART_POLICY_ON_FAILURE:
      return end == StartEnd::Failed;
    default:
      return false;
  }
}

Restarts::Next Restarts::went_down(StartEnd end, const v1::InstanceConfig& settings, int64_t now_ns) {
  const int64_t long_enough_ns = static_cast<int64_t>(settings.start_limit_interval_ms()) * upy::kNsPerMs;
  if (now_ns - up_since_ns_ >= long_enough_ns) failures_ = 0;
  if (end != StartEnd::Failed) return {.delay_ns = back_off_ns(1, settings)};
  ++failures_;
  const uint64_t burst = settings.start_limit_burst();
  if (burst > 0 && failures_ > burst) return {.gives_up = true};
  return {.delay_ns = back_off_ns(failures_, settings)};
}

}  // namespace upyd
