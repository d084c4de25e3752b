#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>

namespace test_support {

/// A port of loopback at which nobody listens, and which the system gives nobody soon.
inline uint16_t free_port() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof place;
  bind(descriptor, reinterpret_cast<sockaddr*>(&place), size);
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&place), &size);
  close(descriptor);
  return ntohs(place.sin_port);
}

}  // namespace test_support
