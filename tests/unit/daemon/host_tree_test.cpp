#include "files/host_tree.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;
using Resolver = FileRoot::Resolver;
using Replace = FileTree::Replace;

/// A directory of the host, `granted`, that lies beside what was not granted.
class HostTreeTest : public testing::TestWithParam<Resolver> {
 protected:
  HostTreeTest() {
    fs::create_directories(real("sub"));
    make("../outside", "outside");
    make("file", "old");
    const int root = open(real("").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    tree_.emplace(std::make_shared<FileRoot>(root, Links::Follow, GetParam()), HostTree::Access::Write);
  }

  std::string real(const std::string& path) const { return directory_.file("granted/" + path); }
  void make(const std::string& path, const std::string& text) const { std::ofstream(real(path)) << text; }
  std::string text(const std::string& path) const {
    std::ifstream file(real(path));
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void link(const std::string& path, const std::string& target) const { fs::create_symlink(target, real(path)); }

  std::unique_ptr<NewFile> begun(const std::string& path) {
    std::unique_ptr<NewFile> file;
    EXPECT_FALSE(tree_->begin_file(path, Replace::Allowed, file)) << path;
    return file;
  }
  /// By FileService.
  int write(const std::string& path, Replace how = Replace::Allowed) {
    std::unique_ptr<NewFile> file;
    if (auto error = tree_->begin_file(path, how, file)) return error.number;
    if (auto error = file->write("new", 3)) return error.number;
    return file->complete().number;
  }

  const test_support::TemporaryDirectory directory_;
  std::optional<HostTree> tree_;
};

INSTANTIATE_TEST_SUITE_P(Resolvers, HostTreeTest, testing::Values(Resolver::Kernel, Resolver::Walk));

TEST_P(HostTreeTest, FilesAreWrittenAndReplaced) {
  EXPECT_EQ(write("/file"), 0);
  EXPECT_EQ(text("file"), "new");
  EXPECT_EQ(write("/sub/made"), 0);
  EXPECT_EQ(text("sub/made"), "new");
  EXPECT_EQ(write("/file", Replace::Refused), EEXIST);
  EXPECT_EQ(write("/sub"), EISDIR);
}

TEST_P(HostTreeTest, WhatIsNoFileStaysWhatItIs) {
  ASSERT_EQ(mkfifo(real("fifo").c_str(), 0600), 0);
  EXPECT_EQ(write("/fifo"), EACCES);
  EXPECT_TRUE(fs::is_fifo(real("fifo")));
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{.sun_family = AF_UNIX};
  real("socket").copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  close(socket);
  EXPECT_EQ(write("/socket"), EACCES);
  EXPECT_TRUE(fs::is_socket(real("socket")));
  link("to_fifo", "fifo");
  EXPECT_EQ(write("/to_fifo"), EACCES);
  if (mknod(real("device").c_str(), S_IFCHR | 0600, makedev(1, 3)) == 0) {
    EXPECT_EQ(write("/device"), EACCES);
    EXPECT_TRUE(fs::is_character_file(real("device")));
  }
}

TEST_P(HostTreeTest, WhatAppearsMeanwhileIsNotReplacedEither) {
  const auto file = begun("/new");
  ASSERT_EQ(mkfifo(real("new").c_str(), 0600), 0);
  EXPECT_EQ(file->complete().number, EACCES);
  EXPECT_TRUE(fs::is_fifo(real("new")));
  const auto other = begun("/file");
  fs::remove(real("file"));
  link("file", "sub");
  EXPECT_EQ(other->complete().number, ELOOP);
}

TEST_P(HostTreeTest, LinksAreFollowed) {
  link("link", "file");
  link("sub/up", "../file");
  link("absolute", "/sub/../link");
  link("sub/chain", "../absolute");
  for (const std::string path : {"/link", "/sub/up", "/absolute", "/sub/chain", "/sub/../sub/chain"}) {
    make("file", "old");
    EXPECT_EQ(write(path), 0) << path;
    EXPECT_EQ(text("file"), "new") << path;
  }
  for (const char* name : {"link", "sub/up", "absolute", "sub/chain"}) EXPECT_TRUE(fs::is_symlink(real(name))) << name;
  EXPECT_FALSE(fs::is_symlink(real("file")));
  link("directory", "sub");
  link("here", ".");
  link("root", "/");
  for (const std::string path : {"/directory", "/here", "/root"}) EXPECT_EQ(write(path), EISDIR) << path;
  EXPECT_EQ(write("/directory/through"), 0);
  EXPECT_EQ(text("sub/through"), "new");
}

TEST_P(HostTreeTest, NoLinkLeadsOutOrOn) {
  link("out", directory_.file("outside"));
  link("up", "../outside");
  link("dangling", "nothing");
  link("loop", "loop");
  EXPECT_EQ(write("/out"), ENOENT);
  EXPECT_EQ(write("/up"), ENOENT) << "there is nothing above the root";
  EXPECT_EQ(write("/dangling"), ENOENT);
  EXPECT_EQ(write("/loop"), ELOOP);
  EXPECT_EQ(text("../outside"), "outside");
  EXPECT_FALSE(fs::exists(real("nothing")));
}

}  // namespace
}  // namespace upyd
