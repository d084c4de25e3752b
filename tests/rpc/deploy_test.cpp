/// FileService.DeployFiles, and `upyctl deploy`.

#include <filesystem>
#include <fstream>

#include "rpc_test.h"
#include "support/process.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;
using test_support::ProcessEnd;

class DeployTest : public RpcTest {
 protected:
  DeployTest() {
    v1::InstanceConfig config;
    config.set_fs_bytes(100'000);
    create("b", config);
  }

  upyclient::FileDeployer deploying(bool replace_all = false) {
    v1::DeployFilesRequest::Target target;
    target.set_instance("b");
    target.set_replace_all(replace_all);
    return upyd().deploy_files(target);
  }
  static void add(upyclient::FileDeployer& deployer, const std::string& path, const std::string& bytes) {
    deployer.begin_file(path);
    deployer.write(bytes);
    deployer.end_file();
  }
  /// What a script prints there, once main.py is over.
  std::string output_of(const std::string& script) {
    std::string out;
    EXPECT_TRUE(soon([&] {
      try {
        out = run(in("b", script)).out;
        return true;
      } catch (const upyclient::Error& error) {
        return error.code() != grpc::FAILED_PRECONDITION;
      }
    }));
    return out;
  }
  std::string content(const std::string& path) { return output_of("print(open('" + path + "').read(), end='')"); }
  std::string listing() { return output_of("import os\nprint(sorted(x[0] for x in os.ilistdir('/')))"); }
  std::string refusal(const std::function<void(upyclient::FileDeployer&)>& act) {
    auto deployer = deploying();
    try {
      act(deployer);
      deployer.complete();
    } catch (const upyclient::Error& error) {
      return error.what();
    }
    return "nothing";
  }

  ProcessEnd upyctl(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), UPYCTL_PATH);
    return test_support::run_process(arguments, {"UPYD_HOST=" + upyd_.url()});
  }
};

TEST_F(DeployTest, AllFilesAreThereAtOnce) {
  run(in("b", "open('old', 'w').write('1')"));
  auto deployer = deploying();
  add(deployer, "main.py", "x = 1\n");
  add(deployer, "/lib/deep/a.py", std::string(50'000, 'a'));
  EXPECT_EQ(listing(), "['old']\n");
  const v1::DeployFilesResponse answer = deployer.complete();
  EXPECT_EQ(answer.files(), 2u);
  EXPECT_EQ(answer.bytes(), 50'006u);
  EXPECT_EQ(listing(), "['lib', 'main.py', 'old']\n");
  EXPECT_EQ(content("/lib/deep/a.py").size(), 50'000u);
}

TEST_F(DeployTest, MayReplaceAll) {
  run(in("b", "import os\nopen('old', 'w').write('1')\nos.mkdir('dir')\nopen('dir/x', 'w').write('1')"));
  auto deployer = deploying(true);
  add(deployer, "dir", "a file now");
  deployer.complete();
  EXPECT_EQ(listing(), "['dir']\n");
  EXPECT_EQ(content("dir"), "a file now");
}

TEST_F(DeployTest, RestartsTheInstance) {
  run(in("b", "import machine\nx = 1"));
  auto stream = upyd().run(in("b", "try:\n  print(1)\n  while True: pass\nfinally: open('last', 'w').write('words')"));
  const auto record = read_until(stream, "1\n");
  auto deployer = deploying();
  add(deployer, "main.py", "y = open('last').read()\n");
  deployer.complete();
  EXPECT_EQ(finish(stream, record).outcome.kind_case(), v1::Outcome::kStopped);
  EXPECT_EQ(output_of("print('x' in globals(), y)"), "False words\n");
}

TEST_F(DeployTest, ThatBreaksOffChangesNothing) {
  {
    auto deployer = deploying(true);
    add(deployer, "a", "1");
    deployer.begin_file("b");
    deployer.write("1");
  }
  EXPECT_EQ(listing(), "[]\n");
  EXPECT_TRUE(soon([&] {
    upyd::v1::GetDiskUsageRequest request;
    request.set_instance("b");
    return upyd().get_disk_usage(request).files_used() == 0;
  }));
}

/// Where a file has ended, too: what has come is no less than what could be a deployment.
TEST_F(DeployTest, ThatBreaksOffBetweenFilesChangesNothing) {
  run(in("b", "open('old', 'w').write('1')"));
  for (int i = 0; i < 30; ++i) {
    auto deployer = deploying(true);
    add(deployer, "a", "1");
  }
  EXPECT_EQ(listing(), "['old']\n");
}

TEST_F(DeployTest, MistakesAreTold) {
  run(in("b", "import os\nos.mkdir('dir')\nopen('file', 'w').write('1')"));
  EXPECT_EQ(refusal([](auto& deployer) { deployer.write("1"); }), "bytes come after the path of their file");
  EXPECT_EQ(refusal([](auto& deployer) { deployer.end_file(); }), "there is no file that could be complete");
  EXPECT_EQ(refusal([](auto& deployer) { deployer.begin_file("a"); }), "'a' was not complete; nothing was deployed");
  EXPECT_EQ(refusal([](auto& deployer) {
              deployer.begin_file("a");
              deployer.begin_file("b");
            }),
            "'a' is not complete yet");
  EXPECT_EQ(refusal([](auto& deployer) { deployer.begin_file(""); }), "a file needs a path");
  EXPECT_EQ(refusal([](auto& deployer) {
              add(deployer, "a", "1");
              add(deployer, "/x/../a", "1");
            }),
            "there are two files '/x/../a'; nothing was deployed");
  EXPECT_EQ(refusal([](auto& deployer) { add(deployer, "dir", "1"); }), "'/dir': it is a directory");
  EXPECT_EQ(refusal([](auto& deployer) { add(deployer, "file/x", "1"); }),
            "'/file/x': it is no directory, or a name before its last is none");
  EXPECT_EQ(refusal([](auto& deployer) { add(deployer, "..", "1"); }), "'..': it is a directory");
  EXPECT_NE(
      refusal([](auto& deployer) { add(deployer, "big", std::string(100'001, 'x')); }).find("its fs_bytes, 100000"),
      std::string::npos);
  EXPECT_EQ(listing(), "['dir', 'file']\n");
}

TEST_F(DeployTest, PathsDoNotLeadOut) {
  auto deployer = deploying();
  add(deployer, "../../x/../escaped", "1");
  deployer.complete();
  EXPECT_EQ(listing(), "['escaped']\n");
}

TEST_F(DeployTest, ByUpyctl) {
  const test_support::TemporaryDirectory project;
  fs::create_directories(project.path() / "lib/__pycache__");
  fs::create_directories(project.path() / ".git");
  std::ofstream(project.file("main.py")) << "x = 1234\n";
  std::ofstream(project.file("lib/a.py")) << "a";
  std::ofstream(project.file("lib/__pycache__/a.pyc")) << "a";
  std::ofstream(project.file(".git/x")) << "a";
  ProcessEnd end = upyctl({"deploy", "b", project.path()});
  EXPECT_EQ(end.err, "");
  EXPECT_EQ(end.out, "2 files of 10 B deployed on b\n");
  EXPECT_EQ(listing(), "['lib', 'main.py']\n");
  EXPECT_EQ(content("/lib/a.py"), "a");
  end = upyctl({"deploy", "--clean", "b", project.file("main.py"), project.file("lib")});
  EXPECT_EQ(end.err, "");
  EXPECT_EQ(listing(), "['lib', 'main.py']\n");
  end = upyctl({"deploy", "--clean", "b", project.file("lib/a.py")});
  EXPECT_EQ(listing(), "['a.py']\n");
  end = upyctl({"deploy", "b", project.file("main.py"), project.file("lib") + "/../main.py"});
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_NE(end.err.find("would both be 'main.py' on the board"), std::string::npos) << end.err;
  EXPECT_EQ(upyctl({"deploy", "b", project.file("none")}).err, "upyctl: there is no '" + project.file("none") + "'\n");
  EXPECT_EQ(upyctl({"deploy", "b", project.file("lib/__pycache__")}).exit_status, 0) << "named, it is taken";
  EXPECT_EQ(upyctl({"deploy", "none", project.path()}).exit_status, 1);
}

}  // namespace
}  // namespace upyd
