#include "rpc/daemon_service.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "reactor/timestamp.h"
#include "rpc/answer.h"
#include "rpc/services.h"
#include "upy/version.h"

namespace upyd {
namespace {

/// Resident memory of this process in bytes; 0 if the system does not tell.
uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

grpc::ServerUnaryReactor* DaemonService::GetStatus(grpc::CallbackServerContext* context, const v1::GetStatusRequest*,
                                                   v1::Status* response) {
  return answer(*context, [&] {
    const auto hosts = registry_.list();
    const auto running = std::count_if(hosts.begin(), hosts.end(), [](const auto& host) { return host->is_running(); });
    response->set_version(UPY_VERSION);
    *response->mutable_start_time() = to_timestamp(start_time_);
    response->set_draining(registry_.is_refusing());
    response->set_instances(static_cast<uint32_t>(hosts.size()));
    response->set_max_instances(registry_.limits().max_instances);
    response->set_running(static_cast<uint32_t>(running));
    response->set_runs(registry_.runs());
    response->set_resident_bytes(resident_bytes());
    *response->mutable_default_config() = registry_.limits().defaults;
    response->set_pid(static_cast<uint32_t>(getpid()));
    return grpc::Status::OK;
  });
}

std::shared_ptr<grpc::Service> make_daemon_service(InstanceRegistry& registry) {
  return std::make_shared<DaemonService>(registry);
}

}  // namespace upyd
