#pragma once

#include "logs/log_store.h"
#include "reactor/reactor.h"
#include "rpc/stream_count.h"
#include "upyd/v1/log.grpc.pb.h"

namespace upyd {

/// upyd.v1.LogService over the logs of instances.
class LogService final : public v1::LogService::CallbackService {
 public:
  LogService(const LogStore& logs, Reactor& reactor) : logs_(logs), reactor_(reactor) {}

  grpc::ServerWriteReactor<v1::ReadLogResponse>* ReadLog(grpc::CallbackServerContext* context,
                                                         const v1::ReadLogRequest* request) override;

 private:
  const LogStore& logs_;
  Reactor& reactor_;
  StreamCount streams_;
};

}  // namespace upyd
