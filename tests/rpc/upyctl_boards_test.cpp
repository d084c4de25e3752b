/// upyctl's verbs for boards that are kept, and upyd that ends and comes back.

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "support/process.h"
#include "support/temporary_directory.h"
#include "support/upyd_process.h"

namespace {

namespace fs = std::filesystem;
using test_support::ProcessEnd;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// As upyctl shows the owner of what a test has made.
const std::string kMine = "owner = 'uid:" + std::to_string(geteuid()) + "'\n";

class UpyctlBoards : public testing::Test {
 protected:
  UpyctlBoards() { start(); }

  void start() { upyd_.emplace("grace_ms = 100\n", directory_.file("state")); }
  void stop() {
    upyd_->send_signal(SIGTERM);
    EXPECT_EQ(upyd_->wait().exit_status, 0);
  }

  ProcessEnd run(std::vector<std::string> arguments, std::vector<std::string> environment = {}) const {
    arguments.insert(arguments.begin(), UPYCTL_PATH);
    environment.push_back("UPYD_HOST=" + upyd_->url());
    return test_support::run_process(arguments, environment);
  }
  /// What it prints, if it succeeds without a word.
  std::string output(const std::vector<std::string>& arguments) const {
    const ProcessEnd end = run(arguments);
    EXPECT_EQ(end.exit_status, 0) << end.err;
    EXPECT_EQ(end.err, "");
    return end.out;
  }
  bool shows(const std::string& part) const {
    for (int i = 0; i < 500; ++i) {
      if (contains(output({"ps"}), part)) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  /// An editor that does what a shell does with the file $1.
  std::vector<std::string> editor(const std::string& script) const {
    std::ofstream(directory_.file("editor")) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(directory_.file("editor"), fs::perms::owner_all);
    return {"VISUAL=" + directory_.file("editor"), "TMPDIR=" + directory_.path().string()};
  }

  const test_support::TemporaryDirectory directory_;
  std::optional<test_support::UpydProcess> upyd_;
};

TEST_F(UpyctlBoards, ABoardComesBackWithUpyd) {
  output({"create", "b", "--persistent", "--restart", "on-failure", "--heap", "256k", "--restart-delay", "2s"});
  output({"create", "passing"});
  std::ofstream(directory_.file("main.py")) << "answer = 42\n";
  output({"deploy", "b", directory_.file("main.py")});
  stop();
  start();
  EXPECT_EQ(output({"ps", "-q"}), "b\n");
  EXPECT_EQ(output({"exec", "-i", "b", "print(answer)"}), "42\n");
  EXPECT_EQ(output({"config", "b"}),
            "enabled = true\nheap_bytes = 262144\nrestart_delay_ms = 2000\nrestart = 'on-failure'\n" + kMine);
  EXPECT_TRUE(contains(output({"config", "--all", "b"}), "#wall_ms = 0\n"));
}

TEST_F(UpyctlBoards, AStoppedBoardStaysDown) {
  output({"create", "b", "--persistent"});
  output({"stop", "b"});
  EXPECT_TRUE(shows("stopped"));
  stop();
  start();
  EXPECT_TRUE(shows("stopped"));
  EXPECT_TRUE(contains(run({"exec", "-i", "b", "1"}).err, "b"));
  output({"start", "b"});
  EXPECT_TRUE(shows("idle"));
  output({"disable", "b"});
  EXPECT_TRUE(shows("idle"));
  stop();
  start();
  EXPECT_TRUE(shows("stopped"));
  output({"enable", "b"});
  stop();
  start();
  EXPECT_TRUE(shows("idle"));
}

TEST_F(UpyctlBoards, StopOfAnotherInstanceEndsWhatItRuns) {
  output({"create", "i"});
  test_support::Process loop({UPYCTL_PATH, "exec", "-i", "i", "while True: pass"}, {"UPYD_HOST=" + upyd_->url()});
  EXPECT_TRUE(shows("running"));
  output({"stop", "i"});
  EXPECT_TRUE(shows("idle"));
  EXPECT_EQ(run({"stop", "nobody"}).exit_status, 1);
}

TEST_F(UpyctlBoards, FilesAreDeployedOnABoardThatIsDown) {
  output({"create", "b", "--persistent"});
  output({"stop", "b"});
  std::ofstream(directory_.file("main.py")) << "answer = 42\n";
  output({"deploy", "--keep-down", "b", directory_.file("main.py")});
  EXPECT_TRUE(shows("stopped"));
  EXPECT_EQ(output({"fs", "ls", "b"}), "          12 main.py\n");
  output({"deploy", "b", directory_.file("main.py")});
  EXPECT_EQ(output({"exec", "-i", "b", "print(answer)"}), "42\n");
}

TEST_F(UpyctlBoards, RestartMakesTheInterpreterAnew) {
  output({"create", "b", "--persistent"});
  output({"exec", "-i", "b", "x = 1"});
  output({"restart", "b"});
  EXPECT_EQ(output({"exec", "-i", "b", "print('x' in globals())"}), "False\n");
}

TEST_F(UpyctlBoards, SettingsAreEdited) {
  output({"create", "b", "--persistent", "--heap", "256k"});
  EXPECT_EQ(
      run({"edit", "b"}, editor("sed -i 's/^heap_bytes.*/heap_bytes = 300000/; s/^#tty = .*/tty = true/' $1")).err, "");
  EXPECT_EQ(output({"config", "b"}), "enabled = true\nheap_bytes = 300000\ntty = true\n" + kMine);
  EXPECT_EQ(run({"edit", "b"}, editor("true")).err, "upyctl: nothing was changed\n");
  const ProcessEnd refused = run({"edit", "b"}, editor("echo 'heap_bytes = 1' > $1"));
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_TRUE(contains(refused.err, "heap_bytes is 1; it must be from 65536")) << refused.err;
  const std::string kept = refused.err.substr(refused.err.find("what you wrote is in ") + 21);
  EXPECT_TRUE(fs::exists(kept.substr(0, kept.find('\n')))) << refused.err;
  EXPECT_TRUE(
      contains(run({"edit", "b"}, editor("echo 'heap = 1' > $1")).err, "the text:1: there is no setting 'heap'"));
  EXPECT_EQ(output({"config", "b"}), "enabled = true\nheap_bytes = 300000\ntty = true\n" + kMine);
  output({"create", "i"});
  EXPECT_TRUE(contains(run({"edit", "i"}, editor("true")).err, "'i' is not persistent"));
  EXPECT_TRUE(contains(run({"edit", "b"}, editor("false")).err, "failed; set VISUAL or EDITOR"));
}

TEST_F(UpyctlBoards, NobodysEditIsLost) {
  output({"create", "b", "--persistent"});
  const std::string another = std::string(UPYCTL_PATH) + " --host " + upyd_->url() + " disable b";
  const ProcessEnd late = run({"edit", "b"}, editor(another + "; echo 'heap_bytes = 300000' >> $1"));
  EXPECT_EQ(late.exit_status, 1);
  EXPECT_TRUE(contains(late.err, "somebody else has changed the settings of board 'b' meanwhile")) << late.err;
  EXPECT_EQ(output({"config", "b"}), "enabled = false\n" + kMine);
  const std::string kept = late.err.substr(late.err.find("what you wrote is in ") + 21);
  std::ifstream text(kept.substr(0, kept.find('\n')));
  EXPECT_TRUE(contains({std::istreambuf_iterator<char>(text), {}}, "heap_bytes = 300000")) << late.err;
}

TEST_F(UpyctlBoards, AnEmptiedTextChangesNothing) {
  output({"create", "b", "--persistent", "--heap", "256k"});
  const ProcessEnd end = run({"edit", "b"}, editor("echo > $1"));
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_TRUE(contains(end.err, "nothing was changed, as the text is empty")) << end.err;
  EXPECT_EQ(output({"config", "b"}), "enabled = true\nheap_bytes = 262144\n" + kMine);
}

TEST_F(UpyctlBoards, WhatAFailingEditorLeftIsKept) {
  output({"create", "b", "--persistent"});
  const ProcessEnd end = run({"edit", "b"}, editor("echo 'heap_bytes = 300000' > $1; exit 3"));
  EXPECT_EQ(end.exit_status, 1);
  ASSERT_TRUE(contains(end.err, "what you wrote is in ")) << end.err;
  const std::string kept = end.err.substr(end.err.find("what you wrote is in ") + 21);
  EXPECT_TRUE(fs::exists(kept.substr(0, kept.find('\n')))) << end.err;
  EXPECT_EQ(output({"config", "b"}), "enabled = true\n" + kMine);
}

TEST_F(UpyctlBoards, AnEmptyNameIsNoName) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"create", ""}, {"exec", "-i", "", "1"}, {"exec", "--name", "", "1"}, {"repl", ""}}) {
    const ProcessEnd end = run(arguments);
    EXPECT_EQ(end.exit_status, 2) << arguments[0];
    EXPECT_TRUE(contains(end.err, "the name of an instance can't be empty")) << end.err;
  }
  EXPECT_EQ(output({"ps", "-q"}), "");
}

TEST_F(UpyctlBoards, OfWhatIsNotPersistentNoSettingsAreKept) {
  output({"create", "i"});
  const ProcessEnd end = run({"config", "i"});
  EXPECT_EQ(end.exit_status, 1);
  EXPECT_TRUE(contains(end.err, "'i' is not persistent")) << end.err;
  EXPECT_TRUE(contains(end.err, "upyctl inspect i")) << end.err;
}

TEST_F(UpyctlBoards, InspectShowsAllThatIsKnown) {
  output({"create", "b", "--persistent"});
  output({"exec", "-i", "b", "from machine import Pin\nled = Pin(3, Pin.OUT)"});
  const std::string up = output({"inspect", "b"});
  for (const char* part :
       {"\"instance\"", "\"heap_used\"", "\"bytes_total\"", "\"offset\": 3", "\"persistent\": true"}) {
    EXPECT_TRUE(contains(up, part)) << part << " in " << up;
  }
  output({"stop", "b"});
  EXPECT_TRUE(contains(output({"inspect", "b"}), "\"mem_info\": null"));
}

TEST_F(UpyctlBoards, BoardsAreDeclaredByFiles) {
  stop();
  fs::create_directory(directory_.file("boards"));
  std::ofstream(directory_.file("boards/d.toml")) << "heap_bytes = 262144\n";
  upyd_.emplace("instances_dir = '" + directory_.file("boards") + "'\n", directory_.file("state"));
  EXPECT_TRUE(shows("d "));
  EXPECT_EQ(output({"config", "d"}), "enabled = true\nheap_bytes = 262144\n");
  EXPECT_TRUE(contains(run({"edit", "d"}).err, "'d' is declared in " + directory_.file("boards/d.toml")));
  EXPECT_EQ(run({"rm", "d"}).exit_status, 1);
}

}  // namespace
