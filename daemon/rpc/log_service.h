#pragma once

#include "rpc/stream_count.h"
#include "upyd/v1/log.grpc.pb.h"

namespace upyd {

class Access;
class LogStore;
class Reactor;

/// upyd.v1.LogService over the logs of instances.
class LogService final : public v1::LogService::CallbackService {
 public:
  LogService(std::shared_ptr<const Access> access, const LogStore& logs, Reactor& reactor)
      : access_(std::move(access)), logs_(logs), reactor_(reactor) {}

  grpc::ServerWriteReactor<v1::ReadLogResponse>* ReadLog(grpc::CallbackServerContext* context,
                                                         const v1::ReadLogRequest* request) override;

 private:
  const std::shared_ptr<const Access> access_;
  const LogStore& logs_;
  Reactor& reactor_;
  StreamCount streams_;
};

}  // namespace upyd
