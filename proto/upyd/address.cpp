#include "upyd/address.h"

#include <arpa/inet.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <utility>

namespace upyd {
namespace {

constexpr std::string_view kUnixScheme = "unix://";
constexpr std::string_view kTlsScheme = "tls://";
constexpr std::string_view kTcpScheme = "tcp://";
constexpr std::string_view kSocketName = "/upyd.sock";
constexpr std::string_view kSystemDirectory = "/run/upyd";
constexpr size_t kMaxSocketPath = sizeof(sockaddr_un::sun_path) - 1;

[[noreturn]] void refuse(std::string_view url, std::string_view why) {
  throw AddressError("'" + std::string(url) + "' is no address of upyd: " + std::string(why) +
                     "; write unix:///absolute/path or tls://HOST:PORT");
}

uint16_t parse_port(std::string_view url, std::string_view digits) {
  uint16_t port = 0;
  const char* end = digits.data() + digits.size();
  auto [stop, error] = std::from_chars(digits.data(), end, port);
  if (error != std::errc() || stop != end || port == 0) refuse(url, "the port must be a number from 1 to 65535");
  return port;
}

bool is_given(const char* variable) { return variable != nullptr && *variable != '\0'; }

bool is_uri_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

/// gRPC reads the path of a target as a URI's: everything unusual is percent-encoded.
std::string percent_encoded(std::string_view path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (char c : path) {
    if (is_uri_safe(c)) {
      out += c;
    } else {
      auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

bool is_ipv4_loopback(const std::string& host) {
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && ntohl(address.s_addr) >> 24 == IN_LOOPBACKNET;
}

}  // namespace

Address Address::parse(std::string_view url) {
  if (url.starts_with(kUnixScheme)) return of_socket(std::string(url.substr(kUnixScheme.size())));
  const bool is_tls = url.starts_with(kTlsScheme);
  if (!is_tls && !url.starts_with(kTcpScheme)) refuse(url, "it starts with none of unix://, tls:// and tcp://");
  std::string_view rest = url.substr(kTcpScheme.size());
  size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos || rest.ends_with(']')) refuse(url, "the port is missing");
  std::string_view host = rest.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    refuse(url, "an IPv6 host stands in brackets");
  }
  if (host.empty()) refuse(url, "the host is missing");
  if (host.find_first_of("/[]@ ") != std::string_view::npos) refuse(url, "the host has characters no host has");
  return Address(is_tls ? Transport::Tls : Transport::Tcp, std::string(host), parse_port(url, rest.substr(colon + 1)));
}

Address Address::of_socket(std::string path) {
  const std::string url = std::string(kUnixScheme) + path;
  if (!path.starts_with('/')) refuse(url, "the path must be absolute");
  if (path.ends_with('/')) refuse(url, "the path names a directory, not a socket");
  if (path.size() > kMaxSocketPath) {
    refuse(url, "the path has " + std::to_string(path.size()) + " bytes, and the system allows " +
                    std::to_string(kMaxSocketPath) + " for a socket");
  }
  return Address(Transport::Unix, std::move(path), 0);
}

Address::Surroundings Address::surroundings() {
  return {geteuid(), std::getenv("RUNTIME_DIRECTORY"), std::getenv("XDG_RUNTIME_DIR")};
}

Address Address::default_for_daemon(const Surroundings& process) {
  if (is_given(process.runtime_directory)) {
    const std::string directories = process.runtime_directory;  // separated by colons
    return in_directory(directories.substr(0, directories.find(':')));
  }
  if (process.user == 0) return of_system();
  if (is_given(process.xdg_runtime_dir)) return in_directory(process.xdg_runtime_dir);
  throw AddressError(
      "there is no default address: XDG_RUNTIME_DIR is not set; give one as unix:///absolute/path or tls://HOST:PORT");
}

Address Address::default_for_client(const Surroundings& process) {
  if (process.user == 0 || !is_given(process.xdg_runtime_dir)) return of_system();
  Address own = in_directory(process.xdg_runtime_dir);
  return access(own.path().c_str(), F_OK) == 0 ? own : of_system();
}

Address Address::in_directory(const std::string& directory) { return of_socket(directory + std::string(kSocketName)); }

Address Address::of_system() { return in_directory(std::string(kSystemDirectory)); }

bool Address::is_local() const {
  return is_unix() || place_ == "localhost" || place_ == "::1" || is_ipv4_loopback(place_);
}

std::string Address::host_and_port() const {
  bool is_ipv6 = place_.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + place_ + "]" : place_) + ":" + std::to_string(port_);
}

std::string Address::url() const {
  if (is_unix()) return std::string(kUnixScheme) + place_;
  return std::string(is_tls() ? kTlsScheme : kTcpScheme) + host_and_port();
}

std::string Address::grpc_target() const {
  return is_unix() ? "unix:" + percent_encoded(place_) : "dns:///" + host_and_port();
}

}  // namespace upyd
