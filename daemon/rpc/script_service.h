#pragma once

#include <asio/thread_pool.hpp>
#include <atomic>

#include "instances/instance_registry.h"
#include "instances/run_records.h"
#include "rpc/run_call.h"
#include "rpc/stream_count.h"
#include "system/lane.h"
#include "upyd/v1/script.grpc.pb.h"

namespace upyd {

/// upyd.v1.ScriptService over the registry.
class ScriptService final : public v1::ScriptService::CallbackService {
 public:
  /// As make_script_service.
  ScriptService(std::shared_ptr<const Access> access, InstanceRegistry& registry, RunRecords& runs, Alarms& alarms,
                const std::atomic<int64_t>& grace_ns, asio::thread_pool& compiler, std::string blob_key)
      : access_(std::move(access)),
        run_parts_{access_, registry, alarms, grace_ns},
        runs_(runs),
        blob_key_(std::move(blob_key)),
        compiler_(compiler, 1) {}

  grpc::ServerUnaryReactor* Compile(grpc::CallbackServerContext* context, const v1::CompileRequest* request,
                                    v1::CompileResponse* response) override;
  grpc::ServerWriteReactor<v1::RunResponse>* Run(grpc::CallbackServerContext* context,
                                                 const v1::RunRequest* request) override;
  grpc::ServerBidiReactor<v1::RunWithInputRequest, v1::RunResponse>* RunWithInput(
      grpc::CallbackServerContext* context) override;
  grpc::ServerBidiReactor<v1::ConsoleRequest, v1::ConsoleResponse>* Console(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* Interrupt(grpc::CallbackServerContext* context, const v1::InterruptRequest* request,
                                      v1::InterruptResponse* response) override;
  grpc::ServerUnaryReactor* WaitForRun(grpc::CallbackServerContext* context, const v1::WaitForRunRequest* request,
                                       v1::WaitForRunResponse* response) override;

 private:
  grpc::Status compile(const v1::CompileRequest& request, v1::CompileResponse& response) const;
  grpc::Status interrupt(const v1::InterruptRequest& request, v1::InterruptResponse& response);

  const std::shared_ptr<const Access> access_;
  const RunCall::Parts run_parts_;
  RunRecords& runs_;
  StreamCount waits_;
  const std::string blob_key_;
  const Lane compiler_;
};

}  // namespace upyd
