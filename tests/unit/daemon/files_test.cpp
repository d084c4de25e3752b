#include "files/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <cerrno>
#include <fstream>
#include <set>
#include <thread>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

using Kind = upy::Files::Kind;

/// Each test runs with both resolvers of paths.
class FilesTest : public testing::TestWithParam<FileRoot::Resolver> {
 protected:
  FilesTest() {
    std::filesystem::create_directories(root_);
    std::ofstream(root_ / "module.py") << "x = 1\n";
    std::ofstream(directory_.file("secret")) << "secret";
    std::filesystem::create_directory(root_ / "package");
    std::filesystem::create_symlink("../secret", root_ / "escape");
    std::filesystem::create_symlink("/module.py", root_ / "link");
  }

  RootedFiles files(RootedFiles::Access access, uint32_t most_open = 64) {
    std::string error;
    auto root = FileRoot::open(root_, GetParam(), error);
    EXPECT_TRUE(root) << error;
    return RootedFiles(root, access, most_open);
  }

  int open_error(upy::Files& files, const std::string& path, int flags) {
    std::unique_ptr<upy::File> file;
    return files.open(path, flags, file).number;
  }

  const test_support::TemporaryDirectory directory_;
  const std::filesystem::path root_ = directory_.path() / "root";
};

TEST_P(FilesTest, SeesWhatIsBelowTheRoot) {
  auto rooted = files(RootedFiles::Access::Read);
  EXPECT_EQ(rooted.kind("module.py"), Kind::File);
  EXPECT_EQ(rooted.kind("/module.py"), Kind::File);
  EXPECT_EQ(rooted.kind("package"), Kind::Directory);
  EXPECT_EQ(rooted.kind(""), Kind::Directory);
  EXPECT_EQ(rooted.kind("absent"), Kind::Absent);
  EXPECT_EQ(rooted.kind("link"), Kind::File);
}

TEST_P(FilesTest, NothingLeadsOut) {
  auto rooted = files(RootedFiles::Access::Write);
  EXPECT_EQ(rooted.kind("escape"), Kind::Absent);
  EXPECT_EQ(rooted.kind("../secret"), Kind::Absent);
  EXPECT_EQ(rooted.kind("package/../../secret"), Kind::Absent);
  EXPECT_EQ(open_error(rooted, "../secret", O_RDONLY), ENOENT);
  EXPECT_EQ(open_error(rooted, "/proc/self/mem", O_RDONLY), ENOENT);
}

TEST_P(FilesTest, FollowsLinksWithinTheRoot) {
  auto rooted = files(RootedFiles::Access::Write);
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
TEST_P(FilesTest, NothingLeadsOutWhileNamesChange) {
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
  auto rooted = files(RootedFiles::Access::Read);
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

TEST_P(FilesTest, Reads) {
  auto rooted = files(RootedFiles::Access::Read);
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

TEST_P(FilesTest, WritesOnlyIfAllowed) {
  auto read_only = files(RootedFiles::Access::Read);
  EXPECT_EQ(open_error(read_only, "new", O_WRONLY | O_CREAT), EROFS);
  EXPECT_EQ(open_error(read_only, "module.py", O_RDWR), EROFS);
  EXPECT_EQ(open_error(read_only, "module.py", O_RDONLY | O_TRUNC), EROFS);
  auto rooted = files(RootedFiles::Access::Write);
  std::unique_ptr<upy::File> file;
  ASSERT_FALSE(rooted.open("new", O_WRONLY | O_CREAT, file));
  size_t count = 0;
  ASSERT_FALSE(file->write("abc", 3, count));
  EXPECT_EQ(count, 3u);
  EXPECT_EQ(std::filesystem::file_size(root_ / "new"), 3u);
}

TEST_P(FilesTest, OpensRegularFilesOnly) {
  ASSERT_EQ(mkfifo((root_ / "fifo").c_str(), 0600), 0);
  auto rooted = files(RootedFiles::Access::Write);
  EXPECT_EQ(open_error(rooted, "fifo", O_RDONLY), EACCES);
  EXPECT_EQ(open_error(rooted, "package", O_RDONLY), EISDIR);
}

TEST_P(FilesTest, ChangesNamesBelowTheRoot) {
  auto rooted = files(RootedFiles::Access::Write);
  EXPECT_FALSE(rooted.make_directory("/new/"));
  EXPECT_FALSE(rooted.rename("module.py", "new/moved.py"));
  EXPECT_TRUE(std::filesystem::exists(root_ / "new/moved.py"));
  EXPECT_FALSE(rooted.remove("new/../new/moved.py"));
  EXPECT_FALSE(rooted.remove_directory("new"));
  EXPECT_FALSE(std::filesystem::exists(root_ / "new"));
}

TEST_P(FilesTest, NoNameOutsideIsChanged) {
  auto rooted = files(RootedFiles::Access::Write);
  EXPECT_EQ(rooted.remove("../secret").number, ENOENT);
  EXPECT_EQ(rooted.rename("../secret", "mine").number, ENOENT);
  EXPECT_EQ(rooted.make_directory("package/..").number, EINVAL);
  EXPECT_EQ(rooted.remove_directory("/").number, EINVAL);
  EXPECT_FALSE(rooted.remove("escape"));
  EXPECT_TRUE(std::filesystem::exists(directory_.file("secret")));
}

TEST_P(FilesTest, ChangesNoNamesIfItMayOnlyRead) {
  auto rooted = files(RootedFiles::Access::Read);
  EXPECT_EQ(rooted.make_directory("new").number, EROFS);
  EXPECT_EQ(rooted.remove("module.py").number, EROFS);
  EXPECT_EQ(rooted.remove_directory("package").number, EROFS);
  EXPECT_EQ(rooted.rename("module.py", "other.py").number, EROFS);
  EXPECT_EQ(rooted.kind("module.py"), Kind::File);
}

TEST_P(FilesTest, OpensSoManyAtATime) {
  auto rooted = files(RootedFiles::Access::Read, 2);
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

TEST_P(FilesTest, ListsDirectories) {
  auto rooted = files(RootedFiles::Access::Read);
  std::unique_ptr<upy::Directory> directory;
  ASSERT_FALSE(rooted.open_directory("/", directory));
  std::set<std::string> names;
  upy::DirectoryEntry entry;
  while (!directory->next(entry) && !entry.name.empty()) names.insert(entry.name);
  EXPECT_EQ(names, (std::set<std::string>{"escape", "link", "module.py", "package"}));
  EXPECT_EQ(rooted.open_directory("module.py", directory).number, ENOTDIR);
  EXPECT_EQ(rooted.open_directory("escape", directory).number, ENOENT);
}

TEST_P(FilesTest, TheCurrentDirectoryStaysBelowTheRoot) {
  auto rooted = files(RootedFiles::Access::Read);
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

TEST_P(FilesTest, ACurrentDirectoryThatWasRemovedIsNone) {
  auto rooted = files(RootedFiles::Access::Write);
  std::string path;
  ASSERT_FALSE(rooted.make_directory("inner"));
  ASSERT_FALSE(rooted.change_directory("inner"));
  ASSERT_FALSE(rooted.remove_directory("/inner"));
  EXPECT_EQ(rooted.current_directory(path).number, ENOENT);
}

TEST_P(FilesTest, AnInstanceWithoutFilesSeesNone) {
  NoFiles none;
  EXPECT_EQ(none.kind("/"), Kind::Absent);
  EXPECT_EQ(open_error(none, "/etc/passwd", O_RDONLY), EACCES);
  std::unique_ptr<upy::Directory> directory;
  EXPECT_EQ(none.open_directory("/", directory).number, EACCES);
  EXPECT_EQ(none.remove("/etc/passwd").number, EACCES);
  EXPECT_EQ(none.make_directory("/tmp/new").message, "this instance has no access to files");
}

TEST_P(FilesTest, TheRootMustBeADirectory) {
  std::string error;
  EXPECT_FALSE(FileRoot::open(root_ / "module.py", GetParam(), error));
  EXPECT_NE(error.find("module.py"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Resolvers, FilesTest, testing::Values(FileRoot::Resolver::Kernel, FileRoot::Resolver::Walk),
                         [](const auto& info) { return info.param == FileRoot::Resolver::Kernel ? "Kernel" : "Walk"; });

}  // namespace
}  // namespace upyd
