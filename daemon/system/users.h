#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace upyd {

/// The id of a user or group by its name, or by its number in digits. Nothing: the system knows none of that name. They
/// may wait for a directory service.
std::optional<uid_t> find_user(const std::string& name);
std::optional<gid_t> find_group(const std::string& name);

}  // namespace upyd
