#include "rpc/daemon_service.h"

#include <unistd.h>

#include <algorithm>

#include "access/access.h"
#include "budget/budgets.h"
#include "events/recent_errors.h"
#include "instances/convert.h"
#include "instances/instance_registry.h"
#include "reactor/timestamp.h"
#include "rpc/answer.h"
#include "rpc/services.h"
#include "system/process_figures.h"
#include "upy/version.h"

namespace upyd {
namespace {

void add(const RecentErrors::Error& error, v1::Status& status) {
  v1::ScriptError& proto = *status.add_recent_errors();
  *proto.mutable_time() = to_timestamp(error.time);
  proto.set_instance(error.instance);
  proto.set_run_id(error.run_id);
  proto.set_text(error.text);
}

uint64_t limit_of(const Budget& budget) { return budget.limit() == Budget::kUnlimited ? 0 : budget.limit(); }

std::optional<uint64_t> quota_of(const AccessQuota& quota, const Budget& budget, const Budgets& budgets) {
  if (&budget == &budgets.instances) return quota.max_instances;
  if (&budget == &budgets.promised_memory) return quota.promised_memory;
  if (&budget == &budgets.calls) return quota.max_calls;
  if (&budget == &budgets.connections) return quota.max_connections;
  return std::nullopt;
}

void add(const Budget& budget, const std::string& principal, uint64_t used, uint64_t limit, v1::Status& status) {
  v1::Budget& proto = *status.add_budgets();
  proto.set_name(budget.kind().name);
  proto.set_principal(principal);
  proto.set_used(used);
  proto.set_limit(limit);
  proto.set_in_bytes(budget.kind().in_bytes());
  if (principal.empty()) proto.set_refusals(budget.refusals());
}

}  // namespace

grpc::ServerUnaryReactor* DaemonService::GetStatus(grpc::CallbackServerContext* context,
                                                   const v1::GetStatusRequest* request, v1::Status* response) {
  return answer(*context, *access_, *request, [&] {
    const auto hosts = registry_.list();
    const RegistryLimits limits = registry_.limits();
    const auto running = std::count_if(hosts.begin(), hosts.end(), [](const auto& host) { return host->is_running(); });
    response->set_version(UPY_VERSION);
    *response->mutable_start_time() = to_timestamp(start_time_);
    response->set_draining(registry_.is_refusing());
    response->set_instances(static_cast<uint32_t>(registry_.count()));
    response->set_max_instances(static_cast<uint32_t>(budgets_.instances.limit()));
    response->set_running(static_cast<uint32_t>(running));
    response->set_runs(registry_.runs());
    const ProcessFigures process = process_figures();
    response->set_resident_bytes(process.resident_bytes);
    response->set_threads(process.threads);
    response->set_open_files(process.open_files);
    response->set_max_open_files(process.max_open_files);
    response->set_cpu_ns(static_cast<uint64_t>(process.cpu_ns));
    *response->mutable_outcomes() = to_proto(registry_.outcomes().all());
    for (const RecentErrors::Error& error : errors_.all()) {
      if (access_->sees(error.instance, error.owner)) add(error, *response);
    }
    *response->mutable_default_config() = limits.defaults;
    add_budgets(*response);
    response->set_pid(static_cast<uint32_t>(getpid()));
    return grpc::Status::OK;
  });
}

/// What the client has, and may have, and for administrators what others have, too.
void DaemonService::add_budgets(v1::Status& status) const {
  for (const Budget* budget : budgets_.all()) add(*budget, "", budget->used(), limit_of(*budget), status);
  const AccessQuota quota = access_->quota();
  for (const Budget* budget : budgets_.all()) {
    const auto limit = quota_of(quota, *budget, budgets_);
    bool is_told = false;
    for (const auto& [principal, used] : budget->uses()) {
      const bool is_own = principal == access_->name();
      is_told |= is_own;
      if (is_own || access_->is_admin()) add(*budget, principal, used, is_own ? limit.value_or(0) : 0, status);
    }
    if (limit && !is_told) add(*budget, access_->name(), 0, *limit, status);
  }
}

std::shared_ptr<grpc::Service> make_daemon_service(std::shared_ptr<const Access> access, InstanceRegistry& registry,
                                                   const RecentErrors& errors, const Budgets& budgets,
                                                   const Moment& start_time) {
  return std::make_shared<DaemonService>(std::move(access), registry, errors, budgets, start_time);
}

}  // namespace upyd
