#pragma once

#include "access/access.h"
#include "upyd/v1/gpio.pb.h"

namespace upyd {

/// Leaves out the names of instances that somebody may not know of, and says that there are some.
void hide_holders(const Access& access, v1::Line& line);

}  // namespace upyd
