#include "rpc/instance_service.h"

#include <map>
#include <utility>

#include "access/access.h"
#include "instances/convert.h"
#include "rpc/answer.h"
#include "rpc/services.h"

namespace upyd {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

namespace {

grpc::Status not_persistent(const std::string& name, const char* advice) {
  return {grpc::StatusCode::FAILED_PRECONDITION, "instance '" + name + "' is not persistent; " + advice};
}

}  // namespace

/// Who may not see the one that has the name by now finds none.
grpc::Status InstanceService::describe(const std::string& name, v1::Instance& instance) const {
  v1::Instance found;
  if (const auto board = boards_.find(name)) {
    found = board->describe();
  } else if (registry_.is_board(name)) {  // it is being made, or removed
    return InstanceRegistry::not_found(name);
  } else {
    InstanceRegistry::Host host;
    if (auto status = registry_.find(name, host); !status.ok()) return status;
    found = host->describe();
  }
  if (!access_->sees(name, found.config().owner())) return InstanceRegistry::not_found(name);
  instance = std::move(found);
  return grpc::Status::OK;
}

template <typename Request>
InstanceRegistry::Admit InstanceService::admit(const Request& request) const {
  return [access = access_, wanted = wanted_by(request)](const std::string& owner) {
    return access->check(wanted, owner);
  };
}

template <typename Request, typename Act>
ServerUnaryReactor* InstanceService::answer_when_done(CallbackServerContext& context, const Request& request,
                                                      v1::Instance& response, Act act) {
  ServerUnaryReactor* reactor = context.DefaultReactor();
  const auto finish = [this, reactor, name = request.name(), &response](const grpc::Status& done) {
    reactor->Finish(guarded([&] { return done.ok() ? describe(name, response) : done; }));
  };
  const auto status = if_allowed(context, *access_, request, [&] { return act(finish); });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

ServerUnaryReactor* InstanceService::CreateInstance(CallbackServerContext* context,
                                                    const v1::CreateInstanceRequest* request, v1::Instance* response) {
  if (!request->persistent()) {
    return answer(*context, *access_, *request, [&] {
      InstanceRegistry::Host host;
      v1::InstanceConfig config = request->config();
      auto status = access_->own(config);
      if (status.ok()) status = registry_.create(request->name(), config, host);
      if (host) *response = host->describe();
      return status;
    });
  }
  ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto status = if_allowed(*context, *access_, *request, [&] {
    v1::InstanceConfig config = request->config();
    if (auto owned = access_->own(config); !owned.ok()) return owned;
    boards_.create(request->name(), config,
                   [this, reactor, response](const grpc::Status& created, const std::string& name) {
                     reactor->Finish(guarded([&] { return created.ok() ? describe(name, *response) : created; }));
                   });
    return grpc::Status::OK;
  });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

ServerUnaryReactor* InstanceService::ListInstances(CallbackServerContext* context,
                                                   const v1::ListInstancesRequest* request,
                                                   v1::ListInstancesResponse* response) {
  return answer(*context, *access_, *request, [&] {
    std::map<std::string, v1::Instance> instances;
    for (const auto& host : registry_.list()) {
      if (!host->is_board()) instances[host->name()] = host->describe();
    }
    for (const auto& board : boards_.list()) instances[board->name()] = board->describe();
    for (auto& [name, instance] : instances) {
      if (access_->sees(name, instance.config().owner())) *response->add_instances() = std::move(instance);
    }
    return grpc::Status::OK;
  });
}

ServerUnaryReactor* InstanceService::GetInstance(CallbackServerContext* context, const v1::GetInstanceRequest* request,
                                                 v1::Instance* response) {
  return answer(*context, *access_, *request, [&] { return describe(request->name(), *response); });
}

ServerUnaryReactor* InstanceService::DeleteInstance(CallbackServerContext* context,
                                                    const v1::DeleteInstanceRequest* request,
                                                    v1::DeleteInstanceResponse*) {
  ServerUnaryReactor* reactor = context->DefaultReactor();
  const auto status = if_allowed(*context, *access_, *request, [&] {
    if (registry_.is_board(request->name())) {
      boards_.remove(request->name(), admit(*request), request->force(),
                     [reactor](const grpc::Status& done) { reactor->Finish(done); });
      return grpc::Status::OK;
    }
    InstanceRegistry::Host host;
    auto found = registry_.find(request->name(), admit(*request), host);
    if (found.ok() && !request->force()) found = host->end_if_idle();
    if (!found.ok()) return found;
    host->end(upy::Limit::Request);
    host->when_gone([reactor](const grpc::Status& left) { reactor->Finish(left); });
    return found;
  });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

// ---- the life of boards ----

ServerUnaryReactor* InstanceService::StartInstance(CallbackServerContext* context,
                                                   const v1::StartInstanceRequest* request, v1::Instance* response) {
  return answer_when_done(*context, *request, *response, [&](const auto& done) {
    InstanceRegistry::Host host;
    if (!registry_.is_board(request->name())) {
      auto status = registry_.find(request->name(), admit(*request), host);
      if (status.ok()) host->is_waiting() ? host->restart(0, done) : done(status);
      return status;
    }
    boards_.start(request->name(), admit(*request), done);
    return grpc::Status::OK;
  });
}

ServerUnaryReactor* InstanceService::StopInstance(CallbackServerContext* context,
                                                  const v1::StopInstanceRequest* request, v1::Instance* response) {
  return answer_when_done(*context, *request, *response, [&](const auto& done) {
    InstanceRegistry::Host host;
    if (!registry_.is_board(request->name())) {
      auto status = registry_.find(request->name(), admit(*request), host);
      return status.ok() ? not_persistent(request->name(), "delete it, or stop what it runs by Interrupt") : status;
    }
    boards_.stop(request->name(), admit(*request), grace_ns(*request), done);
    return grpc::Status::OK;
  });
}

ServerUnaryReactor* InstanceService::RestartInstance(CallbackServerContext* context,
                                                     const v1::RestartInstanceRequest* request,
                                                     v1::Instance* response) {
  return answer_when_done(*context, *request, *response, [&](const auto& done) {
    InstanceRegistry::Host host;
    if (!registry_.is_board(request->name())) {
      auto status = registry_.find(request->name(), admit(*request), host);
      if (host) host->restart(grace_ns(*request), done);
      return status;
    }
    boards_.restart(request->name(), admit(*request), grace_ns(*request), done);
    return grpc::Status::OK;
  });
}

ServerUnaryReactor* InstanceService::UpdateInstance(CallbackServerContext* context,
                                                    const v1::UpdateInstanceRequest* request, v1::Instance* response) {
  return answer_when_done(*context, *request, *response, [&](const auto& done) {
    InstanceRegistry::Host host;
    if (!registry_.is_board(request->name())) {
      auto status = registry_.find(request->name(), admit(*request), host);
      return status.ok() ? not_persistent(request->name(), "create one that is, with other settings") : status;
    }
    const auto complete = [access = access_](v1::UpdateInstanceRequest& update, const std::string& owner) {
      const auto allowed = access->check(update, owner);
      return allowed.ok() && update.has_config() ? access->own(*update.mutable_config(), owner) : allowed;
    };
    boards_.update(*request, complete, done);
    return grpc::Status::OK;
  });
}

// ---- looking into them ----

ServerUnaryReactor* InstanceService::GetMemInfo(CallbackServerContext* context, const v1::GetMemInfoRequest* request,
                                                v1::MemInfo* response) {
  return inspect(
      *context, *request, {Inspection::Subject::Memory, request->verbose()},
      [response](const InspectionAnswer& answer) { *response = to_proto(std::get<MemoryFigures>(answer.figures)); });
}

ServerUnaryReactor* InstanceService::GetQstrInfo(CallbackServerContext* context, const v1::GetQstrInfoRequest* request,
                                                 v1::QstrInfo* response) {
  return inspect(
      *context, *request, {Inspection::Subject::Strings, request->verbose()},
      [response](const InspectionAnswer& answer) { *response = to_proto(std::get<upy::QstrInfo>(answer.figures)); });
}

template <typename Request>
ServerUnaryReactor* InstanceService::inspect(CallbackServerContext& context, const Request& request,
                                             const Inspection& inspection,
                                             std::function<void(const InspectionAnswer&)> tell) {
  ServerUnaryReactor* reactor = context.DefaultReactor();
  const auto status = if_allowed(context, *access_, request, [&] {
    InstanceRegistry::Host host;
    auto found = registry_.find(request.instance(), admit(request), host);
    if (!found.ok()) return found;
    host->inspect(inspection, [reactor, tell = std::move(tell)](const InspectionAnswer& answer) {
      reactor->Finish(guarded([&] {
        if (answer.status.ok()) tell(answer);
        return answer.status;
      }));
    });
    return found;
  });
  if (!status.ok()) reactor->Finish(status);
  return reactor;
}

std::shared_ptr<grpc::Service> make_instance_service(std::shared_ptr<const Access> access, InstanceRegistry& registry,
                                                     Boards& boards, const std::atomic<int64_t>& grace_ns) {
  return std::make_shared<InstanceService>(std::move(access), registry, boards, grace_ns);
}

}  // namespace upyd
