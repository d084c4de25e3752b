#pragma once

#include <memory>
#include <span>
#include <vector>

#include "system/lock_file.h"
#include "upyd/address.h"

namespace upyd {

/// The sockets that listen on an address: one on a Unix socket's path, on a host as many as its name has addresses.
///
/// Beside the path of a Unix socket lies a lock, PATH.lock, that is held as long as anybody listens there. Who has it
/// may remove a socket that was left behind, and nobody else touches it.
class Listener {
 public:
  /// Listens when it returns. Throws ListenError.
  explicit Listener(const Address& address);
  /// Owns sockets that listen there already, made by the service manager, which keeps the path.
  Listener(const Address& address, std::vector<int> activated);
  /// Removes the socket's path, if it has made it.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  const Address& address() const { return address_; }
  /// Non-blocking; they belong to the listener.
  std::span<const int> descriptors() const { return descriptors_; }

 private:
  void listen_on_path();
  void listen_on_host();
  void close_all();

  const Address address_;
  std::unique_ptr<LockFile> lock_;  // of a path that this has made
  std::vector<int> descriptors_;
};

}  // namespace upyd
