#include "access/identity.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "access/certificate_name.h"
#include "system/users.h"

namespace upyd {
namespace {

/// SO_PEERGROUPS: those besides the effective one. False when the kernel does not tell.
bool read_groups(int connection, std::vector<gid_t>& groups) {
  for (groups.resize(32);;) {
    auto bytes = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    const bool done = getsockopt(connection, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &bytes) == 0;
    if (!done && errno != ERANGE) return false;
    groups.resize(bytes / sizeof(gid_t));  // there are as many, whether they fitted or not
    if (done) return true;
  }
}

}  // namespace

std::string Identity::name() const {
  if (kind == Kind::User) return "uid:" + std::to_string(uid);
  if (kind == Kind::Certificate) return subject;
  return kind == Kind::Tcp ? "tcp" : "nobody";
}

std::optional<std::string> principal_name(const std::string& text) {
  if (text == Identity{Identity::Kind::Tcp}.name()) return text;
  for (const char* const prefix : {"uid:", "user:"}) {
    if (!text.starts_with(prefix)) continue;
    if (const auto uid = find_user(text.substr(std::strlen(prefix))))
      return Identity{Identity::Kind::User, *uid}.name();
  }
  return canonical_certificate_name(text);
}

std::string no_principal(const std::string& text) {
  return "owner: there is no user '" + text + "'; write \"user:NAME\", \"uid:NUMBER\" or \"certificate:COMMON NAME\"";
}

std::optional<Identity> identify(int connection) {
  int family = AF_UNSPEC;
  socklen_t size = sizeof family;
  if (getsockopt(connection, SOL_SOCKET, SO_DOMAIN, &family, &size) != 0) return std::nullopt;
  if (family != AF_UNIX) return Identity{Identity::Kind::Tcp};
  ucred peer{};
  size = sizeof peer;
  if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  Identity identity{.kind = Identity::Kind::User, .uid = peer.uid};
  if (!read_groups(connection, identity.groups)) return std::nullopt;
  identity.groups.push_back(peer.gid);
  std::sort(identity.groups.begin(), identity.groups.end());
  identity.groups.erase(std::unique(identity.groups.begin(), identity.groups.end()), identity.groups.end());
  return identity;
}

}  // namespace upyd
