#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "rpc_test.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using upyclient::RunWithInputStream;

/// Runs with standard input of their own.
class RunInputTest : public RpcTest {
 protected:
  /// Goes on until input is wanted once more, or the run has ended.
  static void read_until_wanted(RunWithInputStream& stream, RunRecord& record) {
    for (const int before = record.wants; record.wants == before && RpcTest::record(stream, record);) {
    }
  }
  static RunRecord finish(RunWithInputStream& stream, RunRecord so_far = {}) {
    while (record(stream, so_far)) {
    }
    return so_far;
  }
};

TEST_F(RunInputTest, InputComesWhenItIsWanted) {
  auto stream = upyd().run_with_input(alone("a = input('? ')\nb = input()\nprint(a + b)"));
  RunRecord record;
  read_until_wanted(stream, record);
  EXPECT_EQ(record.out, "? ") << "what was written before is told first";
  stream.write("one\n");
  read_until_wanted(stream, record);
  EXPECT_EQ(record.wants, 2);
  stream.write("two\nrest");
  EXPECT_EQ(finish(stream, record).out, "? onetwo\n");
}

TEST_F(RunInputTest, WhoeverDoesNotReadWantsNone) {
  auto stream = upyd().run_with_input(alone("print(1)"));
  const RunRecord record = finish(stream);
  EXPECT_EQ(record.wants, 0);
  EXPECT_EQ(record.out, "1\n");
}

TEST_F(RunInputTest, AllBytesArriveAndTheirEnd) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  auto stream = upyd().run_with_input(alone(
      "import sys\nd = sys.stdin.buffer.read()\nprint(len(d), d == bytes(range(256)) * 1000)\ntry: input()\nexcept "
      "EOFError: print('end')"));
  std::thread typing([&] {
    for (int i = 0; i < 1000; ++i) stream.write(bytes);
    stream.end_input();
  });
  EXPECT_EQ(finish(stream).out, "256000 True\nend\n");
  typing.join();
}

TEST_F(RunInputTest, ItStandsInPlaceOfTheConsoles) {
  create("a");
  auto console = open_console(console_of("a"));
  console.write("console\n");
  auto stream = upyd().run_with_input(in("a", "print(input())"));
  stream.write("own\n");
  EXPECT_EQ(finish(stream).out, "own\n");
  EXPECT_EQ(run(in("a", "print(input())")).out, "console\n");
}

TEST_F(RunInputTest, BadRequestsEndTheCall) {
  v1::RunRequest nothing;
  auto refused = upyd().run_with_input(nothing);
  EXPECT_EQ(code_of([&] { finish(refused); }), StatusCode::INVALID_ARGUMENT);
  create("a");
  {
    auto stream = upyd().run_with_input(in("a", "input()"));
    RunRecord record;
    read_until_wanted(stream, record);
  }
  EXPECT_TRUE(soon([&] { return !upyd().list_instances().instances(0).has_run(); })) << "a client that leaves";
}

// ---- upyctl ----

class UpyctlInputTest : public RunInputTest {
 protected:
  test_support::ProcessEnd upyctl(std::vector<std::string> arguments, const std::string& in = "") {
    arguments.insert(arguments.begin(), {UPYCTL_PATH, "--host", upyd_.url()});
    return test_support::run_process(arguments, {}, in);
  }
};

TEST_F(UpyctlInputTest, ScriptsReadTheStandardInput) {
  const std::string much(200'000, 'x');
  const auto end = upyctl({"exec", "import sys\nprint(input())\nprint(len(sys.stdin.read()))"}, "first\n" + much);
  EXPECT_EQ(end.out, "first\n200000\n");
  EXPECT_EQ(upyctl({"exec", "import sys\nprint(repr(sys.stdin.buffer.read()))"}, "\x03\x04").out, "b'\\x03\\x04'\n");
}

TEST_F(UpyctlInputTest, TheRestOfItIsForOthersWhereTheScriptDoesNotRead) {
  const std::string loop = std::string("while read line; do echo $line; ") + UPYCTL_PATH + " --host " + upyd_.url() +
                           " exec 'print(1)'; done";
  EXPECT_EQ(test_support::run_process({"/bin/sh", "-c", loop}, {}, "a\nb\n").out, "a\n1\nb\n1\n");
}

TEST_F(UpyctlInputTest, ItCanBeRefused) {
  const auto end = upyctl({"exec", "-n", "input()"}, "x\n");
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_NE(end.err.find("EOFError"), std::string::npos);
}

}  // namespace
}  // namespace upyd
