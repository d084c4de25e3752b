#pragma once

#include <sys/types.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace upyd {

/// A text that is no address; what() says what is wrong with it and how an address looks.
class AddressError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// Where upyd listens. The daemon and its clients share this class, so that both understand the same URLs and
/// have the same default:
///
///   unix:///run/upyd/upyd.sock    a Unix socket, by absolute path of at most 107 bytes
///   tls://board.lan:7533          TLS; the port is part of the address. IPv6 hosts stand in brackets: tls://[::1]:7533
///   tcp://127.0.0.1:7533          TCP without protection, for this machine
class Address {
 public:
  /// Reads a URL of the forms above. Throws AddressError.
  static Address parse(std::string_view url);

  /// What a process knows of where sockets belong.
  struct Surroundings {
    uid_t user;                     ///< the effective one
    const char* runtime_directory;  ///< $RUNTIME_DIRECTORY, that systemd gives a service; null or empty: none
    const char* xdg_runtime_dir;    ///< $XDG_RUNTIME_DIR, that of the user; null or empty: none
  };
  static Surroundings surroundings();

  /// Where a daemon listens if it is not told: `runtime_directory`/upyd.sock as a service, /run/upyd/upyd.sock for
  /// root, `xdg_runtime_dir`/upyd.sock for everybody else. Throws AddressError when there is no such directory to name.
  static Address default_for_daemon(const Surroundings& process = surroundings());
  /// Where a client looks for it: the user's own daemon if its socket is there, else the system's.
  static Address default_for_client(const Surroundings& process = surroundings());

  /// The address of the daemon that root runs.
  static Address of_system();

  bool is_unix() const { return transport_ == Transport::Unix; }
  bool is_tls() const { return transport_ == Transport::Tls; }
  /// Whether it is reached on this machine alone: a Unix socket, 127.0.0.0/8, ::1 or localhost.
  bool is_local() const;

  /// Unix: the socket's path.
  const std::string& path() const { return place_; }
  /// TLS and TCP: the host without brackets, and the port.
  const std::string& host() const { return place_; }
  uint16_t port() const { return port_; }

  /// The URL again.
  std::string url() const;
  /// What grpc::CreateChannel calls it.
  std::string grpc_target() const;

  friend bool operator==(const Address&, const Address&) = default;

 private:
  enum class Transport : uint8_t { Unix, Tcp, Tls };

  Address(Transport transport, std::string place, uint16_t port)
      : transport_(transport), place_(std::move(place)), port_(port) {}
  static Address of_socket(std::string path);
  static Address in_directory(const std::string& directory);
  std::string host_and_port() const;

  Transport transport_;
  std::string place_;  // the path or the host
  uint16_t port_;      // 0 for a Unix socket
};

}  // namespace upyd
