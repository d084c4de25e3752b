#include "fake_upyd.h"

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include "grpc/health/v1/health.grpc.pb.h"
#include "upyd/v1/daemon.grpc.pb.h"
#include "upyd/v1/events.grpc.pb.h"
#include "upyd/v1/gpio.grpc.pb.h"
#include "upyd/v1/instance.grpc.pb.h"
#include "upyd/v1/script.grpc.pb.h"

namespace fake {
namespace {

using grpc::ServerContext;
using RunStream = grpc::ServerReaderWriter<v1::RunResponse, v1::RunWithInputRequest>;

class ServedRun final : public RunCall {
 public:
  ServedRun(const ServerContext& context, RunStream& stream) : context_(context), stream_(stream) {}

  void write(const v1::RunResponse& response) override { stream_.Write(response); }
  bool is_cancelled() const override { return context_.IsCancelled(); }

 private:
  const ServerContext& context_;
  RunStream& stream_;
};

class InstancesService final : public v1::InstanceService::Service {
 public:
  explicit InstancesService(Instances& fake) : fake_(fake) {}

 private:
  Status CreateInstance(ServerContext*, const v1::CreateInstanceRequest* request, v1::Instance* response) override {
    return fake_.create.serve(*request, *response);
  }
  Status ListInstances(ServerContext*, const v1::ListInstancesRequest* request,
                       v1::ListInstancesResponse* response) override {
    return fake_.list.serve(*request, *response);
  }
  Status GetInstance(ServerContext*, const v1::GetInstanceRequest* request, v1::Instance* response) override {
    return fake_.get.serve(*request, *response);
  }
  Status StopInstance(ServerContext*, const v1::StopInstanceRequest* request, v1::Instance* response) override {
    return fake_.stop.serve(*request, *response);
  }
  Status DeleteInstance(ServerContext*, const v1::DeleteInstanceRequest* request,
                        v1::DeleteInstanceResponse* response) override {
    return fake_.remove.serve(*request, *response);
  }
  Status GetMemInfo(ServerContext*, const v1::GetMemInfoRequest* request, v1::MemInfo* response) override {
    return fake_.mem_info.serve(*request, *response);
  }
  Status GetQstrInfo(ServerContext*, const v1::GetQstrInfoRequest* request, v1::QstrInfo* response) override {
    return fake_.qstr_info.serve(*request, *response);
  }

  Instances& fake_;
};

class ScriptsService final : public v1::ScriptService::Service {
 public:
  explicit ScriptsService(Scripts& fake) : fake_(fake) {}

 private:
  Status Compile(ServerContext*, const v1::CompileRequest* request, v1::CompileResponse* response) override {
    return fake_.compile.serve(*request, *response);
  }
  Status Interrupt(ServerContext*, const v1::InterruptRequest* request, v1::InterruptResponse* response) override {
    return fake_.interrupt.serve(*request, *response);
  }
  Status RunWithInput(ServerContext* context, RunStream* stream) override {
    v1::RunWithInputRequest request;
    stream->Read(&request);
    v1::RunResponse response;
    Status status = fake_.run.serve(request.run(), response);
    if (!status.ok()) return status;
    v1::Started& started = *response.add_events()->mutable_started();
    started.set_instance("own-1");
    started.set_run_id(7);
    stream->Write(response);
    ServedRun served(*context, *stream);
    return fake_.script(served);
  }

  Scripts& fake_;
};

class GpioService final : public v1::GpioService::Service {
 public:
  explicit GpioService(Gpio& fake) : fake_(fake) {}

 private:
  Status ListChips(ServerContext*, const v1::ListChipsRequest* request, v1::ListChipsResponse* response) override {
    return fake_.chips.serve(*request, *response);
  }
  Status ListLines(ServerContext*, const v1::ListLinesRequest* request, v1::ListLinesResponse* response) override {
    return fake_.lines.serve(*request, *response);
  }
  Status DriveLines(ServerContext*, const v1::DriveLinesRequest* request, v1::DriveLinesResponse* response) override {
    return fake_.drive.serve(*request, *response);
  }
  Status MonitorLines(ServerContext*, const v1::MonitorLinesRequest* request,
                      grpc::ServerWriter<v1::MonitorLinesResponse>* writer) override {
    v1::MonitorLinesResponse response;
    Status status = fake_.monitor.serve(*request, response);
    writer->Write({});
    writer->Write(response);
    return status;
  }

  Gpio& fake_;
};

class EventsService final : public v1::EventService::Service {
 public:
  explicit EventsService(Events& fake) : fake_(fake) {}

 private:
  Status WatchEvents(ServerContext*, const v1::WatchEventsRequest* request,
                     grpc::ServerWriter<v1::WatchEventsResponse>* writer) override {
    v1::WatchEventsResponse response;
    Status status = fake_.watch.serve(*request, response);
    writer->Write({});
    writer->Write(response);
    return status;
  }

  Events& fake_;
};

class DaemonService final : public v1::DaemonService::Service {
 public:
  explicit DaemonService(Daemon& fake) : fake_(fake) {}

 private:
  Status GetStatus(ServerContext*, const v1::GetStatusRequest* request, v1::Status* response) override {
    return fake_.status.serve(*request, *response);
  }

  Daemon& fake_;
};

class HealthService final : public grpc::health::v1::Health::Service {
 public:
  explicit HealthService(Health& fake) : fake_(fake) {}

 private:
  Status Check(ServerContext*, const grpc::health::v1::HealthCheckRequest* request,
               grpc::health::v1::HealthCheckResponse* response) override {
    return fake_.check.serve(*request, *response);
  }

  Health& fake_;
};

}  // namespace

class Upyd::Server {
 public:
  Server(Upyd& fake, const std::string& socket)
      : instances_(fake.instances),
        scripts_(fake.scripts),
        gpio_(fake.gpio),
        events_(fake.events),
        daemon_(fake.daemon),
        health_(fake.health) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + socket, grpc::InsecureServerCredentials());
    for (grpc::Service* service :
         std::initializer_list<grpc::Service*>{&instances_, &scripts_, &gpio_, &events_, &daemon_, &health_}) {
      builder.RegisterService(service);
    }
    server_ = builder.BuildAndStart();
  }
  ~Server() { server_->Shutdown(std::chrono::system_clock::now()); }

 private:
  InstancesService instances_;
  ScriptsService scripts_;
  GpioService gpio_;
  EventsService events_;
  DaemonService daemon_;
  HealthService health_;
  std::unique_ptr<grpc::Server> server_;
};

Upyd::Upyd() : server_(std::make_unique<Server>(*this, directory_.file("upyd.sock"))) {}

Upyd::~Upyd() = default;

}  // namespace fake
