#include "files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <set>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

using Kind = upy::Files::Kind;

class FilesTest : public testing::Test {
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
    auto root = FileRoot::open(root_, error);
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

TEST_F(FilesTest, SeesWhatIsBelowTheRoot) {
  auto rooted = files(RootedFiles::Access::Read);
  EXPECT_EQ(rooted.kind("module.py"), Kind::File);
  EXPECT_EQ(rooted.kind("/module.py"), Kind::File);
  EXPECT_EQ(rooted.kind("package"), Kind::Directory);
  EXPECT_EQ(rooted.kind(""), Kind::Directory);
  EXPECT_EQ(rooted.kind("absent"), Kind::Absent);
  EXPECT_EQ(rooted.kind("link"), Kind::File);
}

TEST_F(FilesTest, NothingLeadsOut) {
  auto rooted = files(RootedFiles::Access::Write);
  EXPECT_EQ(rooted.kind("escape"), Kind::Absent);
  EXPECT_EQ(rooted.kind("../secret"), Kind::Absent);
  EXPECT_EQ(rooted.kind("package/../../secret"), Kind::Absent);
  EXPECT_EQ(open_error(rooted, "../secret", O_RDONLY), ENOENT);
  EXPECT_EQ(open_error(rooted, "/proc/self/mem", O_RDONLY), ENOENT);
}

TEST_F(FilesTest, Reads) {
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

TEST_F(FilesTest, WritesOnlyIfAllowed) {
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

TEST_F(FilesTest, OpensRegularFilesOnly) {
  ASSERT_EQ(mkfifo((root_ / "fifo").c_str(), 0600), 0);
  auto rooted = files(RootedFiles::Access::Write);
  EXPECT_EQ(open_error(rooted, "fifo", O_RDONLY), EACCES);
  EXPECT_EQ(open_error(rooted, "package", O_RDONLY), EISDIR);
}

TEST_F(FilesTest, ChangesNamesBelowTheRoot) {
  auto rooted = files(RootedFiles::Access::Write);
  EXPECT_FALSE(rooted.make_directory("/new/"));
  EXPECT_FALSE(rooted.rename("module.py", "new/moved.py"));
  EXPECT_TRUE(std::filesystem::exists(root_ / "new/moved.py"));
  EXPECT_FALSE(rooted.remove("new/../new/moved.py"));
  EXPECT_FALSE(rooted.remove_directory("new"));
  EXPECT_FALSE(std::filesystem::exists(root_ / "new"));
}

TEST_F(FilesTest, NoNameOutsideIsChanged) {
  auto rooted = files(RootedFiles::Access::Write);
  EXPECT_EQ(rooted.remove("../secret").number, ENOENT);
  EXPECT_EQ(rooted.rename("../secret", "mine").number, ENOENT);
  EXPECT_EQ(rooted.make_directory("package/..").number, EINVAL);
  EXPECT_EQ(rooted.remove_directory("/").number, EINVAL);
  EXPECT_FALSE(rooted.remove("escape"));
  EXPECT_TRUE(std::filesystem::exists(directory_.file("secret")));
}

TEST_F(FilesTest, ChangesNoNamesIfItMayOnlyRead) {
  auto rooted = files(RootedFiles::Access::Read);
  EXPECT_EQ(rooted.make_directory("new").number, EROFS);
  EXPECT_EQ(rooted.remove("module.py").number, EROFS);
  EXPECT_EQ(rooted.remove_directory("package").number, EROFS);
  EXPECT_EQ(rooted.rename("module.py", "other.py").number, EROFS);
  EXPECT_EQ(rooted.kind("module.py"), Kind::File);
}

TEST_F(FilesTest, OpensSoManyAtATime) {
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

TEST_F(FilesTest, ListsDirectories) {
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

TEST_F(FilesTest, TheCurrentDirectoryStaysBelowTheRoot) {
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

TEST_F(FilesTest, ACurrentDirectoryThatWasRemovedIsNone) {
  auto rooted = files(RootedFiles::Access::Write);
  std::string path;
  ASSERT_FALSE(rooted.make_directory("inner"));
  ASSERT_FALSE(rooted.change_directory("inner"));
  ASSERT_FALSE(rooted.remove_directory("/inner"));
  EXPECT_EQ(rooted.current_directory(path).number, ENOENT);
}

TEST_F(FilesTest, AnInstanceWithoutFilesSeesNone) {
  NoFiles none;
  EXPECT_EQ(none.kind("/"), Kind::Absent);
  EXPECT_EQ(open_error(none, "/etc/passwd", O_RDONLY), EACCES);
  std::unique_ptr<upy::Directory> directory;
  EXPECT_EQ(none.open_directory("/", directory).number, EACCES);
  EXPECT_EQ(none.remove("/etc/passwd").number, EACCES);
  EXPECT_EQ(none.make_directory("/tmp/new").message, "this instance has no access to files");
}

TEST_F(FilesTest, TheRootMustBeADirectory) {
  std::string error;
  EXPECT_FALSE(FileRoot::open(root_ / "module.py", error));
  EXPECT_NE(error.find("module.py"), std::string::npos);
}

}  // namespace
}  // namespace upyd
