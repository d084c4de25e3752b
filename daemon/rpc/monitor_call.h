#pragma once

#include "gpio/gpio.h"
#include "gpio/line_grant.h"
#include "rpc/gathering_call.h"
#include "upyd/v1/gpio.pb.h"

namespace upyd {

/// A call of GpioService.MonitorLines.
class MonitorCall final : public GatheringCall<v1::MonitorLinesResponse> {
 public:
  /// Edges that may wait for the client; of more, the number is told.
  static constexpr int kMostWaiting = 1024;

  /// Starts watching what `limit` allows; the answer belongs to gRPC. Errors end the call.
  static MonitorCall* start(std::shared_ptr<const Access> access, const Gpio& gpio, const LineGrant& limit,
                            Reactor& reactor, StreamCount& streams, const v1::MonitorLinesRequest& request);

 private:
  using GatheringCall::GatheringCall;
  grpc::Status begin(const Gpio& gpio, const LineGrant& limit, const v1::MonitorLinesRequest& request);
  grpc::Status watch(const LinePlace& line);
  void add(const SharedChip& chip, const SharedChip::MonitoredEdge& edge);
  v1::MonitorLinesResponse take() override { return std::exchange(waiting_, {}); }
  void lose() override { waiting_.set_dropped(waiting_.dropped() + 1); }
  void end_watch() override;

  std::vector<std::pair<std::shared_ptr<SharedChip>, SharedChip::Monitor>> monitors_;
  v1::MonitorLinesResponse waiting_;  // guarded by the call's lock
};

}  // namespace upyd
