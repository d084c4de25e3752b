#include "files/instance_files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <fstream>
#include <set>
#include <thread>

#include "files/host_tree.h"
#include "files/no_tree.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using Kind = upy::Files::Kind;

/// A directory of the host as all that an instance sees. Each test runs with both resolvers of paths.
class InstanceFilesTest : public testing::TestWithParam<FileRoot::Resolver> {
 protected:
  InstanceFilesTest() {
    std::filesystem::create_directories(root_);
    std::ofstream(root_ / "module.py") << "x = 1\n";
    std::ofstream(directory_.file("secret")) << "secret";
    std::filesystem::create_directory(root_ / "package");
    std::filesystem::create_symlink("../secret", root_ / "escape");
    std::filesystem::create_symlink("/module.py", root_ / "link");
  }

  InstanceFiles files(HostTree::Access access, uint32_t most_open = 64) {
    const int directory = open(root_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    const auto root = std::make_shared<FileRoot>(directory, Links::Follow, GetParam());
    return InstanceFiles(view_of(std::make_shared<HostTree>(root, access)), most_open);
  }

  static std::shared_ptr<FileView> view_of(std::shared_ptr<FileTree> tree) {
    return std::make_shared<FileView>(std::move(tree), std::vector<FileView::Mount>());
  }

  int open_error(upy::Files& files, const std::string& path, int flags) {
    std::unique_ptr<upy::File> file;
    return files.open(path, flags, file).number;
  }

  const test_support::TemporaryDirectory directory_;
  const std::filesystem::path root_ = directory_.path() / "root";
};

TEST_P(InstanceFilesTest, SeesWhatIsBelowTheRoot) {
  auto rooted = files(HostTree::Access::Read);
  EXPECT_EQ(rooted.kind("module.py"), Kind::File);
  EXPECT_EQ(rooted.kind("/module.py"), Kind::File);
  EXPECT_EQ(rooted.kind("package"), Kind::Directory);
  EXPECT_EQ(rooted.kind(""), Kind::Directory);
  EXPECT_EQ(rooted.kind("absent"), Kind::Absent);
  EXPECT_EQ(rooted.kind("link"), Kind::File);
}

TEST_P(InstanceFilesTest, NothingLeadsOut) {
  auto rooted = files(HostTree::Access::Write);
  EXPECT_EQ(rooted.kind("escape"), Kind::Absent);
  EXPECT_EQ(rooted.kind("../secret"), Kind::Absent);
  EXPECT_EQ(rooted.kind("package/../../secret"), Kind::Absent);
  EXPECT_EQ(open_error(rooted, "../secret", O_RDONLY), ENOENT);
  EXPECT_EQ(open_error(rooted, "/proc/self/mem", O_RDONLY), ENOENT);
}

TEST_P(InstanceFilesTest, FollowsLinksWithinTheRoot) {
  auto rooted = files(HostTree::Access::Write);
  std::filesystem::create_directories(root_ / "package/deep");
  std::ofstream(root_ / "package/part.py") << "y = 2\n";
  std::filesystem::create_symlink("package", root_ / "to_package");
  std::filesystem::create_symlink("../to_package/deep/", root_ / "package/round");
  std::filesystem::create_symlink("/../../package/part.py", root_ / "above");
  std::filesystem::create_symlink("loop", root_ / "loop");
  std::filesystem::create_symlink("to be made", root_ / "dangling");
  EXPECT_EQ(rooted.kind("to_package/part.py"), Kind::File);
  EXPECT_EQ(rooted.kind("package/round"), Kind::Directory);
  EXPECT_EQ(rooted.kind("package/round/../part.py"), Kind::File);
  EXPECT_EQ(rooted.kind("above"), Kind::File);
  EXPECT_EQ(rooted.kind("to_package/"), Kind::Directory);
  EXPECT_EQ(rooted.kind("./package/.//part.py"), Kind::File);
  EXPECT_EQ(open_error(rooted, "loop", O_RDONLY), ELOOP);
  EXPECT_EQ(open_error(rooted, "loop/x", O_RDONLY), ELOOP);
  EXPECT_EQ(open_error(rooted, "above/", O_RDONLY), ENOTDIR);
  EXPECT_EQ(open_error(rooted, "module.py/x", O_RDONLY), ENOTDIR);
  EXPECT_EQ(open_error(rooted, std::string(5000, 'x'), O_RDONLY), ENAMETOOLONG);
  EXPECT_EQ(open_error(rooted, "new/", O_WRONLY | O_CREAT), EISDIR);
  EXPECT_EQ(open_error(rooted, "dangling", O_RDONLY), ENOENT);
  EXPECT_EQ(open_error(rooted, "dangling", O_WRONLY | O_CREAT), 0);
  EXPECT_EQ(rooted.kind("to be made"), Kind::File);
  EXPECT_EQ(open_error(rooted, "escape", O_WRONLY | O_CREAT), 0);  // the root's own
  EXPECT_EQ(std::filesystem::file_size(directory_.file("secret")), 6u);
  EXPECT_EQ(rooted.kind("secret"), Kind::File);
}

/// Another thread makes a directory a link to the outside, and back, all the time.
TEST_P(InstanceFilesTest, NothingLeadsOutWhileNamesChange) {
  std::filesystem::create_directories(directory_.path() / "outside");
  std::ofstream(directory_.path() / "outside/prey") << "outside";
  std::filesystem::create_directories(root_ / "real/inner");
  std::ofstream(root_ / "real/prey") << "inside";
  std::filesystem::create_symlink("../../outside", root_ / "link_out");
  std::filesystem::create_symlink(directory_.path() / "outside", root_ / "link_away");
  std::atomic<bool> over = false;
  std::thread changes([&] {
    const std::string here = root_ / "turning", real = root_ / "real";
    for (int i = 0; !over; i++) {
      rename(real.c_str(), here.c_str());
      rename(here.c_str(), real.c_str());
      const std::string link = root_ / (i % 2 ? "link_out" : "link_away");
      rename(link.c_str(), here.c_str());
      rename(here.c_str(), link.c_str());
    }
  });
  auto rooted = files(HostTree::Access::Read);
  int opened = 0, refused = 0;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (int i = 0; (opened < 1000 || refused < 1000) && std::chrono::steady_clock::now() < until; i++) {
    std::unique_ptr<upy::File> file;
    const char* paths[] = {"turning/prey", "turning/inner/../prey", "turning/inner/../../../outside/prey"};
    if (rooted.open(paths[i % 3], O_RDONLY, file)) {
      refused++;
      continue;
    }
    char text[10];
    size_t count = 0;
    ASSERT_FALSE(file->read(text, sizeof text, count));
    ASSERT_EQ(std::string(text, count), "inside");
    opened++;
  }
  over = true;
  changes.join();
  EXPECT_GT(opened, 0);
  EXPECT_GT(refused, 0);
}

/// As in the trees of boards.
TEST_P(InstanceFilesTest, LinksCanBeRefused) {
  std::filesystem::create_directory_symlink("package", root_ / "to_package");
  std::filesystem::create_symlink("absent", root_ / "dangling");
  const FileRoot root(open(root_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC), Links::Refuse, GetParam());
  const auto error = [&](const std::string& path, int flags) {
    const int opened = root.open_below(path, flags, (flags & O_CREAT) ? 0600 : 0);
    if (opened < 0) return errno;
    close(opened);
    return 0;
  };
  EXPECT_EQ(error("/module.py", O_RDONLY), 0);
  EXPECT_EQ(error("/package/../module.py", O_RDONLY), 0);
  for (const std::string path : {"/link", "/escape", "/to_package/", "/to_package/x", "/dangling"}) {
    EXPECT_EQ(error(path, O_RDONLY), ELOOP) << path;
    EXPECT_EQ(error(path, O_PATH), ELOOP) << path;
  }
  EXPECT_EQ(error("/dangling", O_WRONLY | O_CREAT), ELOOP);
  EXPECT_EQ(error("/link", O_PATH | O_NOFOLLOW), 0) << "the link itself";
  EXPECT_EQ(error("/to_package/x", O_PATH | O_NOFOLLOW), ELOOP);
  EXPECT_EQ(error("/new", O_WRONLY | O_CREAT | O_EXCL), 0);
}

TEST_P(InstanceFilesTest, Reads) {
  auto rooted = files(HostTree::Access::Read);
  std::unique_ptr<upy::File> file;
  ASSERT_FALSE(rooted.open("module.py", O_RDONLY, file));
  char text[10];
  size_t count = 0;
  ASSERT_FALSE(file->read(text, sizeof text, count));
  EXPECT_EQ(std::string(text, count), "x = 1\n");
  ASSERT_FALSE(file->read(text, sizeof text, count));
  EXPECT_EQ(count, 0u);
  int64_t position = 0;
  ASSERT_FALSE(file->seek(4, SEEK_SET, position));
  EXPECT_EQ(position, 4);
  ASSERT_FALSE(file->close());
  EXPECT_EQ(file->read(text, sizeof text, count).number, EBADF);
}

TEST_P(InstanceFilesTest, WritesOnlyIfAllowed) {
  auto read_only = files(HostTree::Access::Read);
  EXPECT_EQ(open_error(read_only, "new", O_WRONLY | O_CREAT), EROFS);
  EXPECT_EQ(open_error(read_only, "module.py", O_RDWR), EROFS);
  EXPECT_EQ(open_error(read_only, "module.py", O_RDONLY | O_TRUNC), EROFS);
  auto rooted = files(HostTree::Access::Write);
  std::unique_ptr<upy::File> file;
  ASSERT_FALSE(rooted.open("new", O_WRONLY | O_CREAT, file));
  size_t count = 0;
  ASSERT_FALSE(file->write("abc", 3, count));
  EXPECT_EQ(count, 3u);
  EXPECT_EQ(std::filesystem::file_size(root_ / "new"), 3u);
}

TEST_P(InstanceFilesTest, OpensRegularFilesOnly) {
  ASSERT_EQ(mkfifo((root_ / "fifo").c_str(), 0600), 0);
  auto rooted = files(HostTree::Access::Write);
  EXPECT_EQ(open_error(rooted, "fifo", O_RDONLY), EACCES);
  EXPECT_EQ(open_error(rooted, "package", O_RDONLY), EISDIR);
}

TEST_P(InstanceFilesTest, ChangesNamesBelowTheRoot) {
  auto rooted = files(HostTree::Access::Write);
  EXPECT_FALSE(rooted.make_directory("/new/"));
  EXPECT_FALSE(rooted.rename("module.py", "new/moved.py"));
  EXPECT_TRUE(std::filesystem::exists(root_ / "new/moved.py"));
  EXPECT_FALSE(rooted.remove("new/../new/moved.py"));
  EXPECT_FALSE(rooted.remove_directory("new"));
  EXPECT_FALSE(std::filesystem::exists(root_ / "new"));
}

TEST_P(InstanceFilesTest, NoNameOutsideIsChanged) {
  auto rooted = files(HostTree::Access::Write);
  EXPECT_EQ(rooted.remove("../secret").number, ENOENT);
  EXPECT_EQ(rooted.rename("../secret", "mine").number, ENOENT);
  EXPECT_EQ(rooted.make_directory("package/..").number, EEXIST);
  EXPECT_EQ(rooted.remove_directory("/").number, EBUSY);
  EXPECT_FALSE(rooted.remove("escape"));
  EXPECT_TRUE(std::filesystem::exists(directory_.file("secret")));
}

TEST_P(InstanceFilesTest, ChangesNoNamesIfItMayOnlyRead) {
  auto rooted = files(HostTree::Access::Read);
  EXPECT_EQ(rooted.make_directory("new").number, EROFS);
  EXPECT_EQ(rooted.remove("module.py").number, EROFS);
  EXPECT_EQ(rooted.remove_directory("package").number, EROFS);
  EXPECT_EQ(rooted.rename("module.py", "other.py").number, EROFS);
  EXPECT_EQ(rooted.kind("module.py"), Kind::File);
}

TEST_P(InstanceFilesTest, OpensSoManyAtATime) {
  auto rooted = files(HostTree::Access::Read, 2);
  std::unique_ptr<upy::File> file;
  std::unique_ptr<upy::Directory> directory;
  ASSERT_FALSE(rooted.open("module.py", O_RDONLY, file));
  ASSERT_FALSE(rooted.open_directory("/", directory));
  std::unique_ptr<upy::File> another;
  const auto error = rooted.open("module.py", O_RDONLY, another);
  EXPECT_EQ(error.number, EMFILE);
  EXPECT_NE(error.message.find("max_files, 2"), std::string::npos) << error.message;
  EXPECT_EQ(rooted.kind("module.py"), Kind::File) << "looking takes no place";
  ASSERT_FALSE(file->close());
  ASSERT_FALSE(file->close());
  EXPECT_FALSE(rooted.open("module.py", O_RDONLY, another));
  directory.reset();
  EXPECT_EQ(open_error(rooted, "absent", O_RDONLY), ENOENT);
  EXPECT_FALSE(rooted.open_directory("/", directory));
  EXPECT_EQ(rooted.open("module.py", O_RDONLY, file).number, EMFILE);
}

TEST_P(InstanceFilesTest, ListsDirectories) {
  auto rooted = files(HostTree::Access::Read);
  std::unique_ptr<upy::Directory> directory;
  ASSERT_FALSE(rooted.open_directory("/", directory));
  std::set<std::string> names;
  upy::DirectoryEntry entry;
  while (!directory->next(entry) && !entry.name.empty()) names.insert(entry.name);
  EXPECT_EQ(names, (std::set<std::string>{"escape", "link", "module.py", "package"}));
  EXPECT_EQ(rooted.open_directory("module.py", directory).number, ENOTDIR);
  EXPECT_EQ(rooted.open_directory("escape", directory).number, ENOENT);
}

TEST_P(InstanceFilesTest, TheCurrentDirectoryStaysBelowTheRoot) {
  auto rooted = files(HostTree::Access::Read);
  std::string path;
  EXPECT_FALSE(rooted.change_directory("package/"));
  EXPECT_FALSE(rooted.current_directory(path));
  EXPECT_EQ(path, "/package");
  EXPECT_EQ(rooted.kind("module.py"), Kind::Absent);
  EXPECT_EQ(rooted.kind("../module.py"), Kind::File);
  EXPECT_FALSE(rooted.change_directory("../../.."));
  EXPECT_FALSE(rooted.current_directory(path));
  EXPECT_EQ(path, "/");
  EXPECT_EQ(rooted.change_directory("module.py").number, ENOTDIR);
}

TEST_P(InstanceFilesTest, ACurrentDirectoryThatWasRemovedIsNone) {
  auto rooted = files(HostTree::Access::Write);
  std::string path;
  ASSERT_FALSE(rooted.make_directory("inner"));
  ASSERT_FALSE(rooted.change_directory("inner"));
  ASSERT_FALSE(rooted.remove_directory("/inner"));
  EXPECT_EQ(rooted.current_directory(path).number, ENOENT);
}

TEST_P(InstanceFilesTest, AnInstanceWithoutFilesSeesNone) {
  InstanceFiles none(view_of(std::make_shared<NoTree>("there are none")), 64);
  EXPECT_EQ(none.kind("/"), Kind::Directory);
  EXPECT_EQ(none.kind("/etc"), Kind::Absent);
  EXPECT_EQ(open_error(none, "/etc/passwd", O_RDONLY), ENOENT);
  std::unique_ptr<upy::Directory> directory;
  ASSERT_FALSE(none.open_directory("/", directory));
  upy::DirectoryEntry entry;
  EXPECT_FALSE(directory->next(entry));
  EXPECT_EQ(entry.name, "");
  EXPECT_EQ(none.open_directory("/etc", directory).number, ENOENT);
  EXPECT_EQ(none.remove("/etc").number, ENOENT);
  EXPECT_EQ(none.make_directory("/tmp/new").number, ENOENT);
  EXPECT_EQ(none.make_directory("/tmp").message, "there are none");
  EXPECT_EQ(open_error(none, "/new", O_WRONLY | O_CREAT), EROFS);
}

TEST_P(InstanceFilesTest, TheRootMustBeADirectory) {
  std::string error;
  EXPECT_FALSE(HostTree::open_root(root_ / "module.py", error));
  EXPECT_NE(error.find("module.py"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Resolvers, InstanceFilesTest,
                         testing::Values(FileRoot::Resolver::Kernel, FileRoot::Resolver::Walk),
                         [](const auto& info) { return info.param == FileRoot::Resolver::Kernel ? "Kernel" : "Walk"; });

}  // namespace
}  // namespace upyd
