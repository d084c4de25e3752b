#pragma once

#include <functional>

#include "posix/poll_set.h"

namespace upyd {

/// Calls `changed` on the poller's thread, as long as that runs, when GPIO devices come to /dev, leave it, or change
/// their permissions. Where the system can't tell, it is silent.
void watch_devices(upy::PollSet& set, std::function<void()> changed);

}  // namespace upyd
