#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <utility>

#include "upyclient/error.h"
#include "upyd/address.h"

namespace upyclient {

/// The responses of a call that streams them. Destroying it before its end cancels the call.
///
/// One thread reads; `cancel` may be called from any thread meanwhile. `Call` is gRPC's side of it.
template <typename Response, typename Call = grpc::ClientReader<Response>>
class Stream {
 public:
  /// Takes a call that was begun with `context`.
  Stream(upyd::Address address, std::unique_ptr<grpc::ClientContext> context, std::unique_ptr<Call> call)
      : address_(std::move(address)), context_(std::move(context)), call_(std::move(call)) {}

  ~Stream() {
    if (is_over_ || !call_) return;
    context_->TryCancel();
    call_->Finish();
  }

  Stream(Stream&&) = default;
  Stream& operator=(Stream&&) = delete;

  /// Waits for the next response. False: that was the last, and the call succeeded. Throws Error if the call failed,
  /// with code CANCELLED after `cancel`. False again after either.
  bool read(Response& response) {
    if (is_over_) return false;
    if (call_->Read(&response)) return true;
    is_over_ = true;
    grpc::Status status = call_->Finish();
    if (!status.ok()) throw error_of(status, address_);
    return false;
  }

  /// Ends the call; the daemon takes it as the client going away.
  void cancel() { context_->TryCancel(); }

 protected:
  Call& call() { return *call_; }

 private:
  upyd::Address address_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Call> call_;  // null when it was moved from
  bool is_over_ = false;
};

}  // namespace upyclient
