#pragma once

#include <memory>
#include <utility>

#include "access/access.h"

namespace upyd {

/// A call that goes on for long, and ends when whoever makes it may not do that any more: the rules have changed, or
/// the instance is somebody else's.
class LastingCall : public OpenCalls::Call {
 protected:
  explicit LastingCall(std::shared_ptr<const Access> access) : access_(std::move(access)) {}

  /// From now on it looks; `self` is the call. To be called once, before it begins what it is for: PERMISSION_DENIED if
  /// that may not be done.
  grpc::Status may_last(const google::protobuf::Message& request, std::weak_ptr<OpenCalls::Call> self) {
    wanted_ = wanted_by(request);
    place_ = access_->open(std::move(self));
    return access_->check(wanted_);
  }
  /// Ends the call by an error. On the reactor.
  virtual void revoke(const grpc::Status& status) = 0;

  const std::shared_ptr<const Access> access_;

 private:
  void check_again() final {
    if (const auto status = access_->check(wanted_); !status.ok()) revoke(status);
  }

  Wanted wanted_;
  std::unique_ptr<OpenCalls::Place> place_;
};

}  // namespace upyd
