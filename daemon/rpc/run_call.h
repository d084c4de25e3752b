#pragma once

#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

#include "access/access.h"
#include "instances/instance_registry.h"
#include "rpc/lasting_call.h"
#include "upyd/v1/script.pb.h"

namespace upyd {

/// A call of ScriptService.Run or RunWithInput: carries what a run writes to its client, and at last its outcome.
///
/// The instance's thread tells of output and of the end, gRPC's threads of messages written and of a client that is
/// gone; whoever finds that there is something to send, and nothing being sent, sends all there is in one message.
/// Messages are dear beside a short script, so the first waits a little: until the script has ended or wants input, or
/// an alarm rings. The call owns itself until gRPC is done with it; the run shares it until its end.
///
/// What gRPC calls, and is called, stands in RunReactor.
class RunCall : public LastingCall, public std::enable_shared_from_this<RunCall> {
 public:
  /// What calls need of the daemon; it must outlive them.
  struct Parts {
    std::shared_ptr<const Access> access;
    InstanceRegistry& registry;
    Alarms& alarms;
    const std::atomic<int64_t>& grace_ns;  ///< from SystemExit to the kill when the client is gone; it may change
  };

 protected:
  explicit RunCall(const Parts& parts) : LastingCall(parts.access), parts_(parts) {}
  virtual ~RunCall() = default;

  /// The call owns itself from here to `done`.
  void hold() { self_ = shared_from_this(); }
  /// Starts the run; `input` is its own, or null. An error ends the call.
  void begin(const v1::RunRequest& request, std::shared_ptr<InputBuffer> input);
  /// Ends the call by an error; a run that goes on is abandoned.
  void refuse(const grpc::Status& status);
  /// The run's script looks for input and there is none. The instance's thread.
  void input_wanted();
  /// There is more input, or its end.
  void input_came();
  /// Calls `action` unless the end of the call is on its way, or may be so before it returns.
  template <typename Action>
  void unless_finished(Action action) {
    std::lock_guard lock(mutex_);
    if (!finished_) action();
  }

  // What gRPC tells.
  void written(bool ok);
  void cancelled();
  void done() { self_.reset(); }

  // What gRPC does.
  virtual void write(const v1::RunResponse& message) = 0;
  virtual void write_last(const v1::RunResponse& message) = 0;
  virtual void finish(const grpc::Status& status) = 0;

  const Parts parts_;

 private:
  enum class Step { Nothing, Write, WriteLast, Finish, GiveUp };

  void revoke(const grpc::Status& status) override { refuse(status); }
  grpc::Status start(const v1::RunRequest& request, std::shared_ptr<InputBuffer> input);
  grpc::Status run_alone(const v1::RunRequest& request, const std::shared_ptr<Run>& run);
  grpc::Status run_in(const v1::RunRequest& request, const std::shared_ptr<Run>& run);
  std::shared_ptr<Run> make_run(const v1::RunRequest& request);
  void end(const RunReport& report);
  void pump();
  Step next_step();
  Step next_step_if_there_is_memory();
  void stop_gathering();

  std::shared_ptr<RunCall> self_;  // until `done`
  std::mutex mutex_;               // guards what follows
  InstanceRegistry::Host host_;    // until the run is over
  std::string instance_;
  uint64_t run_id_ = 0;
  std::shared_ptr<OutputBuffer> output_;
  std::optional<RunReport> report_;
  v1::RunResponse message_;   // being written
  Alarms::Id gathering_ = 0;  // ends the wait of the first message; 0: it is over
  bool started_told_ = false;
  bool input_wanted_ = false;  // to be told
  bool detached_ = false;      // the run is not this call's
  bool writing_ = false;
  bool finished_ = false;  // the end of the call is on its way
  bool client_gone_ = false;
};

/// What gRPC calls, and is called, where it is one of its reactors that answers by RunResponses.
template <typename Reactor>
class RunReactor : public Reactor, public RunCall {
 public:
  void OnWriteDone(bool ok) override { written(ok); }
  void OnCancel() override { cancelled(); }
  void OnDone() override { done(); }

 protected:
  using RunCall::RunCall;

 private:
  void write(const v1::RunResponse& message) override { this->StartWrite(&message); }
  void write_last(const v1::RunResponse& message) override {
    this->StartWriteAndFinish(&message, grpc::WriteOptions(), grpc::Status::OK);
  }
  void finish(const grpc::Status& status) override { this->Finish(status); }
};

/// A call of ScriptService.Run.
class PlainRunCall final : public RunReactor<grpc::ServerWriteReactor<v1::RunResponse>> {
 public:
  /// Starts the run; the answer belongs to gRPC.
  static PlainRunCall* start(const Parts& parts, const v1::RunRequest& request);

 private:
  using RunReactor::RunReactor;
};

/// A call of ScriptService.RunWithInput.
class InputRunCall final : public RunReactor<grpc::ServerBidiReactor<v1::RunWithInputRequest, v1::RunResponse>> {
 public:
  /// Waits for the first request; the answer belongs to gRPC.
  static InputRunCall* start(const Parts& parts);

  void OnReadDone(bool ok) override;

 private:
  using RunReactor::RunReactor;
  grpc::Status take_first();
  grpc::Status take_input();
  void read_on();

  v1::RunWithInputRequest request_;     // being read
  std::shared_ptr<InputBuffer> input_;  // null before the first request
};

}  // namespace upyd
