#pragma once

#include <optional>
#include <string>
#include <vector>

#include "upyd/settings/config_section.h"
#include "upyd/v1/instance.pb.h"

namespace upyd {

/// A directory of the host that instances see.
struct HostMount {
  std::string name;                                ///< where it is mounted, in the root of all
  std::string directory;                           ///< of the host, absolute
  v1::MountAccess access = v1::MOUNT_ACCESS_READ;  ///< the most that is possible there
};

/// The tables [[files.mount]] of the section [files]. Throws ConfigError.
std::vector<HostMount> parse_mounts(ConfigSection& files);

/// The same from the command line: "/NAME=DIRECTORY", to be read only. Throws ConfigError.
HostMount parse_mount(const std::string& text);

/// The most that instances may do in any of the directories.
v1::MountAccess most_access(const std::vector<HostMount>& mounts);

}  // namespace upyd
