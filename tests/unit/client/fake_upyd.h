#pragma once

#include <grpcpp/support/status.h>
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "grpc/health/v1/health.pb.h"
#include "support/temporary_directory.h"
#include "upyd/v1/daemon.pb.h"
#include "upyd/v1/events.pb.h"
#include "upyd/v1/gpio.pb.h"
#include "upyd/v1/instance.pb.h"
#include "upyd/v1/script.pb.h"

/// An upyd without interpreters: it answers what a test tells it to, and keeps what it was asked.
namespace fake {

namespace v1 = upyd::v1;
using grpc::Status;

/// How one call is answered: it keeps the requests, in order, and gives the answer or the failure set before.
template <typename Request, typename Response>
class Unary {
 public:
  Response answer;
  Status failure;  ///< given in place of the answer unless it is OK

  Status serve(const Request& request, Response& response) {
    std::lock_guard lock(mutex_);
    requests_.push_back(request);
    arrived_.notify_all();
    response = answer;
    return failure;
  }

  /// The request of number `index`, from 0. Waits for it; fails the test when it does not come.
  Request request(size_t index = 0) {
    std::unique_lock lock(mutex_);
    if (!arrived_.wait_for(lock, std::chrono::seconds(10), [&] { return requests_.size() > index; })) {
      ADD_FAILURE() << "request " << index << " never came";
      return {};
    }
    return requests_[index];
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Request> requests_;
};

struct Instances {
  Unary<v1::CreateInstanceRequest, v1::Instance> create;
  Unary<v1::ListInstancesRequest, v1::ListInstancesResponse> list;
  Unary<v1::GetInstanceRequest, v1::Instance> get;
  Unary<v1::StopInstanceRequest, v1::Instance> stop;
  Unary<v1::DeleteInstanceRequest, v1::DeleteInstanceResponse> remove;
  Unary<v1::GetMemInfoRequest, v1::MemInfo> mem_info;
  Unary<v1::GetQstrInfoRequest, v1::QstrInfo> qstr_info;
};

/// A run, as the fake's side of the call.
class RunCall {
 public:
  virtual ~RunCall() = default;
  virtual void write(const v1::RunResponse& response) = 0;
  /// Whether the client has gone.
  virtual bool is_cancelled() const = 0;
};

struct Scripts {
  Unary<v1::CompileRequest, v1::CompileResponse> compile;
  Unary<v1::InterruptRequest, v1::InterruptResponse> interrupt;
  Unary<v1::RunRequest, v1::RunResponse> run;  ///< its answer is not used

  /// What a run does, after `started` (instance "own-1", run 7) was sent.
  std::function<Status(RunCall&)> script = [](RunCall&) { return Status::OK; };
};

struct Gpio {
  Unary<v1::ListChipsRequest, v1::ListChipsResponse> chips;
  Unary<v1::ListLinesRequest, v1::ListLinesResponse> lines;
  Unary<v1::DriveLinesRequest, v1::DriveLinesResponse> drive;
  Unary<v1::MonitorLinesRequest, v1::MonitorLinesResponse> monitor;  ///< the answer follows an empty first response
};

struct Events {
  Unary<v1::WatchEventsRequest, v1::WatchEventsResponse> watch;  ///< the answer follows an empty first response
};

struct Daemon {
  Unary<v1::GetStatusRequest, v1::Status> status;
};

struct Health {
  Unary<grpc::health::v1::HealthCheckRequest, grpc::health::v1::HealthCheckResponse> check;
};

/// All services on a Unix socket in a directory of its own.
class Upyd {
 public:
  Instances instances;
  Scripts scripts;
  Gpio gpio;
  Events events;
  Daemon daemon;
  Health health;

  Upyd();
  ~Upyd();

  std::string url() const { return "unix://" + directory_.file("upyd.sock"); }

 private:
  class Server;  // gRPC's side

  test_support::TemporaryDirectory directory_;
  std::unique_ptr<Server> server_;
};

}  // namespace fake
