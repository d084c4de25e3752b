#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <mutex>
#include <optional>

#include "instances/instance_registry.h"
#include "upyd/v1/script.pb.h"

namespace upyd {

/// A call of ScriptService.Run: carries what a run writes to its client, and at last its outcome.
///
/// The instance's thread tells of output and of the end, gRPC's threads of messages written and of a client that is
/// gone; whoever finds that there is something to send, and nothing being sent, sends all there is in one message.
/// Messages are dear beside a short script, so the first waits a little: until the script has ended, or an alarm rings.
/// The call owns itself until gRPC is done with it; the run shares it until its end.
class RunCall final : public grpc::ServerWriteReactor<v1::RunResponse>, public std::enable_shared_from_this<RunCall> {
 public:
  /// Starts a run; the answer belongs to gRPC. Errors end the call. `grace_ns` is the time from SystemExit to the kill
  /// when the client is gone.
  static RunCall* start(InstanceRegistry& registry, Alarms& alarms, int64_t grace_ns, const v1::RunRequest& request);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  enum class Step { Nothing, Write, WriteLast, Finish, GiveUp };

  RunCall(Alarms& alarms, int64_t grace_ns) : alarms_(alarms), grace_ns_(grace_ns) {}
  grpc::Status begin(InstanceRegistry& registry, const v1::RunRequest& request);
  std::shared_ptr<Run> make_run(const v1::RunRequest& request);
  void end(const RunReport& report);
  void pump();
  Step next_step();
  Step next_step_if_there_is_memory();
  void stop_gathering();

  Alarms& alarms_;
  const int64_t grace_ns_;
  std::shared_ptr<RunCall> self_;  // until OnDone
  std::mutex mutex_;               // guards what follows
  InstanceRegistry::Host host_;    // until the run is over
  std::string instance_;
  uint64_t run_id_ = 0;
  std::shared_ptr<OutputBuffer> output_;
  std::optional<RunReport> report_;
  v1::RunResponse message_;   // being written
  Alarms::Id gathering_ = 0;  // ends the wait of the first message; 0: it is over
  bool started_told_ = false;
  bool writing_ = false;
  bool finished_ = false;  // the end of the call is on its way
  bool client_gone_ = false;
};

}  // namespace upyd
