#pragma once

#include "reactor/timestamp.h"
#include "upyd/v1/daemon.grpc.pb.h"

namespace upyd {

class Access;
struct Budgets;
class InstanceRegistry;
class RecentErrors;

/// upyd.v1.DaemonService.
class DaemonService final : public v1::DaemonService::CallbackService {
 public:
  DaemonService(std::shared_ptr<const Access> access, InstanceRegistry& registry, const RecentErrors& errors,
                const Budgets& budgets, const Moment& start_time)
      : access_(std::move(access)), registry_(registry), errors_(errors), budgets_(budgets), start_time_(start_time) {}

  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context, const v1::GetStatusRequest* request,
                                      v1::Status* response) override;

 private:
  void add_budgets(v1::Status& status) const;
  const std::shared_ptr<const Access> access_;
  InstanceRegistry& registry_;
  const RecentErrors& errors_;
  const Budgets& budgets_;
  const Moment start_time_;
};

}  // namespace upyd
