#pragma once

#include <map>
#include <string>

#include "upyclient/host.h"

namespace upyctl {

/// The hosts that the user has given names: $XDG_CONFIG_HOME/upyd/hosts.toml, or ~/.config/upyd/hosts.toml.
///
///     default = "garage"            # the host, if none is named
///     [hosts.garage]
///     url = "tls://garage.lan:7533"
///     ca = "lan.crt"                # files by absolute path, or from the directory of hosts.toml on
///     cert = "me.crt"
///     key = "me.key"
struct HostsFile {
  std::string path;
  std::map<std::string, upyclient::Host> hosts;
  std::string default_name;  ///< empty: the file does not say

  /// Throws std::runtime_error, with what there are, for a name that there is not.
  const upyclient::Host& find(const std::string& name) const;
};

/// Without a file there are none. Throws std::runtime_error where it says what it may not.
HostsFile read_hosts_file();

}  // namespace upyctl
