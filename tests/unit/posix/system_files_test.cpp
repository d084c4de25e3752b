#include "posix/system_files.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>

#include "support/temporary_directory.h"

namespace upy {
namespace {

using Kind = Files::Kind;

TEST(SystemFilesTest, TheCurrentDirectoryIsTheInstancesOwn) {
  const test_support::TemporaryDirectory directory;
  const std::filesystem::path processes = std::filesystem::current_path();
  SystemFiles files, others;
  std::string path;
  ASSERT_FALSE(files.current_directory(path));
  EXPECT_EQ(path, processes);
  ASSERT_FALSE(files.change_directory(directory.path()));
  ASSERT_FALSE(files.make_directory("inner"));
  EXPECT_EQ(files.kind("inner"), Kind::Directory);
  EXPECT_EQ(others.kind("inner"), Kind::Absent);
  EXPECT_EQ(std::filesystem::current_path(), processes);
  ASSERT_FALSE(files.change_directory("inner/../inner"));
  ASSERT_FALSE(files.current_directory(path));
  EXPECT_EQ(path, std::filesystem::canonical(directory.path() / "inner"));
}

TEST(SystemFilesTest, ACurrentDirectoryThatWasRemovedIsNone) {
  const test_support::TemporaryDirectory directory;
  SystemFiles files;
  std::string path;
  ASSERT_FALSE(files.change_directory(directory.path()));
  ASSERT_FALSE(files.make_directory("inner"));
  ASSERT_FALSE(files.change_directory("inner"));
  ASSERT_FALSE(files.remove_directory(directory.path() / "inner"));
  EXPECT_EQ(files.current_directory(path).number, ENOENT);
}

TEST(SystemFilesTest, OnlyADirectoryCanBeTheCurrentOne) {
  const test_support::TemporaryDirectory directory;
  SystemFiles files;
  std::unique_ptr<File> file;
  ASSERT_FALSE(files.open(directory.file("f"), O_CREAT | O_WRONLY, file));
  EXPECT_EQ(files.change_directory(directory.file("f")).number, ENOTDIR);
  EXPECT_EQ(files.change_directory(directory.file("absent")).number, ENOENT);
}

TEST(SystemFilesTest, ListsWithoutDots) {
  const test_support::TemporaryDirectory directory;
  SystemFiles files;
  ASSERT_FALSE(files.make_directory(directory.file("only")));
  std::unique_ptr<Directory> open;
  ASSERT_FALSE(files.open_directory(directory.path(), open));
  DirectoryEntry entry;
  ASSERT_FALSE(open->next(entry));
  EXPECT_EQ(entry.name, "only");
  EXPECT_EQ(entry.kind, uint32_t{S_IFDIR});
  ASSERT_FALSE(open->next(entry));
  EXPECT_EQ(entry.name, "");
}

}  // namespace
}  // namespace upy
