#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <csignal>
#include <memory>
#include <string>
#include <thread>

#include "grpc/health/v1/health.grpc.pb.h"
#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

/// A watch of one service.
class Watch {
 public:
  Watch(const Address& address, const std::string& service)
      : stub_(Health::NewStub(grpc::CreateChannel(address.grpc_target(), grpc::InsecureChannelCredentials()))) {
    HealthCheckRequest request;
    request.set_service(service);
    reader_ = stub_->Watch(&context_, request);
  }
  ~Watch() {
    context_.TryCancel();
    reader_->Finish();
  }
  /// The next status that is told; UNKNOWN: the call has ended.
  HealthCheckResponse::ServingStatus next() {
    HealthCheckResponse response;
    return reader_->Read(&response) ? response.status() : HealthCheckResponse::UNKNOWN;
  }

 private:
  const std::unique_ptr<Health::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<HealthCheckResponse>> reader_;
};

class HealthTest : public RpcTest {
 protected:
  HealthCheckResponse::ServingStatus check(const std::string& service) {
    HealthCheckRequest request;
    request.set_service(service);
    return upyd().check_health(request).status();
  }
};

TEST_F(HealthTest, OfTheDaemonAndItsServices) {
  for (const char* service : {"", "upyd.v1.InstanceService", "upyd.v1.DaemonService"}) {
    EXPECT_EQ(check(service), HealthCheckResponse::SERVING) << service;
  }
  for (const char* service : {"x", "upyd.v1", "board/", "board", "board/none"}) {
    EXPECT_EQ(code_of([&] { check(service); }), grpc::StatusCode::NOT_FOUND) << service;
  }
}

TEST_F(HealthTest, OfABoard) {
  create("a");
  EXPECT_EQ(check("board/a"), HealthCheckResponse::SERVING);
  auto own = upyd().run(alone("print('on')\nimport time\ntime.sleep(60)"));
  read_until(own, "on");
  EXPECT_EQ(code_of([&] { check("board/run-1"); }), grpc::StatusCode::NOT_FOUND) << "it is no board";
  remove("a");
  EXPECT_EQ(code_of([&] { check("board/a"); }), grpc::StatusCode::NOT_FOUND);
}

TEST_F(HealthTest, IsWatched) {
  Watch watch(upyd().address(), "board/a");
  EXPECT_EQ(watch.next(), HealthCheckResponse::SERVICE_UNKNOWN);
  create("b");
  for (int i = 0; i < 3; ++i) {
    create("a");
    EXPECT_EQ(watch.next(), HealthCheckResponse::SERVING);
    remove("a");
    EXPECT_EQ(watch.next(), HealthCheckResponse::SERVICE_UNKNOWN);
  }
}

TEST_F(HealthTest, EndsWithTheDaemon) {
  create("a");
  auto busy = upyd().run(in("a",
                            "import time\n"
                            "print('on')\n"
                            "while True:\n"
                            "  try: time.sleep(60)\n"
                            "  except KeyboardInterrupt: pass\n"));
  read_until(busy, "on");
  Watch daemon(upyd().address(), ""), board(upyd().address(), "board/a");
  EXPECT_EQ(daemon.next(), HealthCheckResponse::SERVING);
  EXPECT_EQ(board.next(), HealthCheckResponse::SERVING);
  upyd_.send_signal(SIGTERM);
  EXPECT_EQ(daemon.next(), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(board.next(), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(board.next(), HealthCheckResponse::SERVICE_UNKNOWN);
  EXPECT_EQ(upyd_.wait().exit_status, 0);
}

/// Watches that come and go while the board does never end with the wrong status.
TEST_F(HealthTest, NoChangeIsMissed) {
  for (int i = 0; i < 50; ++i) {
    create("a");
    std::thread removing([&] { remove("a"); });
    Watch watch(upyd().address(), "board/a");
    auto status = watch.next();
    if (status == HealthCheckResponse::SERVING) status = watch.next();
    EXPECT_EQ(status, HealthCheckResponse::SERVICE_UNKNOWN);
    removing.join();
  }
}

}  // namespace
}  // namespace upyd
