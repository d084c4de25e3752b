#pragma once

#include "upyctl/terminal.h"
#include "upyd/v1/script.pb.h"

namespace upyctl {

/// What killed a run, as the end of "killed: ".
const char* limit_text(upyd::v1::Killed::Limit limit);

/// Writes output of a script to the stream it is of.
void show(const Terminal& terminal, const upyd::v1::Output& output);
/// Tells that output was lost.
void show(const Terminal& terminal, const upyd::v1::Dropped& dropped);

}  // namespace upyctl
