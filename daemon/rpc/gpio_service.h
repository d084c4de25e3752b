#pragma once

#include "gpio/line_grant.h"
#include "rpc/stream_count.h"
#include "upyd/v1/gpio.grpc.pb.h"

namespace upyd {

class Access;
class Gpio;
class Reactor;

/// upyd.v1.GpioService.
class GpioService final : public v1::GpioService::CallbackService {
 public:
  /// `limit` is what clients may monitor.
  GpioService(std::shared_ptr<const Access> access, const Gpio& gpio, LineGrant limit, Reactor& reactor)
      : access_(std::move(access)), gpio_(gpio), limit_(std::move(limit)), reactor_(reactor) {}

  grpc::ServerUnaryReactor* ListChips(grpc::CallbackServerContext* context, const v1::ListChipsRequest* request,
                                      v1::ListChipsResponse* response) override;
  grpc::ServerUnaryReactor* ListLines(grpc::CallbackServerContext* context, const v1::ListLinesRequest* request,
                                      v1::ListLinesResponse* response) override;
  grpc::ServerUnaryReactor* DriveLines(grpc::CallbackServerContext* context, const v1::DriveLinesRequest* request,
                                       v1::DriveLinesResponse* response) override;
  grpc::ServerWriteReactor<v1::MonitorLinesResponse>* MonitorLines(grpc::CallbackServerContext* context,
                                                                   const v1::MonitorLinesRequest* request) override;

 private:
  grpc::Status list(const v1::ListLinesRequest& request, v1::ListLinesResponse& response);
  grpc::Status drive(const v1::DriveLinesRequest& request);

  const std::shared_ptr<const Access> access_;
  const Gpio& gpio_;
  const LineGrant limit_;
  Reactor& reactor_;
  StreamCount streams_;
};

}  // namespace upyd
