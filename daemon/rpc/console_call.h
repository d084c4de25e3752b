#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <mutex>

#include "access/access.h"
#include "instances/instance_registry.h"
#include "rpc/lasting_call.h"
#include "upyd/v1/script.pb.h"

namespace upyd {

/// A call of ScriptService.Console: a client at the console of an instance, which may be made for the call.
///
/// gRPC's threads tell of what the client sends, of messages written and of a client that is gone; the instance's
/// thread of output, of room for input, and of its end. The call owns itself until gRPC is done with it.
class ConsoleCall final : public grpc::ServerBidiReactor<v1::ConsoleRequest, v1::ConsoleResponse>,
                          public LastingCall,
                          public std::enable_shared_from_this<ConsoleCall> {
 public:
  /// Waits for the first request; the answer belongs to gRPC.
  static ConsoleCall* start(std::shared_ptr<const Access> access, InstanceRegistry& registry);

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  enum class Step { Nothing, Write, Finish };

  ConsoleCall(std::shared_ptr<const Access> access, InstanceRegistry& registry)
      : LastingCall(std::move(access)), registry_(registry) {}
  void revoke(const grpc::Status& status) override { end(status); }
  grpc::Status open();
  grpc::Status find_instance(InstanceRegistry::Host& host);
  grpc::Status find_standing(InstanceRegistry::Host& host);
  grpc::Status take_input();
  void read_on();
  void console_ended();
  void end(const grpc::Status& status);
  void finish(const grpc::Status& status, const InstanceRegistry::Host& owned);
  void pump();
  Step next_step();

  InstanceRegistry& registry_;
  std::shared_ptr<ConsoleCall> self_;  // until OnDone
  v1::ConsoleRequest request_;         // being read

  std::mutex mutex_;              // guards what follows
  InstanceRegistry::Host host_;   // null before the first request, and after the end
  InstanceRegistry::Host owned_;  // made for the call
  std::shared_ptr<ConsoleLink> link_;
  v1::ConsoleResponse message_;  // being written
  bool opened_told_ = false;
  bool writing_ = false;
  bool console_ended_ = false;  // by itself
  bool finished_ = false;       // the end of the call is on its way
};

}  // namespace upyd
