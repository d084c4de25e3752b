/// upyctl mip: packages from an index on loopback, on a board of upyd.

#include <gtest/gtest.h>

#include <fstream>

#include "support/process.h"
#include "support/temporary_directory.h"
#include "support/upyd_process.h"
#include "support/web_server.h"

namespace {

using test_support::ProcessEnd;
using test_support::WebServer;

constexpr const char* kGreet = "def greet(name):\n  print('hello', name)\n";
constexpr const char* kGreetHash = "07b193da";  // the beginning of its SHA-256

class UpyctlMip : public testing::Test {
 protected:
  using Arguments = std::vector<std::string>;

  UpyctlMip() { create("b", {}); }

  void create(const std::string& name, const Arguments& path) {
    upyd::v1::CreateInstanceRequest request;
    request.set_name(name);
    request.mutable_config()->mutable_path()->Assign(path.begin(), path.end());
    upyd_.connection().create_instance(request);
  }
  ProcessEnd upyctl(Arguments arguments) const {
    arguments.insert(arguments.begin(), UPYCTL_PATH);
    return test_support::run_process(arguments, {"UPYD_HOST=" + upyd_.url()});
  }
  ProcessEnd install(const Arguments& arguments, const std::string& board = "b") const {
    Arguments all = {"mip", "install", board, "--index", web_.url() + "/pi"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return upyctl(all);
  }

  WebServer web_{
      {{"/pi/package/py/greet/latest.json",
        {R"({"v": 1, "version": "2.0", "hashes": [["greet/__init__.py", "07b193da"]], "deps": [["tone", "1"]]})"}},
       {"/pi/file/07/07b193da", {kGreet}},
       {"/pi/package/py/tone/1.json", {R"({"urls": [["tone.py", "tone.py"]]})"}},
       {"/pi/package/py/tone/tone.py", {"HZ = 440\n"}}}};
  test_support::UpydProcess upyd_;
};

TEST_F(UpyctlMip, InstallsAPackageAndWhatItNeedsSoThatScriptsImportThem) {
  const ProcessEnd end = install({"greet"});
  EXPECT_EQ(end.exit_status, 0) << end.err;
  EXPECT_EQ(end.out, "installed :/lib/greet/__init__.py\ninstalled :/lib/tone.py\n");
  EXPECT_EQ(upyctl({"exec", "-i", "b", "import greet, tone; greet.greet(tone.HZ)"}).out, "hello 440\n");
}

TEST_F(UpyctlMip, LeavesWhatIsThere) {
  install({"greet"});
  EXPECT_EQ(install({"greet"}).out, "exists    :/lib/greet/__init__.py\nexists    :/lib/tone.py\n");
  const std::string line = install({"--json", "tone@1"}).out;  // its fields come in no particular order
  EXPECT_NE(line.find("\"path\":\"/lib/tone.py\""), std::string::npos) << line;
  EXPECT_NE(line.find("\"result\":\"exists\""), std::string::npos) << line;
}

TEST_F(UpyctlMip, InstallsFilesOfThisMachineAndOfTheWeb) {
  test_support::TemporaryDirectory directory;
  std::ofstream(directory.file("local.py")) << "print('local')\n";
  EXPECT_EQ(install({directory.file("local.py"), web_.url() + "/pi/package/py/tone/tone.py"}).out,
            "installed :/lib/local.py\ninstalled :/lib/tone.py\n");
  EXPECT_EQ(upyctl({"exec", "-i", "b", "import local"}).out, "local\n");
}

TEST_F(UpyctlMip, ChoosesTheDirectoryThatImportsLookInto) {
  create("c", {"", "/flash/lib", "/lib"});
  EXPECT_EQ(install({"tone@1"}, "c").out, "installed :/flash/lib/tone.py\n");
  EXPECT_EQ(install({"--target", "/other", "tone@1"}, "c").out, "installed :/other/tone.py\n");
  create("d", {""});
  const ProcessEnd end = install({"tone@1"}, "d");
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_NE(end.err.find("say where by --target"), std::string::npos) << end.err;
}

TEST_F(UpyctlMip, SaysWhatIsNotThereAndWritesNothing) {
  const ProcessEnd end = install({"tone@1", "nothing"});
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_NE(end.err.find("there is no package 'nothing'"), std::string::npos) << end.err;
  EXPECT_EQ(upyctl({"fs", "ls", "b"}).out, "");
  EXPECT_NE(install({"tone@1"}, "nobody").err.find("there is no instance 'nobody'"), std::string::npos);
}

}  // namespace
