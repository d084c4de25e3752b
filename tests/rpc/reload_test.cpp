#include <csignal>
#include <string>

#include "rpc_test.h"
#include "support/socket_talk.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using test_support::SocketTalk;

class ReloadTest : public RpcTest {
 protected:
  ReloadTest() : RpcTest("max_instances = 5\n") {}

  uint32_t max_instances() { return upyd().get_status().max_instances(); }
};

TEST_F(ReloadTest, LimitsAndDefaultsHoldFromThenOn) {
  create("a");
  auto busy = upyd().run(in("a", "print('on')\nwhile True: pass"));
  read_until(busy, "on");
  upyd_.reload("max_instances = 2\n[instances]\nheap_bytes = 131072\n[maxima]\nheap_bytes = 200000\n");
  EXPECT_TRUE(upyd_.logs("reloaded, now hold instances.heap_bytes, max_instances, maxima.heap_bytes"));
  EXPECT_EQ(max_instances(), 2u);
  EXPECT_EQ(create("b").config().heap_bytes(), 131072u);
  EXPECT_EQ(code_of([&] { create("c"); }), grpc::StatusCode::RESOURCE_EXHAUSTED);
  remove("b");
  v1::InstanceConfig large;
  large.set_heap_bytes(1 << 20);
  EXPECT_EQ(code_of([&] { create("b", large); }), grpc::StatusCode::INVALID_ARGUMENT);
  v1::GetInstanceRequest request;
  request.set_name("a");
  EXPECT_EQ(upyd().get_instance(request).config().heap_bytes(), 2u << 20) << "an instance keeps what it has";
  EXPECT_TRUE(upyd().get_instance(request).has_run()) << "and goes on";
  remove("a");
}

TEST_F(ReloadTest, WhatTakesARestartIsSaidEachTime) {
  const std::string config = "max_instances = 3\nmax_request_bytes = 2000000\n[gpio]\nlines = [\"x\"]\n";
  upyd_.reload(config);
  EXPECT_TRUE(upyd_.logs("reloaded, now hold max_instances; take a restart: gpio.lines, max_request_bytes"));
  upyd_.reload(config);
  EXPECT_TRUE(upyd_.logs("reloaded, nothing has changed; take a restart: gpio.lines, max_request_bytes"));
  EXPECT_EQ(max_instances(), 3u);
}

TEST_F(ReloadTest, AWrongConfigChangesNothing) {
  upyd_.reload("max_instances = 7\nlog_levl = \"info\"\n");
  EXPECT_TRUE(upyd_.logs("the config was not reloaded, all is as it was: "));
  EXPECT_TRUE(upyd_.logs("upyd.toml:2: there is no setting 'log_levl'; there are "));
  EXPECT_EQ(max_instances(), 5u);
  upyd_.reload("max_instances = 7\n[metrics]\nlisten = \"unix:///nowhere/at/all.sock\"\n");
  EXPECT_TRUE(upyd_.logs("/nowhere/at"));
  EXPECT_EQ(max_instances(), 5u);
}

TEST_F(ReloadTest, MetricsComeMoveAndGo) {
  const test_support::TemporaryDirectory directory;
  const auto serves = [](const std::string& path) {
    const SocketTalk talk(path);
    talk.send("GET /metrics HTTP/1.1\r\n\r\n");
    return talk.connected() && talk.read_all().starts_with("HTTP/1.1 200 OK");
  };
  const std::string first = directory.file("first"), second = directory.file("second");
  upyd_.reload("[metrics]\nlisten = \"unix://" + first + "\"\n");
  EXPECT_TRUE(soon([&] { return serves(first); }));
  upyd_.reload("[metrics]\nlisten = \"unix://" + second + "\"\n");
  EXPECT_TRUE(soon([&] { return serves(second); }));
  EXPECT_FALSE(serves(first));
  upyd_.reload("");
  EXPECT_TRUE(soon([&] { return !serves(second); }));
}

TEST_F(ReloadTest, SignalsInFloodsDoNoHarm) {
  for (int i = 0; i < 1000; ++i) upyd_.send_signal(SIGHUP);
  EXPECT_EQ(max_instances(), 5u);
  upyd_.send_signal(SIGTERM);
  EXPECT_EQ(upyd_.wait().exit_status, 0);
}

}  // namespace
}  // namespace upyd
