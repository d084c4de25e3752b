#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "rpc_test.h"
#include "support/process.h"
#include "support/sanitizers.h"

namespace upyd {
namespace {

using test_support::Process;
using Clock = std::chrono::steady_clock;

/// A daemon that is to get along with 128 MiB.
constexpr uint64_t kMiB = 1u << 20, kMemory = 128 * kMiB;
constexpr const char* kConfig = R"(
grace_ms = 300
output_wait_ms = 100
max_request_bytes = 8388608
[instances]
cpu_weight = 10
[daemon]
memory = 33554432
output_memory = 8388608
compile_memory = 8388608
request_memory = 16777216
max_connections = 4096
max_calls = 4096
[[access.rule]]
who = "user:54001"
role = "operator"
max_connections = 512
promised_memory = 25165824
)";

/// Another user attacks, and a client goes on with what it does. CTest has it short; UPYD_WHOLE_FLOODS=1 has it as
/// large as it is to be withstood, and tells the figures.
class AttacksTest : public RpcTest {
 protected:
  AttacksTest() : RpcTest(kConfig) {}

  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become another user";
    upyd_.let_everyone_in();
    create("good");
    work(20);
    quiet_ = work(200);
    quiet_memory_ = memory();
  }

  static bool is_whole() { return std::getenv("UPYD_WHOLE_FLOODS") != nullptr; }
  static int whole_or(int whole, int part) { return is_whole() ? whole : part; }

  std::unique_ptr<Process> attack(const std::string& kind, int count) {
    auto flood = std::make_unique<Process>(
        std::vector<std::string>{"/usr/bin/setpriv", "--reuid", "54001", "--regid", "54001", "--clear-groups",
                                 FLOOD_PATH, upyd().address().path(), kind, std::to_string(count)});
    EXPECT_TRUE(flood->prints("the flood is on", std::chrono::seconds(60)));
    return flood;
  }

  struct Latency {
    double median_ms = 0, worst_ms = 0;  ///< of all but a hundredth
  };
  /// What a client does: one call after the other.
  Latency work(int calls) {
    std::vector<double> times;
    v1::GetInstanceRequest request;
    request.set_name("good");
    for (int i = 0; i < calls; ++i) {
      const auto begin = Clock::now();
      EXPECT_EQ(upyd().get_instance(request).name(), "good");
      times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
  }

  uint64_t memory(const char* which = "VmRSS:") const {
    std::ifstream status("/proc/" + std::to_string(upyd_.id()) + "/status");
    uint64_t kib = 0;
    for (std::string word; status >> word;) {
      if (word == which && status >> kib) break;
    }
    return kib << 10;
  }

  /// A client's calls, and what is run for it, go on beside it.
  void withstand(const char* kind, int count) {
    const auto flood = attack(kind, count);
    const Latency flooded = work(200);
    EXPECT_LE(flooded.median_ms, std::max(10 * quiet_.median_ms, 5.0)) << "quiet: " << quiet_.median_ms << " ms";
    EXPECT_EQ(run(alone("print(6 * 7)")).out, "42\n");
    EXPECT_EQ(run(in("good", "print(6 * 7)")).out, "42\n");
    if (!kSanitized) {
      EXPECT_LE(memory("VmHWM:"), kMemory);
    }
    const uint64_t flooded_memory = memory();
    flood->send_signal(SIGKILL);
    flood->wait();
    for (int i = 0; i < 10 && !soon([&] { return is_over(); }); ++i) {
    }
    EXPECT_TRUE(is_over()) << upyd().get_status().ShortDebugString();
    if (!is_whole()) return;
    std::printf(
        "%s %d: calls %.2f ms (%.2f) before, %.2f ms (%.2f) beside it; memory %.0f MiB before, %.0f beside it, "
        "%.0f at most, %.0f after it\n",
        kind, count, quiet_.median_ms, quiet_.worst_ms, flooded.median_ms, flooded.worst_ms, mib(quiet_memory_),
        mib(flooded_memory), mib(memory("VmHWM:")), mib(memory()));
  }
  static double mib(uint64_t bytes) { return static_cast<double>(bytes) / static_cast<double>(kMiB); }

  /// What the attacker had is given back.
  bool is_over() {
    const auto status = upyd().get_status();
    return status.instances() == 1 &&
           std::none_of(status.budgets().begin(), status.budgets().end(), [](const auto& each) {
             return each.principal() == "uid:54001" && each.used() > 0 && each.name() != "max_connections";
           });
  }

  Latency quiet_;
  uint64_t quiet_memory_ = 0;
};

TEST_F(AttacksTest, SilentConnections) { withstand("silent", whole_or(5000, 1000)); }
TEST_F(AttacksTest, IdleConnections) { withstand("idle", whole_or(5000, 600)); }
TEST_F(AttacksTest, Garbage) { withstand("garbage", whole_or(200, 50)); }
TEST_F(AttacksTest, ConnectionsThatComeAndGo) { withstand("churn", whole_or(10'000, 1000)); }
TEST_F(AttacksTest, StreamsThatNobodyReads) { withstand("streams", whole_or(1000, 60)); }
TEST_F(AttacksTest, LongMessages) { withstand("messages", whole_or(4, 1)); }
TEST_F(AttacksTest, CallsWithoutAPause) { withstand("calls", whole_or(16, 4)); }

}  // namespace
}  // namespace upyd
