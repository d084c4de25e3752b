#pragma once

#include <memory>

#include "upyclient/host.h"

// gRPC's headers cost whoever includes them more than 100 MB of memory to compile; only the sources of this library do.
namespace grpc {
class ClientContext;
template <typename Response>
class ClientReader;
template <typename Request, typename Response>
class ClientReaderWriter;
}  // namespace grpc

namespace upyclient {

/// The responses of a call that streams them. Destroying it before its end cancels the call.
///
/// One thread reads; `cancel` may be called from any thread meanwhile. `Call` is gRPC's side of it. stream.cpp lists
/// the streams that there are.
template <typename Response, typename Call = grpc::ClientReader<Response>>
class Stream {
 public:
  /// Takes a call that was begun with `context`.
  Stream(Host host, std::unique_ptr<grpc::ClientContext> context, std::unique_ptr<Call> call);
  ~Stream();
  Stream(Stream&&) noexcept;
  Stream& operator=(Stream&&) = delete;

  /// Waits for the next response. False: that was the last, and the call succeeded. Throws Error if the call failed,
  /// with code CANCELLED after `cancel`. False again after either.
  bool read(Response& response);

  /// Ends the call; the daemon takes it as the client going away.
  void cancel();

 protected:
  Call& call() { return *call_; }

 private:
  Host host_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Call> call_;  // null when it was moved from
  bool is_over_ = false;
};

}  // namespace upyclient
