#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using FloodsTest = RpcTest;

TEST_F(FloodsTest, AReaderThatDoesNotReadLosesOutputAndIsToldSo) {
  auto request = alone("line = 'x' * 999\nfor i in range(20000): print(line)");
  request.mutable_own()->mutable_config()->set_output_bytes(64u << 10);
  auto stream = upyd().run(request);
  EXPECT_TRUE(soon([&] {
    const auto status = upyd().get_status();
    return status.runs() == 1 && status.instances() == 0;
  })) << "the script is held up";
  const auto record = finish(stream);
  EXPECT_GT(record.dropped, 0u);
  EXPECT_EQ(record.out.size() + record.dropped, 20'000'000u);
  EXPECT_TRUE(record.outcome.has_finished());
}

TEST_F(FloodsTest, AFloodDoesNotDisturbOthers) {
  auto flood = upyd().run(alone("while True: print('x' * 999)"));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(run(alone("print(6 * 7)")).out, "42\n");
}

TEST_F(FloodsTest, AWriterThatWaitsCanBeInterrupted) {
  create("a");
  auto stream = upyd().run(in("a", "while True: print('x' * 999)"));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  interrupt("a", v1::InterruptRequest::LEVEL_INTERRUPT);
  EXPECT_TRUE(finish(stream).outcome.has_interrupted());
}

}  // namespace
}  // namespace upyd
