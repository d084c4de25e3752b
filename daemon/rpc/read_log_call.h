#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <mutex>
#include <optional>

#include "logs/log_store.h"
#include "reactor/reactor.h"
#include "rpc/lasting_call.h"
#include "rpc/stream_count.h"
#include "upyd/v1/log.pb.h"

namespace upyd {

/// A call of LogService.ReadLog: reads on in the log's ring as fast as the client takes it, but not more than
/// kMostBytes in kPeriodNs. What the ring loses meanwhile is told as dropped, so nothing else has to be kept for a slow
/// client. The call owns itself until gRPC is done with it.
class ReadLogCall final : public grpc::ServerWriteReactor<v1::ReadLogResponse>,
                          public LastingCall,
                          public std::enable_shared_from_this<ReadLogCall> {
 public:
  static constexpr size_t kMessageBytes = 64u << 10;
  static constexpr size_t kMostBytes = 256u << 10;
  static constexpr int64_t kPeriodNs = 100'000'000;

  /// Starts reading; the answer belongs to gRPC. Errors end the call. `streams` counts such calls, and must outlive
  /// them.
  static ReadLogCall* start(std::shared_ptr<const Access> access, const LogStore& logs, Reactor& reactor,
                            StreamCount& streams, const v1::ReadLogRequest& request);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  ReadLogCall(std::shared_ptr<const Access> access, Reactor& reactor, StreamCount& streams, bool follows)
      : LastingCall(std::move(access)), reactor_(reactor), streams_(streams), follows_(follows) {}
  void revoke(const grpc::Status& status) override { end(status); }
  void end(const grpc::Status& status);
  grpc::Status begin(const LogStore& logs, const v1::ReadLogRequest& request);
  enum class Step { Nothing, Write, Finish };
  /// Does the next step, if there is one.
  void pump();
  Step next_step();
  bool has_had_enough(int64_t now_ns);
  void pump_at_end_of_period();

  Reactor& reactor_;
  StreamCount& streams_;
  const bool follows_;
  bool has_place_ = false;
  std::shared_ptr<ReadLogCall> self_;  // until OnDone
  std::optional<InstanceLog::Reader> reader_;
  std::mutex mutex_;             // guards what follows
  v1::ReadLogResponse message_;  // being written
  int64_t period_end_ns_ = 0;
  size_t bytes_ = 0;  // told in this period
  bool greeted_ = false;
  bool writing_ = false;
  bool waits_ = false;               // for the end of the period
  std::optional<grpc::Status> end_;  // the client is gone, or may not have more
  bool finished_ = false;
};

}  // namespace upyd
