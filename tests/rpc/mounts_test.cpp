#include <filesystem>
#include <fstream>

#include "rpc_test.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;

/// A directory whose `granted` scripts see as /host; `secret` lies beside it, and `granted/link` leads there.
struct Granted {
  Granted() {
    fs::create_directory(directory.file("granted"));
    fs::create_directory(directory.file("granted/inner"));
    std::ofstream(directory.file("granted/own")) << "own";
    std::ofstream(directory.file("secret")) << "secret";
    fs::create_symlink(directory.file("secret"), directory.file("granted/link"));
  }
  std::string config(const std::string& access) const {
    return "[[files.mount]]\nat = \"/host\"\naccess = \"" + access + "\"\ndirectory = \"" + directory.file("granted") +
           "\"\n[instances]\nmounts = \"" + access + "\"\n";
  }
  const test_support::TemporaryDirectory directory;
};

/// Whatever file systems a script makes and mounts, it has the files that it was granted.
class MountsTest : protected Granted, public RpcTest {
 protected:
  explicit MountsTest(const std::string& access = "write") : RpcTest(config(access)) {}

  /// Runs a script in which `attempt(f)` prints what f() answers, or the number of the OSError.
  std::string output(const std::string& script) {
    const RunRecord record =
        run(alone("import os, vfs\n"
                  "def attempt(f):\n"
                  "    try:\n"
                  "        print(f())\n"
                  "    except OSError as e:\n"
                  "        print(e.errno)\n" +
                  script));
    EXPECT_EQ(record.err, "");
    return record.out;
  }
};

TEST_F(MountsTest, NoRootLeadsOutOfWhatIsGranted) {
  // Whatever a path goes through, .. and links included, it ends at the script's own root or in `granted`.
  EXPECT_EQ(output("for root in ('/host', '..', '/host/../..', '/host/..', '/host/inner/../..', 'host/inner', '" +
                   directory.path().string() +
                   "'):\n"
                   "    fs = vfs.VfsPosix(root)\n"
                   "    for path in ('/secret', '/../secret', '/../../secret', '../secret', '/link', '/../link'):\n"
                   "        attempt(lambda: fs.open(path, 'r').read())\n"
                   "    attempt(lambda: fs.open('" +
                   directory.file("secret") + "', 'r').read())\n"),
            [] {
              std::string all;
              for (int i = 0; i < 7 * 7; i++) all += "2\n";
              return all;
            }());
}

TEST_F(MountsTest, AMountShowsNoMoreThanTheFilesDo) {
  EXPECT_EQ(output("vfs.mount(vfs.VfsPosix('/host'), '/up')\n"
                   "print(sorted(os.listdir('/up')))\n"
                   "os.chdir('/up')\n"
                   "print(sorted(os.listdir('..')))\n"
                   "attempt(lambda: open('../secret'))\n"
                   "attempt(lambda: open('/up/../secret'))\n"
                   "print(open('/up/own').read())\n"
                   "vfs.umount('/')\n"
                   "attempt(lambda: open('/own'))\n"
                   "vfs.mount(vfs.VfsPosix('/host'), '/')\n"
                   "print(open('/own').read())\n"
                   "attempt(lambda: open('/link'))\n"),
            "['inner', 'link', 'own']\n['host']\n2\n2\nown\n19\nown\n2\n");
}

TEST_F(MountsTest, WhatIsWrittenStaysBelowTheRoot) {
  EXPECT_EQ(output("fs = vfs.VfsPosix('/host/inner')\n"
                   "vfs.mount(fs, '/up')\n"
                   "with open('/up/../made', 'w') as f: f.write('x')\n"
                   "os.mkdir('/up/../directory')\n"
                   "attempt(lambda: open('/up/../link', 'w'))\n"
                   "fs.rename('/../own', '/../moved')\n"),
            "2\n");
  EXPECT_TRUE(fs::exists(directory.file("granted/made")));
  EXPECT_TRUE(fs::exists(directory.file("granted/directory")));
  EXPECT_TRUE(fs::exists(directory.file("granted/moved")));
  EXPECT_FALSE(fs::exists(directory.file("made")) || fs::exists(directory.file("directory")) ||
               fs::exists(directory.file("moved")));
}

class ReadOnlyMountsTest : public MountsTest {
 protected:
  ReadOnlyMountsTest() : MountsTest("read") {}
};

TEST_F(ReadOnlyMountsTest, NoFileSystemWritesWhereScriptsMayOnlyRead) {
  EXPECT_EQ(output("fs = vfs.VfsPosix('/host')\n"
                   "vfs.umount('/')\n"
                   "vfs.mount(fs, '/', readonly=False)\n"
                   "vfs.mount(vfs.VfsPosix('/host'), '/again')\n"
                   "for top in ('', '/again'):\n"
                   "    print(open(top + '/own').read())\n"
                   "    for mode in ('w', 'a', 'r+'):\n"
                   "        attempt(lambda: open(top + '/own', mode))\n"
                   "    attempt(lambda: os.mkdir(top + '/new'))\n"
                   "    attempt(lambda: os.rmdir(top + '/inner'))\n"
                   "    attempt(lambda: os.remove(top + '/own'))\n"
                   "    attempt(lambda: os.rename(top + '/own', top + '/other'))\n"),
            "own\n30\n30\n30\n30\n30\n30\n30\nown\n30\n30\n30\n30\n30\n30\n30\n");
  EXPECT_TRUE(fs::exists(directory.file("granted/own")) && fs::exists(directory.file("granted/inner")));
}

}  // namespace
}  // namespace upyd
