#include <random>

#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;

/// Scripts and blobs that mean harm: each must be a clear error for its client, while another instance goes on.
class BadInputTest : public RpcTest {
 protected:
  explicit BadInputTest(const std::string& config = "grace_ms = 300\n") : RpcTest(config) { create("witness"); }

  void TearDown() override {
    EXPECT_EQ(run(in("witness", "print(6 * 7)")).out, "42\n");
    EXPECT_EQ(upyd().list_instances().instances_size(), 1);
  }

  /// The class of the exception that ends a script.
  std::string exception_of(const std::string& source) {
    const auto outcome = run(alone(source)).outcome;
    return outcome.has_refused() ? outcome.refused().diagnostics(0).type() : outcome.exception().type();
  }
};

/// The text of an error is sent as a header, of which clients take 8 KiB.
TEST_F(BadInputTest, LongTextsInErrors) {
  for (const std::string& text : {std::string(1'000'000, 'x'), std::string(4000, '\n')}) {
    v1::GetInstanceRequest get;
    get.set_name(text);
    EXPECT_EQ(code_of([&] { upyd().get_instance(get); }), StatusCode::NOT_FOUND);
    EXPECT_EQ(code_of([&] { line(text); }), StatusCode::NOT_FOUND);
    auto request = alone("");
    request.add_modules()->set_path(text);
    EXPECT_EQ(code_of([&] { run(request); }), StatusCode::INVALID_ARGUMENT);
  }
  auto busy = in("witness", "print('on')\nwhile True: pass");
  for (int i = 0; i < 2000; ++i) *busy.mutable_file() += "\xc3\xa9";
  auto stream = upyd().run(busy);
  const auto record = read_until(stream, "on");
  EXPECT_EQ(code_of([&] { run(in("witness", "")); }), StatusCode::FAILED_PRECONDITION);
  interrupt("witness", v1::InterruptRequest::LEVEL_KILL);
  EXPECT_TRUE(finish(stream, record).outcome.has_killed());
}

/// Whoever lists the instances gets their configs.
TEST_F(BadInputTest, LongTextsInConfigs) {
  const auto refused = [this](const v1::InstanceConfig& config) {
    return code_of([&] { create("a", config); }) == StatusCode::INVALID_ARGUMENT;
  };
  v1::InstanceConfig config;
  config.add_path(std::string(1'000'000, 'x'));
  EXPECT_TRUE(refused(config));
  config.clear_path();
  for (int i = 0; i < 1000; ++i) config.mutable_gpio()->add_inputs(std::string(100, '*'));
  EXPECT_TRUE(refused(config));
}

TEST_F(BadInputTest, SourceThatIsNone) {
  EXPECT_EQ(exception_of("def"), "SyntaxError");
  EXPECT_EQ(exception_of("  x = 1\n y = 2"), "IndentationError");
  EXPECT_EQ(exception_of(std::string("x = 1\0y = 2", 11)), "SyntaxError");
}

TEST_F(BadInputTest, ManyBrackets) {
  const std::string type = exception_of(std::string(10'000, '(') + std::string(10'000, ')'));
  EXPECT_TRUE(type == "SyntaxError" || type == "RuntimeError") << type;
}

TEST_F(BadInputTest, ALongLine) {
  const auto outcome = run(alone("x = 0" + std::string(5'000'000, '+') + "0")).outcome;
  EXPECT_TRUE(outcome.has_refused() || outcome.has_exception());
}

TEST_F(BadInputTest, EndlessRecursion) { EXPECT_EQ(exception_of("def f(): f()\nf()"), "RuntimeError"); }

TEST_F(BadInputTest, Gluttony) {
  for (const char* source : {"x = []\nwhile True: x.append(bytearray(1000))", "'x' * 10**12", "(1,) * (1 << 60)",
                             "x = 'x'\nwhile True: x += x"}) {
    const std::string type = exception_of(source);
    EXPECT_TRUE(type == "MemoryError" || type == "OverflowError") << source << ": " << type;
  }
}

TEST_F(BadInputTest, AHugePowerCanBeKilled) {
  auto request = alone("10 ** 10 ** 8");
  request.set_wall_ms(500);
  const auto outcome = run(request).outcome;
  EXPECT_TRUE(outcome.has_killed() || outcome.exception().type() == "MemoryError");
}

TEST_F(BadInputTest, ThingsThatChangeUnderneath) {
  for (const char* source : {"x = list(range(100))\nx.sort(key=lambda i: x.clear() or i)",
                             "class A:\n"
                             "    def __eq__(self, other):\n"
                             "        x.clear()\n"
                             "        return False\n"
                             "x = [A() for i in range(100)]\n"
                             "A() in x",
                             "class A:\n"
                             "    def __hash__(self): return 1\n"
                             "    def __eq__(self, other):\n"
                             "        for i in range(100): d[i] = i\n"
                             "        return False\n"
                             "d = {}\n"
                             "d[A()] = 1\n"
                             "d[A()] = 2"}) {
    const auto outcome = run(alone(source)).outcome;
    EXPECT_TRUE(outcome.has_finished() || outcome.has_exception()) << source;
  }
}

TEST_F(BadInputTest, GarbageIsNoBlob) {
  v1::CompileRequest compile;
  compile.set_source("def f(x):\n    return [i * x for i in range(10)]\nprint(f(3))");
  const std::string blob = upyd().compile(compile).blob();
  auto request = alone("");
  const auto refused = [&](const std::string& bytes) {
    request.set_blob(bytes);
    const auto outcome = run(request).outcome;
    return outcome.has_refused() || outcome.has_exception();
  };
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("garbage"));
  EXPECT_TRUE(refused(blob.substr(0, blob.size() / 2)));
  EXPECT_TRUE(refused(std::string(1'000'000, '\xFF')));
}

/// Where blobs of others are accepted.
class AnyBlobTest : public BadInputTest {
 protected:
  AnyBlobTest() : BadInputTest("[blobs]\naccept = \"any\"\n") {}
};

/// A blob with a few wrong bytes may be refused or, where those of others are accepted, may do something else; it never
/// harms the daemon.
TEST_F(AnyBlobTest, DamagedBlobs) {
  v1::CompileRequest compile;
  compile.set_source("def f(x):\n    return [i * x for i in range(10)]\nprint(f(3))");
  const std::string blob = upyd().compile(compile).blob();
  std::mt19937 random(1);
  auto request = alone("");
  request.set_wall_ms(200);
  for (int i = 0; i < 200; ++i) {
    std::string damaged = blob;
    for (int j = 0; j < 3; ++j) damaged[random() % damaged.size()] = static_cast<char>(random());
    request.set_blob(damaged);
    run(request);
  }
}

}  // namespace
}  // namespace upyd
