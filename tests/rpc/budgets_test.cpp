#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <string>
#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using test_support::Process;
using test_support::ProcessEnd;

/// Those of the tests' daemons, and the quotas of a user.
constexpr const char* kConfig = R"(
grace_ms = 300
output_wait_ms = 100
max_instances = 8
[daemon]
promised_memory = 67108864
memory = 16777216
compile_memory = 1048576
output_memory = 262144
max_calls = 16
[[access.rule]]
who = "user:54001"
role = "operator"
max_instances = 2
promised_memory = 8388608
cpu_weight = 20
)";

class BudgetsTest : public RpcTest {
 protected:
  BudgetsTest() : RpcTest(kConfig) {}

  /// Why a call ends; empty: it does not fail.
  static std::string error_of(const std::function<void()>& call) try {
    call();
    return "";
  } catch (const upyclient::Error& error) {
    return std::to_string(error.code()) + ": " + error.what();
  }
  static v1::InstanceConfig heap_of(uint64_t bytes) {
    v1::InstanceConfig config;
    config.set_heap_bytes(bytes);
    return config;
  }
  uint64_t used(const std::string& budget) {
    const auto status = upyd().get_status();
    for (const v1::Budget& each : status.budgets()) {
      if (each.name() == budget && each.principal().empty()) return each.used();
    }
    return UINT64_MAX;
  }
};

/// By upyctl, as somebody who has quotas.
class QuotasTest : public BudgetsTest {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become another user";
    upyd_.let_everyone_in();
  }
  ProcessEnd upyctl(const std::vector<std::string>& arguments) {
    std::vector<std::string> all = {"/usr/bin/setpriv", "--reuid",  "54001", "--regid", "54001",
                                    "--clear-groups",   UPYCTL_PATH};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return Process(all, {"UPYD_HOST=" + upyd_.url()}).wait(std::chrono::seconds(120));
  }
};

#define EXPECT_HAS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)

TEST_F(BudgetsTest, InstancesCannotBePromisedMoreThanThereIs) {
  create("a", heap_of(40u << 20));
  const std::string error = error_of([&] { create("b", heap_of(40u << 20)); });
  EXPECT_EQ(error.substr(0, 2), "8:");
  EXPECT_HAS(error, "upyd has 64 MiB for all, of which 40.5 MiB are taken (promised_memory in upyd.toml)");
  EXPECT_HAS(error, "no room for 40.5 MiB more");
  create("c", heap_of(20u << 20));
  remove("a");
  create("b", heap_of(40u << 20));
}

TEST_F(BudgetsTest, WhatInstancesUseIsBounded) {
  create("a", heap_of(48u << 20));
  const auto greedy = in("a",
                         "kept = []\n"
                         "try:\n"
                         "  while True: kept.append(bytearray(100000))\n"
                         "except MemoryError as error:\n"
                         "  print(len(kept) > 100, error)\n");
  EXPECT_HAS(run(greedy).out, "True memory allocation failed, allocating 100");
  EXPECT_HAS(run(in("a", "try: bytearray(8000000)\nexcept MemoryError as error: print(error)")).out,
             "the host has no memory left for them");
  EXPECT_GT(used("memory"), 10u << 20);
  EXPECT_EQ(run(in("a", "kept = None\nimport gc\ngc.collect()\nprint(len(bytearray(8000000)))")).out, "8000000\n");
  remove("a");
  EXPECT_EQ(used("memory"), 0u);
  EXPECT_EQ(used("promised_memory"), 0u);
  EXPECT_EQ(used("max_instances"), 0u);
}

TEST_F(BudgetsTest, WhoComesLastIsRefusedWhereNoMemoryIsLeft) {
  create("a", heap_of(48u << 20));
  run(in("a", "kept = []\ntry:\n  while True: kept.append(bytearray(4000))\nexcept MemoryError: pass\n"));
  EXPECT_HAS(error_of([&] { create("b"); }), "(memory in upyd.toml)");
}

TEST_F(BudgetsTest, CompilingTakesNoMoreThanItsBudget) {
  std::string source;
  for (int i = 0; i < 20'000; ++i) source += "a" + std::to_string(i) + " = " + std::to_string(i) + "\n";
  v1::CompileRequest request;
  request.set_source(source);
  const auto compiled = upyd().compile(request);
  ASSERT_EQ(compiled.diagnostics().diagnostics_size(), 1);
  EXPECT_HAS(compiled.diagnostics().diagnostics(0).message(), "the host has no memory left for compiling");
  EXPECT_HAS(run(alone(source)).outcome.refused().diagnostics(0).message(), "no memory left for compiling");
  EXPECT_EQ(used("compile_memory"), 0u);
  EXPECT_EQ(run(alone("print(1)")).out, "1\n");
}

TEST_F(BudgetsTest, CallsThatGoOnAreBounded) {
  std::deque<upyclient::WatchStream> streams;
  for (int i = 0; i < 8; ++i) streams.push_back(upyd().watch_events());
  EXPECT_TRUE(soon(
      [&] { return error_of([&] { upyd().get_status(); }).find("(max_calls in upyd.toml)") != std::string::npos; }));
  streams.clear();
  EXPECT_TRUE(soon([&] { return error_of([&] { upyd().get_status(); }).empty(); }));
}

/// What nobody reads is dropped at last, and little is kept of it; what is short gets through.
TEST_F(BudgetsTest, OutputThatNobodyReadsIsBounded) {
  create("loud");
  auto loud = upyd().run(in("loud", "for i in range(1000): print('x' * 999)"));
  EXPECT_TRUE(soon([&] { return upyd().get_status().running() == 0; }));
  EXPECT_LE(used("output_memory"), 256u << 10);
  EXPECT_EQ(run(alone("print(6 * 7)")).out, "42\n");
  const auto record = finish(loud);
  EXPECT_EQ(record.out.size() + record.dropped, 1'000'000u);
  EXPECT_EQ(used("output_memory"), 0u);
}

TEST_F(BudgetsTest, AReloadChangesThem) {
  std::string config = kConfig;
  config.replace(config.find("max_instances = 8"), 17, "max_instances = 1");
  create("a");
  upyd_.reload(config);
  EXPECT_TRUE(soon([&] { return upyd().get_status().max_instances() == 1; }));
  EXPECT_HAS(error_of([&] { create("b"); }), "max_instances in upyd.toml");
}

TEST_F(QuotasTest, NobodyHasMoreThanTheRulesGive) {
  for (const char* const name : {"a", "b"}) ASSERT_EQ(upyctl({"create", name}).exit_status, 0);
  const ProcessEnd third = upyctl({"create", "c"});
  EXPECT_NE(third.exit_status, 0);
  EXPECT_HAS(third.err, "uid:54001 may have 2 instances and has 2 instances");
  create("c");
  ASSERT_EQ(upyctl({"rm", "b"}).exit_status, 0);
  EXPECT_HAS(upyctl({"create", "--heap", "8m", "b"}).err,
             "uid:54001 may have 8 MiB and has 2.5 MiB (promised_memory of an [[access.rule]] in upyd.toml)");
  ASSERT_EQ(upyctl({"create", "b"}).exit_status, 0);
}

TEST_F(QuotasTest, TheWeightOfInstancesIsBounded) {
  ASSERT_EQ(upyctl({"create", "a"}).exit_status, 0);
  ASSERT_EQ(upyctl({"create", "--cpu-weight", "5", "b"}).exit_status, 0);
  create("c");
  const auto weight = [&](const char* name) {
    v1::GetInstanceRequest request;
    request.set_name(name);
    return upyd().get_instance(request).config().cpu_weight();
  };
  EXPECT_EQ(weight("a"), 20u);
  EXPECT_EQ(weight("b"), 5u);
  EXPECT_EQ(weight("c"), 100u);
}

/// More of each than there are CPUs to share.
TEST_F(BudgetsTest, BusyInstancesShareTheCpuByTheirWeights) {
  upyd_.reload("max_instances = 1000\n");
  ASSERT_TRUE(soon([&] { return upyd().get_status().max_instances() == 1000; }));
  std::deque<upyclient::RunStream> busy;
  const unsigned pairs = 2 * std::thread::hardware_concurrency();
  for (unsigned i = 0; i < 2 * pairs; ++i) {
    v1::InstanceConfig config;
    config.set_cpu_weight(i % 2 == 0 ? 100 : 5);
    const std::string name = (i % 2 == 0 ? "heavy-" : "light-") + std::to_string(i);
    create(name, config);
    busy.push_back(upyd().run(in(name, "while True: pass")));
  }
  const auto share = [&] {
    uint64_t heavy = 0, light = 0;
    const auto list = upyd().list_instances();
    for (const v1::Instance& each : list.instances()) {
      (each.name()[0] == 'h' ? heavy : light) += each.cpu_ns();
    }
    return static_cast<double>(heavy) / static_cast<double>(std::max<uint64_t>(light, 1));
  };
  EXPECT_TRUE(soon([&] { return share() > 5; })) << share();
}

TEST_F(QuotasTest, EachSeesWhatTheyHave) {
  ASSERT_EQ(upyctl({"create", "a"}).exit_status, 0);
  create("b");
  const std::string own = upyctl({"status"}).out;
  EXPECT_HAS(own, "uid:54001");
  EXPECT_EQ(own.find("uid:0"), std::string::npos) << own;
  std::string holders;
  const auto status = upyd().get_status();
  for (const v1::Budget& budget : status.budgets()) {
    if (budget.name() == "max_instances") holders += budget.principal() + " " + std::to_string(budget.used()) + ";";
  }
  EXPECT_EQ(holders, " 2;uid:0 1;uid:54001 1;");
}

}  // namespace
}  // namespace upyd
