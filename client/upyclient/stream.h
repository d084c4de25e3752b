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
/// One thread reads; `cancel` may be called from any thread meanwhile.
template <typename Response>
class Stream {
 public:
  using Reader = std::unique_ptr<grpc::ClientReader<Response>>;

  /// Takes a call that was begun with `context`.
  Stream(upyd::Address address, std::unique_ptr<grpc::ClientContext> context, Reader reader)
      : address_(std::move(address)), context_(std::move(context)), reader_(std::move(reader)) {}

  ~Stream() {
    if (!reader_) return;
    context_->TryCancel();
    reader_->Finish();
  }

  Stream(Stream&&) = default;
  Stream& operator=(Stream&&) = delete;

  /// Waits for the next response. False: that was the last, and the call succeeded. Throws Error if the call failed,
  /// with code CANCELLED after `cancel`. Not to be called again after false or an error.
  bool read(Response& response) {
    if (reader_->Read(&response)) return true;
    grpc::Status status = std::exchange(reader_, nullptr)->Finish();
    if (!status.ok()) throw error_of(status, address_);
    return false;
  }

  /// Ends the call; the daemon takes it as the client going away.
  void cancel() { context_->TryCancel(); }

 private:
  upyd::Address address_;
  std::unique_ptr<grpc::ClientContext> context_;
  Reader reader_;  // null once the call has ended
};

}  // namespace upyclient
