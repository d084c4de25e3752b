#pragma once

#include <memory>
#include <vector>

namespace grpc {
class Server;
class Service;
namespace experimental {
class ExternalConnectionAcceptor;
}
}  // namespace grpc

namespace upyd {

/// The gRPC server: the given services, with health checking and reflection, for the connections it is given.
class Server {
 public:
  Server(std::vector<std::shared_ptr<grpc::Service>> services, int max_request_bytes);
  /// Cancels the calls still going on. No connection may be given any more.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Serves a client at a connected, non-blocking socket, and owns it. Any thread.
  void serve(int connection);

  /// Tells health checks that upyd is not serving any more.
  void set_not_serving();

 private:
  const std::vector<std::shared_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace upyd
