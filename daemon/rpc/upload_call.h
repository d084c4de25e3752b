#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "rpc/file_work.h"
#include "system/no_memory.h"

namespace upyd {

/// A call in which a client sends files. What it sends is taken where files are worked on, while the next request comes
/// in; a client that is faster than the disk waits. One that sends nothing for long may lose its place. The call owns
/// itself until gRPC is done with it.
template <typename Request>
class UploadCall : public grpc::ServerReadReactor<Request>, private FilePlaces::Call {
 public:
  void OnReadDone(bool ok) override {
    std::unique_lock lock(mutex_);
    if (is_over_ || (!is_taking_ && place_ && !place_->resume())) return;
    has_come_ = true;
    is_at_end_ = !ok;
    if (!is_taking_) go_on(lock, grpc::Status::OK);
  }
  void OnDone() override { delete this; }

 protected:
  explicit UploadCall(const FileWork& work) : work_(work) {}
  /// Waits for the first request.
  void begin() { this->StartRead(&coming_); }
  /// As FileWork::begin; to be called once, by `take`.
  grpc::Status begin_work(const Request& request, std::shared_ptr<FileView>& files) {
    wanted_ = wanted_by(request);
    return work_.begin(request, files, place_, this);
  }
  /// Ends the call after `take_end` left that for later. Any thread; the call may be gone when it returns.
  void end(const grpc::Status& status) { this->Finish(status); }

  /// A request, where files are worked on. The first that is not OK ends the call.
  virtual grpc::Status take(const Request& request) = 0;
  /// Whether the call ends well with a request that is taken.
  virtual bool is_last(const Request& request) const = 0;
  /// The client has closed its side: how the call ends. Nothing: `end` will be called.
  virtual std::optional<grpc::Status> take_end() = 0;
  /// What was begun is left, as the call ends.
  virtual void drop() = 0;

  /// What the first request wants; of who takes.
  const Wanted& wanted() const { return wanted_; }

  const FileWork& work_;

 private:
  /// Ends the call, or has the request that has come taken. gRPC may be done with the call, and delete it, as soon as
  /// it is finished: so that is done without the lock.
  void go_on(std::unique_lock<std::mutex>& lock, grpc::Status status) {
    const bool is_done = is_done_;  // from `take_next` on that is of who takes
    if (status.ok() && !is_done && has_come_) status = take_next();
    is_over_ = !status.ok() || is_done;
    if (!is_over_ && !is_taking_ && place_) place_->wait();
    if (!is_over_) return;
    lock.unlock();
    this->Finish(status);
  }

  /// Has the request that has come taken, and reads the next; under the lock.
  grpc::Status take_next() {
    has_come_ = false;
    is_taking_ = true;
    is_taken_end_ = is_at_end_;
    std::swap(coming_, taken_);
    const auto status = guarded([&] {
      work_.post([this] { take_request(); });
      return grpc::Status::OK;
    });
    if (status.ok() && !is_at_end_ && !is_last(taken_)) this->StartRead(&coming_);
    return status;
  }

  void take_request() {
    { const std::lock_guard handed_over(mutex_); }  // `take_end` may end the call while `take_next` is still at it
    std::optional<grpc::Status> status;
    const auto taken = guarded([&] {
      if (place_) status = work_.check(wanted_);
      if (!status || status->ok()) status = is_taken_end_ ? take_end() : take(taken_);
      return status.value_or(grpc::Status::OK);
    });
    if (!status && taken.ok()) return;  // it may be gone already
    is_done_ = is_taken_end_ || is_last(taken_);
    if (!taken.ok() || is_done_) drop();
    std::unique_lock lock(mutex_);
    is_taking_ = false;
    go_on(lock, taken);
  }

  void lose_place() override {
    drop();
    {
      std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    this->Finish(lost_place());
  }

  Request coming_;          // being read, or come
  std::mutex mutex_;        // guards what follows
  bool has_come_ = false;   // and waits to be taken
  bool is_at_end_ = false;  // no further request comes
  bool is_taking_ = false;
  bool is_over_ = false;  // the end of the call is on its way

  // Of who takes.
  Wanted wanted_;
  Request taken_;
  bool is_taken_end_ = false;  // in place of a request
  bool is_done_ = false;
  std::unique_ptr<FileWork::Place> place_;  // from the first request on
};

}  // namespace upyd
