#include "virtual_time.h"

#include <algorithm>

void VirtualTime::wait_until(int64_t monotonic_ns, std::span<const pollfd>) {
  if (notified_.exchange(false)) return;
  const int64_t end = std::min(monotonic_ns, timers_.due_ns());
  if (end == kForever)
    on_starved_();
  else
    pass(std::max(end, now_ns_));
  notified_ = false;
}

void VirtualTime::pass(int64_t now_ns) {
  now_ns_ = now_ns;
  if (timers_.due_ns() <= now_ns) timers_.pass(now_ns);
}
