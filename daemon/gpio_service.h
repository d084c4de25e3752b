#pragma once

#include "reactor.h"
#include "sim_gpio.h"
#include "upyd/v1/gpio.grpc.pb.h"

namespace upyd {

/// upyd.v1.GpioService over the simulated chips.
class GpioService final : public v1::GpioService::CallbackService {
 public:
  GpioService(SimGpio& gpio, Reactor& reactor) : gpio_(gpio), reactor_(reactor) {}

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
  void add_chip(uint32_t chip, v1::ListLinesResponse& response);
  void describe(LineRef ref, v1::Line& line);

  SimGpio& gpio_;
  Reactor& reactor_;
};

}  // namespace upyd
