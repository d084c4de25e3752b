#pragma once

#include <string>

#include "upyd/v1/instance.pb.h"

namespace upyctl {

/// up, waiting, stopped or failed.
const char* state_text(upyd::v1::InstanceState state);
/// The same of an instance, of which one that is up is running or idle.
const char* state_text(const upyd::v1::Instance& instance);

}  // namespace upyctl
