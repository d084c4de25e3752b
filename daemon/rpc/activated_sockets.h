#pragma once

#include <vector>

#include "upyd/address.h"

namespace upyd {

/// The listening sockets that the service manager made before it started the daemon (upyd.socket; sd_listen_fds(3)).
///
/// They stay the service manager's: connections wait there while the daemon is away.
class ActivatedSockets {
 public:
  struct Socket {
    int descriptor;
    Address address;  ///< that it is bound to
  };

  /// Takes all that were passed to this process. Throws ListenError when one is no socket that listens for streams.
  ActivatedSockets();
  /// Closes those that nobody took.
  ~ActivatedSockets();
  ActivatedSockets(const ActivatedSockets&) = delete;
  ActivatedSockets& operator=(const ActivatedSockets&) = delete;

  /// Hands over those that are bound to an address; none: nobody made any.
  std::vector<int> take(const Address& address);
  /// Hands over those that nobody has asked for. Throws ListenError when one listens beyond this machine.
  std::vector<Socket> take_rest();
  bool empty() const { return sockets_.empty(); }

 private:
  std::vector<Socket> sockets_;
};

}  // namespace upyd
