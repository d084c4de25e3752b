#pragma once

#include <string>

namespace upy {

/// Eight bytes that stay the same on this machine and differ between machines: made from /etc/machine-id, which can't
/// be told from them, or from the host's name where there is no such file.
std::string machine_id();

}  // namespace upy
