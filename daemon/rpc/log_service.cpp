#include "rpc/log_service.h"

#include "access/access.h"
#include "logs/log_store.h"
#include "reactor/reactor.h"
#include "rpc/answer.h"
#include "rpc/read_log_call.h"
#include "rpc/services.h"

namespace upyd {

grpc::ServerWriteReactor<v1::ReadLogResponse>* LogService::ReadLog(grpc::CallbackServerContext* context,
                                                                   const v1::ReadLogRequest* request) {
  return start_call<grpc::ServerWriteReactor<v1::ReadLogResponse>>(
      *context, *access_, *request, [&] { return ReadLogCall::start(access_, logs_, reactor_, streams_, *request); });
}

std::shared_ptr<grpc::Service> make_log_service(std::shared_ptr<const Access> access, const LogStore& logs,
                                                Reactor& reactor) {
  return std::make_shared<LogService>(std::move(access), logs, reactor);
}

}  // namespace upyd
