#include "supervisor/restart_policy.h"

#include <algorithm>

#include "instances/back_off.h"
#include "instances/instance_events.h"
#include "port/time_units.h"

namespace upyd {

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
  if (end == StartEnd::Failed) ++failures_;
  const uint64_t burst = settings.start_limit_burst();
  if (end == StartEnd::Failed && burst > 0 && failures_ > burst) return {.gives_up = true};
  const int64_t delay_ns = back_off_ns(end == StartEnd::Failed ? failures_ : 1, settings);
  return {.delay_ns = std::max(delay_ns, pace_.delay_ns(now_ns + delay_ns, settings))};
}

}  // namespace upyd
