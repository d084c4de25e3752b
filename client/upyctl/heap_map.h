#pragma once

#include <string>

namespace upyctl {

/// The text of a MemInfo with its map of the heap in the colors of a terminal: each allocation in that of its kind, and
/// behind the map what the colors mean. Text without a map stays as it is.
std::string color_map(const std::string& text);

}  // namespace upyctl
