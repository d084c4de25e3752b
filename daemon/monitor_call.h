#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <mutex>

#include "gpio/gpio.h"
#include "gpio/line_grant.h"
#include "reactor.h"
#include "upyd/v1/gpio.pb.h"

namespace upyd {

/// A call of GpioService.MonitorLines: collects edges while a message is being written, then writes them all.
///
/// Edges come on whatever thread changes a line, under the lock of the chips, where nothing of gRPC may be called: the
/// reactor sends them. The call owns itself until gRPC is done with it.
class MonitorCall final : public grpc::ServerWriteReactor<v1::MonitorLinesResponse>,
                          public std::enable_shared_from_this<MonitorCall> {
 public:
  /// Edges that may wait for the client; of more, the number is told.
  static constexpr int kMostWaiting = 1024;

  /// Starts watching; the answer belongs to gRPC. Errors end the call.
  static MonitorCall* start(const Gpio& gpio, const LineGrant& limit, Reactor& reactor,
                            const v1::MonitorLinesRequest& request);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  explicit MonitorCall(Reactor& reactor) : reactor_(reactor) {}
  grpc::Status begin(const Gpio& gpio, const LineGrant& limit, const v1::MonitorLinesRequest& request);
  grpc::Status watch(const LinePlace& line);
  void add(const SharedChip& chip, const SharedChip::MonitoredEdge& edge);
  void pump();

  Reactor& reactor_;
  std::shared_ptr<MonitorCall> self_;  // until OnDone
  std::vector<std::pair<std::shared_ptr<SharedChip>, SharedChip::Monitor>> monitors_;
  std::mutex mutex_;  // guards what follows
  v1::MonitorLinesResponse waiting_;
  v1::MonitorLinesResponse message_;  // being written
  bool something_waits_ = true;       // in `waiting_`; at first its emptiness itself
  bool writing_ = false;
  bool client_gone_ = false;
  bool finished_ = false;
};

/// NOT_FOUND for a line.
grpc::Status no_line(const std::string& id);

}  // namespace upyd
