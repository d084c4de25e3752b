#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>
#include <new>
#include <string>

#include "rpc/answer.h"
#include "rpc/file_status.h"
#include "rpc/file_work.h"

namespace upyd {

/// A call that answers in pieces, each made where files are worked on while nothing is being sent. The call owns itself
/// until gRPC is done with it.
template <typename Response>
class PiecewiseCall : public grpc::ServerWriteReactor<Response>, private FilePlaces::Call {
 public:
  void OnWriteDone(bool ok) override {
    if (!place_->resume()) return end_without_place();
    if (!ok) return this->Finish(grpc::Status::CANCELLED);
    if (is_complete_) return this->Finish(grpc::Status::OK);
    go_on();
  }
  void OnDone() override { delete this; }

 protected:
  PiecewiseCall(grpc::CallbackServerContext& context, const FileWork& work, std::string path)
      : context_(context), work_(work), path_(std::move(path)) {}

  /// To be called once, by who made the call.
  void begin(const google::protobuf::Message& request) {
    const auto status = guarded([&] {
      wanted_ = wanted_by(request);
      auto checked = check_path(path_);
      return checked.ok() ? work_.begin(request, files_, place_, this) : checked;
    });
    if (!status.ok()) return this->Finish(status);
    go_on();
  }

  /// Makes the next piece; `is_last` if there is no other.
  virtual upy::PortError make_piece(Response& piece, bool& is_last) = 0;
  /// There will be no other: what is open is closed.
  virtual void drop() = 0;

  FileView& files() { return *files_; }
  const std::string& path() const { return path_; }

 private:
  void go_on() {
    const auto status = guarded([&] {
      work_.post([this] { work(); });
      return grpc::Status::OK;
    });
    if (!status.ok()) this->Finish(status);
  }

  void work() {
    const auto status = guarded([&] {
      piece_.Clear();
      if (auto allowed = work_.check(wanted_); !allowed.ok()) return allowed;
      return file_status(make_piece(piece_, is_complete_), path_);
    });
    if (!status.ok()) return this->Finish(status);
    place_->wait();
    this->StartWrite(&piece_);
  }

  /// What is being written may never come to its end, unless the call is cancelled.
  void lose_place() override {
    drop();
    context_.TryCancel();
    end_without_place();
  }
  /// Is called twice: then the piece is written, and the place lost with all that goes with it.
  void end_without_place() {
    if (is_half_ended_.exchange(true)) this->Finish(lost_place());
  }

  grpc::CallbackServerContext& context_;
  const FileWork& work_;
  const std::string path_;
  Wanted wanted_;
  std::shared_ptr<FileView> files_;
  std::unique_ptr<FileWork::Place> place_;
  Response piece_;  // being sent
  bool is_complete_ = false;
  std::atomic<bool> is_half_ended_ = false;
};

}  // namespace upyd
