#include "server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <map>

#include "socket_path.h"

namespace upyd {
namespace {

constexpr mode_t kSocketUmask = 0117;  // leaves 0660
/// What calls that are being answered get to be answered completely.
constexpr auto kLastWords = std::chrono::milliseconds(200);

/// Sets the process's umask as long as it lives.
class Umask {
 public:
  explicit Umask(mode_t mask) : before_(umask(mask)) {}
  ~Umask() { umask(before_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  const mode_t before_;
};

}  // namespace

Server::Server(const std::vector<Address>& addresses, const std::vector<grpc::Service*>& services,
               int max_request_bytes)
    : addresses_(addresses) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(max_request_bytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::vector<int> ports(addresses_.size());
  for (size_t i = 0; i < addresses_.size(); ++i) {
    if (addresses_[i].is_unix()) free_socket_path(addresses_[i].path());
    builder.AddListeningPort(addresses_[i].grpc_target(), grpc::InsecureServerCredentials(), &ports[i]);
  }
  const Umask mask(kSocketUmask);
  server_ = builder.BuildAndStart();
  for (size_t i = 0; i < addresses_.size(); ++i) {
    if (!server_ || ports[i] == 0) throw ListenError("cannot listen on " + addresses_[i].url());
  }
}

Server::~Server() {
  if (!server_) return;
  server_->Shutdown(std::chrono::system_clock::now() + kLastWords);
  for (const Address& address : addresses_) {
    if (address.is_unix()) unlink(address.path().c_str());
  }
}

void Server::set_not_serving() { server_->GetHealthCheckService()->SetServingStatus(false); }

}  // namespace upyd
