/// upyctl fs, upyd and its boards' files together.

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "support/process.h"
#include "support/temporary_directory.h"
#include "support/upyd_process.h"

namespace {

namespace fs = std::filesystem;
using test_support::ProcessEnd;

class UpyctlFs : public testing::Test {
 protected:
  using Arguments = std::vector<std::string>;

  UpyctlFs() {
    upyd::v1::CreateInstanceRequest request;
    request.set_name("b");
    request.mutable_config()->set_fs_bytes(8 << 20);
    upyd_.connection().create_instance(request);
  }

  /// Runs `upyctl fs VERB b ARGUMENTS`.
  ProcessEnd run(const std::string& verb, const Arguments& arguments, const std::string& in = "") const {
    Arguments all = {UPYCTL_PATH, "fs", verb, "b"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return test_support::run_process(all, {"UPYD_HOST=" + upyd_.url()}, in);
  }
  /// What it prints, if it succeeds without a word.
  std::string output(const std::string& verb, const Arguments& arguments) const {
    const ProcessEnd end = run(verb, arguments);
    EXPECT_EQ(end.exit_status, 0) << end.err;
    EXPECT_EQ(end.err, "");
    return end.out;
  }
  /// What it complains of.
  std::string complaint(const std::string& verb, const Arguments& arguments, int status = 1) const {
    const ProcessEnd end = run(verb, arguments);
    EXPECT_EQ(end.exit_status, status);
    return end.err;
  }

  std::string local(const std::string& name) const { return directory_.file(name); }
  std::string make(const std::string& name, const std::string& content) const {
    fs::create_directories(fs::path(local(name)).parent_path());
    std::ofstream(local(name)) << content;
    return local(name);
  }
  std::string content(const std::string& name) const {
    std::ifstream file(local(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const test_support::TemporaryDirectory directory_;
  test_support::UpydProcess upyd_;
};

TEST_F(UpyctlFs, CopiesFilesBothWays) {
  make("main.py", "print(1)\n");
  EXPECT_EQ(output("cp", {local("main.py"), ":"}), "");
  EXPECT_EQ(output("cat", {":main.py"}), "print(1)\n");
  EXPECT_EQ(output("cp", {local("main.py"), ":other.py"}), "");
  EXPECT_EQ(output("cp", {":other.py", local("back.py")}), "");
  EXPECT_EQ(content("back.py"), "print(1)\n");
  EXPECT_EQ(output("cp", {":main.py", ":copy.py"}), "");
  EXPECT_EQ(output("cat", {"copy.py", "/main.py"}), "print(1)\nprint(1)\n");
  output("mkdir", {":lib"});
  EXPECT_EQ(output("cp", {local("main.py"), local("back.py"), ":lib"}), "");
  EXPECT_EQ(output("ls", {":lib"}), "           9 back.py\n           9 main.py\n");
  fs::create_directory(local("d"));
  EXPECT_EQ(output("cp", {":main.py", ":lib/back.py", local("d")}), "");
  EXPECT_EQ(content("d/main.py"), "print(1)\n");
  EXPECT_EQ(run("cp", {"-", ":typed"}, "from a pipe").exit_status, 0);
  EXPECT_EQ(output("cp", {":typed", "-"}), "from a pipe");
}

TEST_F(UpyctlFs, CopiesTrees) {
  make("src/a.py", "a");
  make("src/p/__init__.py", "");
  make("src/p/q/deep.py", std::string(100'000, 'x'));
  fs::create_directory(local("src/empty"));
  fs::create_directory_symlink(local("src"), local("src/loop"));
  const ProcessEnd end = run("cp", {"-r", local("src"), ":"});
  EXPECT_EQ(end.exit_status, 0);
  EXPECT_EQ(end.err, "upyctl: '" + local("src/loop") + "' is neither a file nor a directory and was left out\n");
  EXPECT_EQ(output("tree", {}),
            ":/\n"
            "└── src\n"
            "    ├── a.py\n"
            "    ├── empty\n"
            "    └── p\n"
            "        ├── __init__.py\n"
            "        └── q\n"
            "            └── deep.py\n");
  output("cp", {"-r", ":src", local("back")});
  EXPECT_EQ(content("back/p/q/deep.py"), std::string(100'000, 'x'));
  EXPECT_TRUE(fs::is_directory(local("back/empty")));
  output("cp", {"-r", ":src", ":copy"});
  EXPECT_EQ(output("ls", {":copy/p"}), "           0 __init__.py\n           0 q/\n");
  output("cp", {"-r", local("src/p") + "/.", ":copy"});
  EXPECT_EQ(output("ls", {":copy"}),
            "           0 __init__.py\n           1 a.py\n           0 empty/\n           0 p/\n           0 q/\n");
  output("cp", {"-r", ":", local("all/")});
  EXPECT_EQ(content("all/src/a.py"), "a");
}

TEST_F(UpyctlFs, WhatIsTheSameIsNotWrittenAgain) {
  make("f", "same");
  EXPECT_EQ(output("cp", {"-v", local("f"), ":f"}), local("f") + " -> :f\n");
  EXPECT_EQ(output("cp", {"-v", local("f"), ":f"}), local("f") + " -> :f (up to date)\n");
  EXPECT_EQ(output("cp", {"-vf", local("f"), ":f"}), local("f") + " -> :f\n");
  make("f", "diff");
  EXPECT_EQ(output("cp", {"-v", local("f"), ":f"}), local("f") + " -> :f\n");
  EXPECT_EQ(output("cat", {":f"}), "diff");
}

TEST_F(UpyctlFs, AMistakeChangesNothing) {
  make("f", "x");
  fs::create_directory(local("d"));
  EXPECT_EQ(complaint("cp", {local("f"), local("absent"), ":"}), "upyctl: there is no '" + local("absent") + "'\n");
  EXPECT_EQ(complaint("cp", {local("f"), local("d"), ":"}),
            "upyctl: '" + local("d") + "' is a directory; copy it with -r\n");
  EXPECT_EQ(complaint("cp", {local("f"), local("f"), ":absent"}), "upyctl: ':absent' is no directory that is there\n");
  EXPECT_EQ(complaint("cp", {local("f"), ":absent/"}), "upyctl: ':absent/' is no directory that is there\n");
  EXPECT_EQ(complaint("cp", {"-r", ":", "-"}), "upyctl: '-' is no directory that is there\n");
  EXPECT_EQ(complaint("cp", {"-r", ":", local("f")}), "upyctl: '" + local("f") + "' is no directory that is there\n");
  EXPECT_EQ(complaint("cp", {":absent", local("g")}), "upyctl: there is no ':absent'\n");
  EXPECT_FALSE(fs::exists(local("g")));
  EXPECT_NE(complaint("cp", {"-f", local("f"), local("f")}).find("are both of this machine"), std::string::npos);
  EXPECT_EQ(content("f"), "x");
  make("e/f", "other");
  EXPECT_EQ(complaint("cp", {local("f"), local("e/f"), ":"}),
            "upyctl: '" + local("f") + "' and '" + local("e/f") + "' would both become ':f'\n");
  const std::string foreign = make("d/\xff", "y");
  EXPECT_NE(complaint("cp", {"-r", local("d"), ":"}).find("is not UTF-8"), std::string::npos);
  fs::remove(foreign);
  EXPECT_NE(complaint("cp", {local("f")}, 2), "");
  EXPECT_EQ(output("ls", {}), "");
}

TEST_F(UpyctlFs, WhatCanNotBeReadIsSaidBeforeAnythingIsCopied) {
  make("src/a", "a");
  make("src/b", "b");
  fs::permissions(local("src/b"), fs::perms::none);
  if (geteuid() == 0) GTEST_SKIP() << "root may read it";
  EXPECT_EQ(complaint("cp", {"-r", local("src"), ":"}),
            "upyctl: cannot read '" + local("src/b") + "': Permission denied\n");
  EXPECT_EQ(output("ls", {}), "");
}

/// By renaming trees can become deeper than a path is long.
TEST_F(UpyctlFs, OfATreeThatIsTooDeepNoPartIsTakenForTheWhole) {
  const std::string name(250, 'd');
  for (int i = 0; i < 20; ++i) {
    output("mkdir", {"-p", ":new/" + name});
    if (i > 0) output("mv", {":top", ":new/" + name + "/x"});
    output("mv", {":new", ":top"});
  }
  EXPECT_NE(complaint("tree", {}).find("the path is too long"), std::string::npos);
  EXPECT_NE(complaint("cp", {"-r", ":top", local("back")}).find("the path is too long"), std::string::npos);
  EXPECT_FALSE(fs::exists(local("back")));
  output("rm", {"-r", ":top"});
  EXPECT_EQ(output("ls", {}), "");
}

TEST_F(UpyctlFs, NamesAreNoCommandsForATerminal) {
  make("src/\x1b[2J", "x");
  EXPECT_EQ(output("cp", {"-rv", local("src"), ":"}), local("src/\\x1b[2J") + " -> :src/\\x1b[2J\n");
}

TEST_F(UpyctlFs, TheRootStays) {
  EXPECT_EQ(complaint("rm", {"-r", ":"}),
            "upyctl: '': it is the root, which can't be removed or moved; name what is in it\n");
}

/// However the copy ends.
TEST_F(UpyctlFs, WhatIsCopiedFromABoardReplacesAFileAsAWhole) {
  make("large", std::string(7 << 20, 'n'));
  output("cp", {local("large"), ":large"});
  for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
    make("to/old", "precious");
    for (int delay_ms = 0; delay_ms < 60; delay_ms += 4) {
      test_support::Process copy({UPYCTL_PATH, "fs", "cp", "b", ":large", local("to/old")},
                                 {"UPYD_HOST=" + upyd_.url()});
      std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
      copy.send_signal(signal);
      copy.wait();
      const std::string found = content("to/old");
      const bool is_copied = found != "precious";
      ASSERT_TRUE(!is_copied || found.size() == size_t{7} << 20) << found.size();
      ASSERT_EQ(std::distance(fs::directory_iterator(local("to")), {}), 1) << "nothing lies beside it";
      if (is_copied) break;
    }
  }
  make("to/target", "old");
  fs::create_symlink("target", local("to/link"));
  fs::permissions(local("to/target"), fs::perms::owner_read | fs::perms::owner_write);
  output("cp", {":large", local("to/link")});
  EXPECT_TRUE(fs::is_symlink(local("to/link")));
  EXPECT_EQ(content("to/target").size(), size_t{7} << 20);
  EXPECT_EQ(fs::status(local("to/target")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  output("cp", {":large", "/dev/null"});
}

TEST_F(UpyctlFs, WhatDoesNotFitIsSaid) {
  make("f", "small");
  output("cp", {local("f"), ":f"});
  make("f", std::string(9 << 20, 'x'));
  EXPECT_NE(complaint("cp", {local("f"), ":f"}).find("fs_bytes, 8388608"), std::string::npos);
  EXPECT_EQ(output("cat", {":f"}), "small");
}

TEST_F(UpyctlFs, MakesMovesAndRemoves) {
  output("mkdir", {":d", "e"});
  EXPECT_NE(complaint("mkdir", {":d"}).find("already"), std::string::npos);
  output("mkdir", {"-p", ":d", ":x/y"});
  output("touch", {":d/f", ":e/f"});
  output("touch", {":d/f"});
  output("mv", {":d/f", ":g"});
  output("mv", {":g", ":e"});
  EXPECT_EQ(output("ls", {":e"}), "           0 f\n           0 g\n");
  output("rm", {":e/f", ":e/g", ":e"});
  EXPECT_NE(complaint("rm", {":x", ":d"}).find("not empty"), std::string::npos);
  EXPECT_EQ(output("ls", {}), "           0 x/\n") << "one that fails does not save the others";
  output("rm", {"-r", ":x"});
  EXPECT_NE(complaint("rm", {":x"}).find("'x': there is no such file"), std::string::npos);
  output("rm", {"-f", ":x"});
  EXPECT_NE(complaint("cat", {":x"}).find("'x': there is no such file"), std::string::npos);
}

TEST_F(UpyctlFs, HashesAndCounts) {
  make("f", "abc");
  output("cp", {local("f"), ":f"});
  EXPECT_EQ(output("sha256sum", {":f"}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  f\n");
  EXPECT_EQ(output("df", {}),
            "MOUNT  SIZE   USED   AVAIL  USE%  FILES  OF    ACCESS\n"
            "/      8 MiB  512 B  8 MiB  1%    1      4096  write\n");
  EXPECT_EQ(output("tree", {"-s"}), ":/\n└── [      3 B] f\n");
}

TEST_F(UpyctlFs, ABoardThatIsNotThere) {
  const auto of = [this](const std::string& verb, const Arguments& arguments) {
    Arguments all = {UPYCTL_PATH, "fs", verb, "nobody"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const ProcessEnd end = test_support::run_process(all, {"UPYD_HOST=" + upyd_.url()});
    EXPECT_EQ(end.exit_status, 1);
    return end.err;
  };
  make("f", "x");
  const std::string expected = "upyctl: there is no instance 'nobody'\n";
  EXPECT_EQ(of("ls", {}), expected);
  EXPECT_EQ(of("cp", {local("f"), ":"}), expected);
  EXPECT_EQ(of("cp", {local("f"), ":f"}), expected);
  EXPECT_EQ(of("cp", {":f", local("g")}), expected);
  EXPECT_EQ(of("df", {}), expected);
}

/// Bash itself completes, as if the user pressed Tab.
TEST_F(UpyctlFs, BashCompletesBoardsAndPaths) {
  make("lib/module.py", "x");
  output("cp", {"-r", local("lib"), ":"});
  const auto completed = [this](const std::string& words) {
    const std::string script = "PATH=" + fs::path(UPYCTL_PATH).parent_path().string() + ":$PATH; source '" +
                               UPYCTL_COMPLETION + "'; COMP_WORDS=(upyctl " + words +
                               "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); compopt() { :; }; _upyctl; "
                               "echo \"${COMPREPLY[*]}\"";
    return test_support::run_process({"/bin/bash", "-c", script}, {"UPYD_HOST=" + upyd_.url()}).out;
  };
  EXPECT_EQ(completed("fs sha"), "sha256sum\n");
  EXPECT_EQ(completed("fs ls ''"), "b\n");
  EXPECT_EQ(completed("fs ls b li"), "lib/\n");
  EXPECT_EQ(completed("fs cat b lib/m"), "lib/module.py\n");
  EXPECT_EQ(completed("fs cp b : lib/"), "lib/module.py\n");
  EXPECT_EQ(completed("fs cp b '" + local("li") + "'"), local("lib") + "\n");
  EXPECT_EQ(completed("fs rm --re"), "--recursive\n");
}

}  // namespace
