#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <mutex>
#include <string>

#include "access/access.h"
#include "instances/run_ids.h"
#include "instances/run_records.h"
#include "rpc/stream_count.h"
#include "upyd/v1/script.pb.h"

namespace upyd {

/// A call of ScriptService.WaitForRun. It owns itself until gRPC is done with it.
class WaitCall final : public grpc::ServerUnaryReactor, public std::enable_shared_from_this<WaitCall> {
 public:
  /// Begins to wait; the answer belongs to gRPC. Errors end the call. `waits` counts such calls; it and what tells of
  /// runs must outlive them.
  static WaitCall* start(std::shared_ptr<const Access> access, RunRecords& runs, const RunIds& ids, StreamCount& waits,
                         const v1::WaitForRunRequest& request, v1::WaitForRunResponse& response);

  void OnCancel() override { finish(grpc::Status::CANCELLED); }
  void OnDone() override;

 private:
  WaitCall(std::shared_ptr<const Access> access, RunRecords& runs, const RunIds& ids, StreamCount& waits,
           v1::WaitForRunResponse& response)
      : access_(std::move(access)), runs_(runs), ids_(ids), waits_(waits), response_(response) {}
  grpc::Status begin(uint64_t run_id);
  std::string why_unknown(uint64_t run_id) const;
  grpc::Status check(const RunRecords::Record& record) const;
  void tell(const RunRecords::Record& record);
  void finish(const grpc::Status& status);

  const std::shared_ptr<const Access> access_;
  RunRecords& runs_;
  const RunIds& ids_;
  StreamCount& waits_;
  v1::WaitForRunResponse& response_;
  std::shared_ptr<WaitCall> self_;  // until OnDone
  RunRecords::WaitId wait_ = 0;
  bool has_place_ = false;
  std::mutex mutex_;  // guards what follows
  bool finished_ = false;
};

}  // namespace upyd
