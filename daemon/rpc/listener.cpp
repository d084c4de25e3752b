#include "rpc/listener.h"

#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "system/listen_error.h"
#include "system/owned_descriptor.h"
#include "system/socket_path.h"

namespace upyd {
namespace {

/// For owner and group.
constexpr mode_t kSocketMode = 0660;
constexpr int kSocketFlags = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;

std::string message(const Address& address, const std::string& why) {
  return "cannot listen on " + address.url() + ": " + why;
}

[[noreturn]] void fail(const Address& address) { throw ListenError(message(address, std::strerror(errno))); }

/// Sets the mode of a socket: of what is at the path, not of what a link leads to that somebody has put there since.
bool set_mode(const std::string& path) {
  const OwnedDescriptor socket(open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  return socket && chmod(("/proc/self/fd/" + std::to_string(socket.number())).c_str(), kSocketMode) == 0;
}

using HostAddresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

HostAddresses find(const Address& address) {
  const addrinfo hints{.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  addrinfo* found = nullptr;
  const int error = getaddrinfo(address.host().c_str(), std::to_string(address.port()).c_str(), &hints, &found);
  if (error != 0) throw ListenError(message(address, gai_strerror(error)));
  return {found, &freeaddrinfo};
}

/// -1, with errno, when that fails.
int listen_at(const addrinfo& place) {
  const int descriptor = socket(place.ai_family, kSocketFlags, 0);
  if (descriptor < 0) return -1;
  constexpr int kOn = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &kOn, sizeof kOn);  // connections of an earlier daemon may linger
  if (place.ai_family == AF_INET6) setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &kOn, sizeof kOn);
  if (bind(descriptor, place.ai_addr, place.ai_addrlen) == 0 && listen(descriptor, SOMAXCONN) == 0) return descriptor;
  const int error = errno;
  close(descriptor);
  errno = error;
  return -1;
}

}  // namespace

Listener::Listener(const Address& address) : address_(address) {
  try {
    if (address.is_unix()) {
      listen_on_path();
    } else {
      listen_on_host();
    }
  } catch (...) {
    close_all();
    throw;
  }
}

Listener::Listener(const Address& address, std::vector<int> activated)
    : address_(address), descriptors_(std::move(activated)) {}

Listener::~Listener() {
  if (lock_) unlink(address_.path().c_str());
  close_all();
}

/// Nobody can connect before `listen`, when the mode is right.
void Listener::listen_on_path() {
  const std::string& path = address_.path();
  make_socket_directory(path);
  try {
    lock_ = std::make_unique<LockFile>(path + ".lock");
  } catch (const LockError& error) {
    throw ListenError(message(address_, error.what()));
  }
  free_socket_path(path);
  sockaddr_un place{.sun_family = AF_UNIX};
  std::strncpy(place.sun_path, path.c_str(), sizeof(place.sun_path) - 1);
  const int descriptor = descriptors_.emplace_back(socket(AF_UNIX, kSocketFlags, 0));
  if (descriptor < 0 || bind(descriptor, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0 ||
      !set_mode(path) || listen(descriptor, SOMAXCONN) != 0) {
    fail(address_);
  }
}

void Listener::listen_on_host() {
  const auto places = find(address_);
  for (const addrinfo* place = places.get(); place; place = place->ai_next) {
    const int descriptor = listen_at(*place);
    if (descriptor >= 0) descriptors_.push_back(descriptor);
  }
  if (descriptors_.empty()) fail(address_);
}

void Listener::close_all() {
  for (const int descriptor : descriptors_) close(descriptor);
}

}  // namespace upyd
