#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "reactor/reactor.h"
#include "rpc/lasting_call.h"
#include "rpc/stream_count.h"

namespace upyd {

/// A call that streams to its client what happens elsewhere, until the client ends it. It collects while a message is
/// being written, then writes all there is. The first message, empty if there is nothing to say, tells that watching
/// has begun.
///
/// Things happen on whatever thread and under whatever locks, where nothing of gRPC may be called: the reactor sends
/// them. The call owns itself until gRPC is done with it.
template <typename Response>
class GatheringCall : public grpc::ServerWriteReactor<Response>,
                      public LastingCall,
                      public std::enable_shared_from_this<GatheringCall<Response>> {
 public:
  void OnWriteDone(bool ok) override {
    {
      std::lock_guard lock(mutex_);
      writing_ = false;
    }
    ok ? pump() : OnCancel();
  }
  void OnCancel() override { end(grpc::Status::CANCELLED); }
  void OnDone() override {
    end_watch();
    if (has_place_) streams_.give_back();
    self_.reset();
  }

 protected:
  /// `streams` counts the calls of a kind, and must outlive them.
  GatheringCall(std::shared_ptr<const Access> access, Reactor& reactor, StreamCount& streams)
      : LastingCall(std::move(access)), reactor_(reactor), streams_(streams) {}

  /// To be called before it begins to watch: RESOURCE_EXHAUSTED when there are as many calls as may be, or
  /// PERMISSION_DENIED.
  grpc::Status take_place(const google::protobuf::Message& request) {
    has_place_ = streams_.take_place();
    if (!has_place_) return StreamCount::refusal();
    return this->may_last(request, this->weak_from_this());
  }

  /// To be called once, by who made the call, after it has begun to watch or was refused.
  void open(const grpc::Status& status, Response first = {}) {
    self_ = this->shared_from_this();
    if (status.ok()) {
      message_ = std::move(first);
      this->StartWrite(&message_);
    } else {
      this->Finish(status);
    }
  }
  /// Adds something to what waits, by calling `add` under the call's own lock. Any thread.
  template <typename Add>
  void gather(Add add) try {
    std::lock_guard lock(mutex_);
    add();
    if (something_waits_ || writing_) {
      something_waits_ = true;
      return;
    }
    reactor_.post([self = this->shared_from_this()] { self->pump(); });
    something_waits_ = true;
  } catch (const std::bad_alloc&) {
    std::lock_guard lock(mutex_);
    lose();
  }

  /// Something could not be added, as there is no memory; called under the call's own lock.
  virtual void lose() = 0;
  /// Takes all that waits; called under the call's own lock.
  virtual Response take() = 0;
  /// When this returns `gather` is not called any more.
  virtual void end_watch() = 0;

 private:
  void revoke(const grpc::Status& status) override { end(status); }
  void end(const grpc::Status& status) {
    {
      std::lock_guard lock(mutex_);
      if (!end_) end_ = status;
    }
    pump();
  }

  void pump() {
    std::unique_lock lock(mutex_);
    if (writing_ || finished_) return;
    if (end_) {
      finished_ = true;
      const grpc::Status status = *end_;
      lock.unlock();
      this->Finish(status);
    } else if (std::exchange(something_waits_, false)) {
      message_ = take();
      writing_ = true;
      lock.unlock();
      this->StartWrite(&message_);
    }
  }

  Reactor& reactor_;
  StreamCount& streams_;
  bool has_place_ = false;
  std::shared_ptr<GatheringCall> self_;  // until OnDone
  std::mutex mutex_;                     // guards what follows
  Response message_;                     // being written
  bool something_waits_ = false;
  bool writing_ = true;              // at first the first message; for good if the call was refused
  std::optional<grpc::Status> end_;  // the client is gone, or may not have more
  bool finished_ = false;
};

}  // namespace upyd
