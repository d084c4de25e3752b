#include <gtest/gtest.h>

#include <filesystem>

#include "support/expectations.h"
#include "support/script_host.h"
#include "support/temporary_directory.h"

/// Every script below tests/scripts does what its comments say: as it is, with a collection at every allocation, as a
/// blob, and again in the same instance; and survives any of its allocations failing.
namespace {

const std::string kDirectory = UPY_TESTS_DIR "/scripts";

class ScriptTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    source_ = read_text(GetParam());
    expected_ = expectations_of(source_);
    ASSERT_FALSE(expected_.output.empty() && !expected_.error) << "the script expects nothing";
  }

  /// How the script runs: with an empty directory for its files, whose name is in the environment as SCRATCH.
  upy::Config config() {
    std::filesystem::remove_all(scratch_);
    std::filesystem::create_directory(scratch_);
    upy::Config config;
    config.path = {std::filesystem::path(GetParam()).parent_path().string()};
    config.environment = {{"SCRATCH", scratch_}};
    return config;
  }

  void check(ScriptHost& host, const upy::Outcome& outcome) {
    EXPECT_EQ(host.take_output(), expected_.output);
    std::string errors = host.take_errors();
    EXPECT_EQ(last_line(errors), expected_.error.value_or("")) << errors;
    EXPECT_TRUE(outcome.kind == upy::Outcome::Kind::Finished || expected_.error);
  }

  std::string source_;
  Expectations expected_;

 private:
  const test_support::TemporaryDirectory directory_;
  const std::string scratch_ = directory_.file("scratch");
};

TEST_P(ScriptTest, DoesWhatItSays) {
  ScriptHost host(config());
  check(host, host.run(source_, GetParam()));
}

TEST_P(ScriptTest, CollectingAtEveryAllocation) {
  if (!expected_.sweep) GTEST_SKIP();
  upy::Config stressed = config();
  stressed.collect_every = 1;
  ScriptHost host(stressed);
  check(host, host.run(source_, GetParam()));
}

TEST_P(ScriptTest, AsBlob) {
  auto compiled = upy::compile_blob(source_, GetParam(), 0);
  if (!std::holds_alternative<std::string>(compiled)) GTEST_SKIP() << "does not compile, as it says";
  ScriptHost host(config());
  upy::Script script{.kind = upy::Script::Kind::Blob, .text = std::get<std::string>(compiled), .argv = {GetParam()}};
  check(host, host.run(script));
}

/// The first allocation fails in the first run, the second in the second, and so on; then a few far ones.
TEST_P(ScriptTest, SurvivesFailingAllocations) {
  if (!expected_.sweep) GTEST_SKIP();
  for (uint32_t n = 1; n < 100'000; n += 1 + n / 20) {
    upy::Config failing = config();
    failing.fail_allocation = n;
    ScriptHost host(failing);
    upy::Outcome outcome = host.run(source_, GetParam());
    bool untouched = host.instance().mem_info(false)->failures == 0;
    std::string output = host.take_output();
    // The instance goes on after whatever that did to the script.
    ASSERT_EQ(host.run("print('still here')").kind, upy::Outcome::Kind::Finished) << "after failing allocation " << n;
    ASSERT_EQ(host.take_output(), "still here\n");
    if (untouched) {
      EXPECT_EQ(output, expected_.output);
      break;
    }
  }
}

std::string name_of(const testing::TestParamInfo<std::string>& info) {
  std::string name = std::filesystem::relative(info.param, kDirectory).replace_extension().string();
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scripts, ScriptTest, testing::ValuesIn(scripts_below(kDirectory)), name_of);

}  // namespace
