#pragma once

#include <functional>

#include "upyctl/session.h"

namespace upyctl {

/// Follows what upyd tells until that is over, also where upyd is restarted meanwhile: the user is told that it is
/// gone, and that it is back, and it is followed anew.
///
/// `follow` returns when all was told. It calls `answered` once upyd has answered; where it fails before the first
/// time, this throws what it throws.
void follow_across_restarts(Session& session, const std::function<void(const std::function<void()>& answered)>& follow);

}  // namespace upyctl
