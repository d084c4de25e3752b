#include "rpc/activated_sockets.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "system/listen_error.h"

namespace upyd {
namespace {

constexpr int kOnce = 1;  // children of this process are not to take them too

[[noreturn]] void fail(const std::string& why) {
  throw ListenError("cannot serve the sockets of the service manager (see systemd's unit upyd.socket): " + why);
}

std::string url_of(int descriptor) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size) != 0) fail("one has no address");
  char host[INET6_ADDRSTRLEN] = "";
  if (storage.ss_family == AF_UNIX) {
    const auto& place = reinterpret_cast<const sockaddr_un&>(storage);
    if (size <= offsetof(sockaddr_un, sun_path) || place.sun_path[0] == '\0') fail("one has no path");
    return std::string("unix://") + place.sun_path;
  }
  if (storage.ss_family == AF_INET) {
    const auto& place = reinterpret_cast<const sockaddr_in&>(storage);
    inet_ntop(AF_INET, &place.sin_addr, host, sizeof host);
    return std::string("tcp://") + host + ":" + std::to_string(ntohs(place.sin_port));
  }
  if (storage.ss_family != AF_INET6) fail("one is neither a Unix nor an Internet socket");
  const auto& place = reinterpret_cast<const sockaddr_in6&>(storage);
  inet_ntop(AF_INET6, &place.sin6_addr, host, sizeof host);
  return std::string("tcp://[") + host + "]:" + std::to_string(ntohs(place.sin6_port));
}

Address address_of(int descriptor) {
  const std::string url = url_of(descriptor);
  try {
    return Address::parse(url);
  } catch (const AddressError& error) {
    fail(error.what());
  }
}

/// A host may be meant by its name. Whether TLS is spoken there is not the socket's to tell.
bool is_at(const Address& bound, const Address& address) {
  if (bound.is_unix() || address.is_unix()) return bound == address;
  return bound.port() == address.port() && (address.host() == bound.host() || address.host() == "localhost");
}

}  // namespace

ActivatedSockets::ActivatedSockets() {
  const int count = sd_listen_fds(kOnce);
  for (int i = 0; i < count; ++i) {
    const int descriptor = SD_LISTEN_FDS_START + i;
    constexpr int kListening = 1;
    if (sd_is_socket(descriptor, AF_UNSPEC, SOCK_STREAM, kListening) <= 0) {
      fail("one does not listen for streams; it needs ListenStream= and Accept=no");
    }
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    sockets_.push_back({descriptor, address_of(descriptor)});
  }
}

ActivatedSockets::~ActivatedSockets() {
  for (const Socket& socket : sockets_) close(socket.descriptor);
}

std::vector<int> ActivatedSockets::take(const Address& address) {
  std::vector<int> taken;
  const auto rest = std::stable_partition(sockets_.begin(), sockets_.end(),
                                          [&](const Socket& socket) { return !is_at(socket.address, address); });
  for (auto each = rest; each != sockets_.end(); ++each) taken.push_back(each->descriptor);
  sockets_.erase(rest, sockets_.end());
  return taken;
}

std::vector<ActivatedSockets::Socket> ActivatedSockets::take_rest() {
  for (const auto& [descriptor, address] : sockets_) {
    if (!address.is_local()) {
      fail(address.url() +
           " reaches beyond this machine, where clients come by TLS alone: have `listen` in upyd's config "
           "name it as tls://HOST:PORT");
    }
  }
  return std::exchange(sockets_, {});
}

}  // namespace upyd
