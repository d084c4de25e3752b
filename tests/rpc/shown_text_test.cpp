#include "rpc_test.h"
#include "support/process.h"

/// What scripts and clients chose is shown by upyctl and in upyd's log, and not obeyed by the terminals it is shown on.
namespace upyd {
namespace {

constexpr const char* kEvil = "\x1b[31mEVIL\x07";
constexpr const char* kShown = "\\x1b[31mEVIL\\x07";

class ShownTextTest : public RpcTest {
 protected:
  /// All that upyctl writes.
  std::string upyctl(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), UPYCTL_PATH);
    const auto end = test_support::run_process(arguments, {"UPYD_HOST=" + upyd_.url()});
    return end.out + end.err;
  }
  void write(const std::string& instance, const std::string& path, const std::string& text) {
    v1::WriteFileRequest::Target target;
    target.set_instance(instance);
    target.set_path(path);
    auto file = upyd().write_file(target);
    file.write(text);
    file.complete();
  }
  const std::string raise_ = "raise ValueError('\\x1b[31mEVIL\\x07')";
};

TEST_F(ShownTextTest, IsEscaped) {
  v1::CreateInstanceRequest request;
  request.set_name("b");
  request.set_persistent(true);
  request.mutable_config()->set_restart(v1::RESTART_POLICY_ON_FAILURE);
  request.mutable_config()->set_restart_delay_ms(1);
  request.mutable_config()->set_restart_delay_max_ms(1);
  request.mutable_config()->set_start_limit_burst(1);
  upyd().create_instance(request);
  write("b", std::string("/") + kEvil, "x");
  write("b", "/main.py", raise_);
  v1::RestartInstanceRequest restart;
  restart.set_name("b");
  upyd().restart_instance(restart);
  EXPECT_TRUE(upyd_.logs(std::string("board 'b' has failed: ValueError: ") + kShown));
  v1::RunRequest run = alone(raise_);
  run.set_file(kEvil);
  const std::string id = std::to_string(this->run(run).started.run_id());
  create("c");
  v1::RunRequest lasting = in("c", "import time\ntime.sleep(300)");
  lasting.set_file(kEvil);
  lasting.set_detached(true);
  auto stream = upyd().run(lasting);
  for (v1::RunEvent event; stream.read(event);) {
  }
  const std::vector<std::vector<std::string>> commands = {{"ps"},
                                                          {"status"},
                                                          {"inspect", "b"},
                                                          {"wait", id},
                                                          {"fs", "ls", "b"},
                                                          {"fs", "tree", "b"},
                                                          {"fs", "sha256sum", "b", std::string(":") + kEvil},
                                                          {"fs", "cat", "b", std::string(":") + kEvil + "not there"},
                                                          {"exec", "-i", "c", "pass"},
                                                          {"rm", kEvil}};
  for (const auto& command : commands) {
    const std::string shown = upyctl(command);
    EXPECT_NE(shown.find("EVIL"), std::string::npos) << command[0] << ": " << shown;
    EXPECT_EQ(shown.find_first_of("\x1b\x07"), std::string::npos) << command[0] << ": " << shown;
  }
}

TEST_F(ShownTextTest, PsTellsWhoseInstancesAre) {
  create("mine");
  const std::string table = upyctl({"ps"});
  EXPECT_NE(table.find("OWNER"), std::string::npos) << table;
}

}  // namespace
}  // namespace upyd
