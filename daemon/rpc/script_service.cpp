#include "rpc/script_service.h"

#include "access/access.h"
#include "budget/account_memory.h"
#include "instances/convert.h"
#include "port/time_units.h"
#include "rpc/answer.h"
#include "rpc/console_call.h"
#include "rpc/requests.h"
#include "rpc/run_call.h"
#include "rpc/services.h"
#include "rpc/wait_call.h"

namespace upyd {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

upy::StopLevel stop_level(v1::InterruptRequest::Level level) {
  switch (level) {
    case v1::InterruptRequest::LEVEL_STOP:
      return upy::StopLevel::Stop;
    case v1::InterruptRequest::LEVEL_KILL:
      return upy::StopLevel::Kill;
    default:
      return upy::StopLevel::Interrupt;
  }
}

}  // namespace

ServerUnaryReactor* ScriptService::Compile(CallbackServerContext* context, const v1::CompileRequest* request,
                                           v1::CompileResponse* response) {
  ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto status = if_allowed(*context, *access_, *request, [&] {
    auto checked = check(*request);
    if (!checked.ok()) return checked;
    Charge charge = access_->request_charge();
    if (auto room = charge.set(request->source().size()); !room.ok()) return room;
    compiler_.post([this, context, reactor, request, response, charge = std::move(charge)] {
      if (context->IsCancelled()) return reactor->Finish(grpc::Status::CANCELLED);
      reactor->Finish(guarded([&] { return compile(*request, *response); }));
    });
    return checked;
  });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

grpc::Status ScriptService::compile(const v1::CompileRequest& request, v1::CompileResponse& response) const {
  const size_t compile_bytes = run_parts_.registry.limits().defaults.compile_bytes();
  AccountMemory memory(access_->compile_memory());
  auto result = upy::compile_blob(request.source(), script_name(request.file()), static_cast<int>(request.opt_level()),
                                  compile_bytes, blob_key_, &memory);
  if (auto* blob = std::get_if<std::string>(&result)) {
    response.set_blob(std::move(*blob));
  } else {
    *response.mutable_diagnostics()->add_diagnostics() = to_proto(std::get<upy::CompileError>(result));
  }
  return grpc::Status::OK;
}

grpc::ServerWriteReactor<v1::RunResponse>* ScriptService::Run(CallbackServerContext* context,
                                                              const v1::RunRequest* request) {
  return start_call<grpc::ServerWriteReactor<v1::RunResponse>>(
      *context, *access_, *request, [&] { return PlainRunCall::start(run_parts_, *request); });
}

grpc::ServerBidiReactor<v1::RunWithInputRequest, v1::RunResponse>* ScriptService::RunWithInput(
    CallbackServerContext* context) {
  return start_call<grpc::ServerBidiReactor<v1::RunWithInputRequest, v1::RunResponse>>(
      *context, *access_, [&] { return InputRunCall::start(run_parts_); });
}

grpc::ServerBidiReactor<v1::ConsoleRequest, v1::ConsoleResponse>* ScriptService::Console(
    CallbackServerContext* context) {
  return start_call<grpc::ServerBidiReactor<v1::ConsoleRequest, v1::ConsoleResponse>>(
      *context, *access_, [&] { return ConsoleCall::start(access_, run_parts_.registry); });
}

ServerUnaryReactor* ScriptService::Interrupt(CallbackServerContext* context, const v1::InterruptRequest* request,
                                             v1::InterruptResponse* response) {
  return answer(*context, *access_, *request, [&] { return interrupt(*request, *response); });
}

grpc::Status ScriptService::interrupt(const v1::InterruptRequest& request, v1::InterruptResponse& response) {
  if (const auto status = check(request); !status.ok()) return status;
  InstanceRegistry::Host host;
  const auto admit = [&](const std::string& owner) { return access_->check(request, owner); };
  if (const auto status = run_parts_.registry.find(request.instance(), admit, host); !status.ok()) return status;
  const auto only = request.has_run_id() ? std::optional<uint64_t>(request.run_id()) : std::nullopt;
  InstanceHost::Stopped stopped;
  const auto status = host->stop({stop_level(request.level()), upy::Limit::Request}, only, stopped);
  if (!status.ok()) return status;
  response.set_run_id(stopped.run_id);
  response.set_callback(stopped.work.callback != 0);
  if (request.level() == v1::InterruptRequest::LEVEL_STOP) {
    const int64_t grace_ns = request.has_grace_ms() ? request.grace_ms() * upy::kNsPerMs : run_parts_.grace_ns.load();
    host->kill_later(stopped.work, run_parts_.alarms.now_ns() + grace_ns);
  }
  return status;
}

ServerUnaryReactor* ScriptService::WaitForRun(CallbackServerContext* context, const v1::WaitForRunRequest* request,
                                              v1::WaitForRunResponse* response) {
  return start_call<ServerUnaryReactor>(*context, *access_, *request, [&] {
    return WaitCall::start(access_, runs_, run_parts_.registry.run_ids(), waits_, *request, *response);
  });
}

std::shared_ptr<grpc::Service> make_script_service(std::shared_ptr<const Access> access, InstanceRegistry& registry,
                                                   RunRecords& runs, Alarms& alarms,
                                                   const std::atomic<int64_t>& grace_ns, asio::thread_pool& compiler,
                                                   const std::string& blob_key) {
  return std::make_shared<ScriptService>(std::move(access), registry, runs, alarms, grace_ns, compiler, blob_key);
}

}  // namespace upyd
