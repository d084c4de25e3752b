#pragma once

#include <sys/types.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace upyd {

/// Who is at the other end of a connection, as the transport proves it; what a request says does not count.
struct Identity {
  enum class Kind : uint8_t {
    Nobody,      ///< somebody without any role
    User,        ///< a process of this machine, at a Unix socket
    Tcp,         ///< somebody at a TCP socket without TLS: nothing proves who
    Certificate  ///< somebody who has the key of a certificate, by TLS
  };
  Kind kind = Kind::Nobody;
  uid_t uid = 0;                   ///< of a user
  std::vector<gid_t> groups;       ///< of a user, sorted: all that the process had when it connected
  std::string subject;             ///< of a certificate: what owners call it (access/certificate_name.h)
  std::vector<std::string> names;  ///< of a certificate, sorted: what rules may call it

  /// What owners and logs call it: "uid:1000", "certificate:alice", "tcp", "nobody". It does not depend on the groups.
  std::string name() const;
  auto operator<=>(const Identity&) const = default;
};

/// Identity::name of what people write: "uid:1000", "user:NAME", "tcp", or a certificate's name. Nothing if it is
/// nobody's; then the second says so.
std::optional<std::string> principal_name(const std::string& text);
std::string no_principal(const std::string& text);

/// The identity of whoever connected to a socket that was accepted, as it was at that moment. Nothing if the kernel
/// does not tell, with errno.
std::optional<Identity> identify(int connection);

}  // namespace upyd
