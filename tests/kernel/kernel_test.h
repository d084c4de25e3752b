#pragma once

#include "kernel/rig_chip.h"
#include "rpc/rpc_test.h"

namespace upyd {

/// Tests of a daemon and a chip of the kernel's. The chip is known by its label, so its lines are "rig:0" and so on;
/// instances may use them all.
class KernelTest : public RpcTest {
 protected:
  static constexpr uint32_t kLines = 8;
  static constexpr const char* kConfig =
      "grace_ms = 300\n"
      "output_wait_ms = 100\n"
      "[instances]\n"
      "gpio = ['rig:*']\n"
      "[gpio]\n"
      "chips = ['rig']\n";

  explicit KernelTest(const std::string& more_config = "") : RpcTest(kConfig + more_config) { create("a"); }

  /// Runs a script that does not fail, and returns what it printed.
  std::string output_of(const std::string& instance, const std::string& source) {
    const RunRecord record = run(in(instance, source));
    EXPECT_TRUE(record.outcome.has_finished()) << record.err;
    return record.out;
  }

  std::optional<test_support::RigChip> chip_{std::in_place, kLines};
};

}  // namespace upyd
