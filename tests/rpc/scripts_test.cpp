#include <filesystem>

#include "rpc_test.h"
#include "support/expectations.h"

namespace upyd {
namespace {

const std::string kScripts = UPY_TESTS_DIR "/scripts";

struct Scratch {
  const test_support::TemporaryDirectory scratch;
};

/// The script tests, each in an instance of its own that sees their folder as /tests, and /scratch to write to.
/// They do the same here as in an interpreter alone.
class HostedScriptsTest : Scratch, public RpcTest {
 protected:
  HostedScriptsTest()
      : RpcTest(
            "output_wait_ms = 60000\n"
            "[[files.mount]]\n"
            "at = \"/tests\"\n"
            "directory = \"" +
            kScripts +
            "\"\n"
            "[[files.mount]]\n"
            "at = \"/scratch\"\n"
            "access = \"write\"\n"
            "directory = \"" +
            scratch.path().string() +
            "\"\n"
            "[instances]\n"
            "mounts = \"write\"\n") {}

  void check(const std::string& path) {
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path())) {
      std::filesystem::remove_all(entry.path());
    }
    const std::string source = read_text(path);
    const Expectations expected = expectations_of(source);
    const std::filesystem::path file = std::filesystem::relative(path, kScripts);
    v1::RunRequest request = alone(source);
    request.set_file(file.string());
    request.mutable_own()->mutable_config()->add_path("/tests/" + file.parent_path().string());
    const RunRecord record = run(request);
    EXPECT_EQ(record.out, expected.output);
    EXPECT_EQ(last_line(record.err + traceback_of(record.outcome)), expected.error.value_or(""));
    EXPECT_TRUE(record.outcome.has_finished() || expected.error);
  }

 private:
  /// A script that does not compile has no output; its traceback comes with the outcome.
  static std::string traceback_of(const v1::Outcome& outcome) {
    return outcome.has_refused() ? outcome.refused().diagnostics(0).traceback() : "";
  }
};

TEST_F(HostedScriptsTest, DoWhatTheySay) {
  for (const std::string& path : scripts_below(kScripts)) {
    SCOPED_TRACE(path);
    check(path);
  }
}

}  // namespace
}  // namespace upyd
