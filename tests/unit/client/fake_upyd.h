#pragma once

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "grpc/health/v1/health.grpc.pb.h"
#include "support/temporary_directory.h"
#include "upyd/v1/daemon.grpc.pb.h"
#include "upyd/v1/events.grpc.pb.h"
#include "upyd/v1/gpio.grpc.pb.h"
#include "upyd/v1/instance.grpc.pb.h"
#include "upyd/v1/script.grpc.pb.h"

/// An upyd without interpreters: it answers what a test tells it to, and keeps what it was asked.
namespace fake {

namespace v1 = upyd::v1;
using grpc::ServerContext;
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

class Instances final : public v1::InstanceService::Service {
 public:
  Unary<v1::CreateInstanceRequest, v1::Instance> create;
  Unary<v1::ListInstancesRequest, v1::ListInstancesResponse> list;
  Unary<v1::DeleteInstanceRequest, v1::DeleteInstanceResponse> remove;
  Unary<v1::GetMemInfoRequest, v1::MemInfo> mem_info;
  Unary<v1::GetQstrInfoRequest, v1::QstrInfo> qstr_info;

 private:
  Status CreateInstance(ServerContext*, const v1::CreateInstanceRequest* request, v1::Instance* response) override {
    return create.serve(*request, *response);
  }
  Status ListInstances(ServerContext*, const v1::ListInstancesRequest* request,
                       v1::ListInstancesResponse* response) override {
    return list.serve(*request, *response);
  }
  Status DeleteInstance(ServerContext*, const v1::DeleteInstanceRequest* request,
                        v1::DeleteInstanceResponse* response) override {
    return remove.serve(*request, *response);
  }
  Status GetMemInfo(ServerContext*, const v1::GetMemInfoRequest* request, v1::MemInfo* response) override {
    return mem_info.serve(*request, *response);
  }
  Status GetQstrInfo(ServerContext*, const v1::GetQstrInfoRequest* request, v1::QstrInfo* response) override {
    return qstr_info.serve(*request, *response);
  }
};

class Scripts final : public v1::ScriptService::Service {
 public:
  using Writer = grpc::ServerWriter<v1::RunResponse>;

  Unary<v1::CompileRequest, v1::CompileResponse> compile;
  Unary<v1::InterruptRequest, v1::InterruptResponse> interrupt;
  Unary<v1::RunRequest, v1::RunResponse> run;  ///< its answer is not used

  /// What a run does, after `started` (instance "own-1", run 7) was sent.
  std::function<Status(ServerContext&, Writer&)> script = [](ServerContext&, Writer&) { return Status::OK; };

 private:
  Status Compile(ServerContext*, const v1::CompileRequest* request, v1::CompileResponse* response) override {
    return compile.serve(*request, *response);
  }
  Status Interrupt(ServerContext*, const v1::InterruptRequest* request, v1::InterruptResponse* response) override {
    return interrupt.serve(*request, *response);
  }
  Status Run(ServerContext* context, const v1::RunRequest* request, Writer* writer) override {
    v1::RunResponse response;
    Status status = run.serve(*request, response);
    if (!status.ok()) return status;
    v1::Started& started = *response.add_events()->mutable_started();
    started.set_instance("own-1");
    started.set_run_id(7);
    writer->Write(response);
    return script(*context, *writer);
  }
};

class Gpio final : public v1::GpioService::Service {
 public:
  Unary<v1::ListChipsRequest, v1::ListChipsResponse> chips;
  Unary<v1::ListLinesRequest, v1::ListLinesResponse> lines;
  Unary<v1::DriveLinesRequest, v1::DriveLinesResponse> drive;
  Unary<v1::MonitorLinesRequest, v1::MonitorLinesResponse> monitor;  ///< the answer follows an empty first response

 private:
  Status ListChips(ServerContext*, const v1::ListChipsRequest* request, v1::ListChipsResponse* response) override {
    return chips.serve(*request, *response);
  }
  Status ListLines(ServerContext*, const v1::ListLinesRequest* request, v1::ListLinesResponse* response) override {
    return lines.serve(*request, *response);
  }
  Status DriveLines(ServerContext*, const v1::DriveLinesRequest* request, v1::DriveLinesResponse* response) override {
    return drive.serve(*request, *response);
  }
  Status MonitorLines(ServerContext*, const v1::MonitorLinesRequest* request,
                      grpc::ServerWriter<v1::MonitorLinesResponse>* writer) override {
    v1::MonitorLinesResponse response;
    Status status = monitor.serve(*request, response);
    writer->Write({});
    writer->Write(response);
    return status;
  }
};

class Events final : public v1::EventService::Service {
 public:
  Unary<v1::WatchEventsRequest, v1::WatchEventsResponse> watch;  ///< the answer follows an empty first response

 private:
  Status WatchEvents(ServerContext*, const v1::WatchEventsRequest* request,
                     grpc::ServerWriter<v1::WatchEventsResponse>* writer) override {
    v1::WatchEventsResponse response;
    Status status = watch.serve(*request, response);
    writer->Write({});
    writer->Write(response);
    return status;
  }
};

class Daemon final : public v1::DaemonService::Service {
 public:
  Unary<v1::GetStatusRequest, v1::Status> status;

 private:
  Status GetStatus(ServerContext*, const v1::GetStatusRequest* request, v1::Status* response) override {
    return status.serve(*request, *response);
  }
};

class Health final : public grpc::health::v1::Health::Service {
 public:
  Unary<grpc::health::v1::HealthCheckRequest, grpc::health::v1::HealthCheckResponse> check;

 private:
  Status Check(ServerContext*, const grpc::health::v1::HealthCheckRequest* request,
               grpc::health::v1::HealthCheckResponse* response) override {
    return check.serve(*request, *response);
  }
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

  Upyd() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + directory_.file("upyd.sock"), grpc::InsecureServerCredentials());
    for (grpc::Service* service :
         std::initializer_list<grpc::Service*>{&instances, &scripts, &gpio, &events, &daemon, &health}) {
      builder.RegisterService(service);
    }
    server_ = builder.BuildAndStart();
  }
  ~Upyd() { server_->Shutdown(std::chrono::system_clock::now()); }

  std::string url() const { return "unix://" + directory_.file("upyd.sock"); }

 private:
  test_support::TemporaryDirectory directory_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace fake
