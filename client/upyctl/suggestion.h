#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace upyctl {

/// "; did you mean 'X'?", X being the known word that comes closest to what was typed; empty if none is close.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known);

}  // namespace upyctl
