#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "upyd/address.h"

namespace upyd {

/// An address that can't be listened on; what() says why.
class ListenError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The gRPC server: the given services on the given addresses, with health checking and reflection.
class Server {
 public:
  /// Throws ListenError. The services must outlive the server. To be made before other threads create files: sockets
  /// get their mode (0660) through the process's umask.
  Server(const std::vector<Address>& addresses, const std::vector<grpc::Service*>& services, int max_request_bytes);
  /// Cancels the calls still going on, and removes the sockets.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Tells health checks that upyd is not serving any more.
  void set_not_serving();

 private:
  const std::vector<Address> addresses_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace upyd
