#include "files/board_tree.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;
using upy::PortError;

class BoardTreeTest : public testing::Test {
 protected:
  static constexpr uint64_t kBytes = 100 << 10, kFiles = 20;

  BoardTreeTest() : place_(open(directory_.path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)), tree_(make()) {}
  ~BoardTreeTest() override { close(place_); }

  std::shared_ptr<BoardTree> make() const {
    return std::make_shared<BoardTree>(place_, "board", Quota(kBytes, kFiles));
  }

  fs::path real(const std::string& path) const { return directory_.path() / "board/fs" / path; }

  std::unique_ptr<upy::File> opened(const std::string& path, int flags) {
    std::unique_ptr<upy::File> file;
    EXPECT_FALSE(tree_->open(path, flags, DescriptorUse::Script, file)) << path;
    return file;
  }
  int open_error(const std::string& path, int flags) {
    std::unique_ptr<upy::File> file;
    return tree_->open(path, flags, DescriptorUse::Script, file).number;
  }
  /// How many of the bytes are taken.
  static size_t write(upy::File& file, size_t size) {
    const std::string bytes(size, 'x');
    size_t all = 0, count = 0;
    while (all < size && !file.write(bytes.data(), size - all, count)) all += count;
    return all;
  }
  void make_file(const std::string& path, size_t size) {
    const auto file = opened(path, O_WRONLY | O_CREAT | O_TRUNC);
    EXPECT_EQ(write(*file, size), size);
  }
  /// By FileService.
  PortError replace(const std::string& path, size_t size, FileTree::Replace how = FileTree::Replace::Allowed) {
    std::unique_ptr<NewFile> file;
    if (auto error = tree_->begin_file(path, how, file)) return error;
    const std::string bytes(size, 'y');
    if (auto error = file->write(bytes.data(), bytes.size())) return error;
    return file->complete();
  }

  uint64_t bytes_used() {
    upy::FileSystemStatus status;
    EXPECT_FALSE(tree_->stat_file_system("/", status));
    return (status.blocks - status.free_blocks) * status.fragment_size;
  }
  uint64_t files_used() {
    upy::FileSystemStatus status;
    EXPECT_FALSE(tree_->stat_file_system("/", status));
    return status.files - status.free_files;
  }
  /// What the system says, in the quota's blocks.
  uint64_t bytes_there() const {
    uint64_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(directory_.path() / "board/fs")) {
      if (entry.is_regular_file()) bytes += entry.file_size();
    }
    return (bytes + 511) / 512 * 512;
  }
  uint64_t files_there() const {
    const fs::recursive_directory_iterator all(directory_.path() / "board/fs");
    return static_cast<uint64_t>(std::distance(begin(all), end(all)));
  }
  /// The count is right.
  void check() {
    EXPECT_EQ(bytes_used(), bytes_there());
    EXPECT_EQ(files_used(), files_there());
    EXPECT_TRUE(fs::is_empty(directory_.path() / "board/aside"));
  }

  std::string text(const std::string& path) const {
    std::ifstream file(real(path));
    return {std::istreambuf_iterator<char>(file), {}};
  }

  /// A deployment, step by step.
  class Deploying {
   public:
    Deploying(BoardTree& tree, FileTree::Others others) { keep(tree.begin_deployment(others, deployment_)); }
    Deploying& file(const std::string& path, const std::string& bytes) {
      keep(deployment_->begin_file('/' + path));
      keep(deployment_->write(bytes.data(), bytes.size()));
      keep(deployment_->end_file());
      return *this;
    }
    void commit() { EXPECT_EQ(failure(), 0); }
    /// The first error, that of the commit at the latest.
    int failure() {
      std::string path;
      keep(deployment_->commit(path));
      return error_;
    }
    void end() { deployment_.reset(); }

   private:
    void keep(const PortError& error) {
      if (error_ == 0) error_ = error.number;
    }
    std::unique_ptr<Deployment> deployment_;
    int error_ = 0;
  };

  const test_support::TemporaryDirectory directory_;
  const int place_;
  std::shared_ptr<BoardTree> tree_;
};

TEST_F(BoardTreeTest, TakesNothingBeforeItIsUsed) { EXPECT_TRUE(fs::is_empty(directory_.path())); }

TEST_F(BoardTreeTest, CountsWhatFilesTake) {
  make_file("a", 1000);
  check();
  make_file("a", 5000);
  check();
  write(*opened("a", O_WRONLY | O_APPEND), 100);
  EXPECT_EQ(fs::file_size(real("a")), 5100u);
  check();
  write(*opened("a", O_RDWR), 200);  // over what is there
  check();
  const auto file = opened("a", O_RDWR);
  int64_t position = 0;
  file->seek(20000, SEEK_SET, position);
  check();
  write(*file, 1);
  EXPECT_EQ(fs::file_size(real("a")), 20001u);
  check();
  opened("a", O_WRONLY | O_TRUNC);
  check();
}

TEST_F(BoardTreeTest, AFileThatWasRemovedCountsUntilItIsClosed) {
  make_file("a", 5000);
  auto one = opened("a", O_RDWR), other = opened("a", O_RDONLY);
  ASSERT_FALSE(tree_->remove("a"));
  EXPECT_EQ(files_used(), 0u);
  EXPECT_EQ(bytes_used(), 5120u);
  int64_t position = 0;
  one->seek(0, SEEK_END, position);
  EXPECT_EQ(write(*one, 5000), 5000u);
  EXPECT_EQ(bytes_used(), 10240u);
  one.reset();
  EXPECT_EQ(bytes_used(), 10240u);
  other.reset();
  check();
}

TEST_F(BoardTreeTest, ARenamedFileCountsOnce) {
  make_file("a", 5000);
  make_file("b", 3000);
  const auto open = opened("b", O_RDONLY);
  ASSERT_FALSE(tree_->rename("a", "a"));
  check();
  ASSERT_FALSE(tree_->rename("a", "b"));
  EXPECT_EQ(files_used(), 1u);
  EXPECT_EQ(bytes_used(), 8192u) << "what was replaced is open";
  ASSERT_FALSE(open->close());
  check();
  ASSERT_FALSE(tree_->make_directory("d"));
  ASSERT_FALSE(tree_->make_directory("e"));
  ASSERT_FALSE(tree_->rename("d", "e"));
  EXPECT_EQ(tree_->rename("e", "e/inside").number, EINVAL);
  check();
}

TEST_F(BoardTreeTest, AFullTreeTakesWhatFits) {
  const auto file = opened("a", O_RDWR | O_CREAT);
  EXPECT_EQ(write(*file, kBytes - 10), kBytes - 10);
  EXPECT_EQ(write(*file, 100), 10u);
  size_t count = 7;
  const auto error = file->write("x", 1, count);
  EXPECT_EQ(error.number, ENOSPC);
  EXPECT_NE(error.message.find("fs_bytes, 102400"), std::string::npos) << error.message;
  EXPECT_EQ(count, 0u);
  check();
  int64_t position = 0;
  file->seek(0, SEEK_SET, position);
  EXPECT_EQ(write(*file, 1000), 1000u) << "what is there may be changed";
  file->seek(1 << 20, SEEK_SET, position);
  EXPECT_EQ(file->write("x", 1, count).number, ENOSPC) << "holes count";
  EXPECT_EQ(file->write("", 0, count).number, 0);
  EXPECT_EQ(fs::file_size(real("a")), kBytes);
  check();
}

TEST_F(BoardTreeTest, ThereAreSoManyFiles) {
  for (uint64_t i = 0; i < kFiles - 1; i++) make_file("f" + std::to_string(i), 0);
  ASSERT_FALSE(tree_->make_directory("d"));
  const auto error = tree_->make_directory("e");
  EXPECT_EQ(error.number, ENOSPC);
  EXPECT_NE(error.message.find("fs_files, 20"), std::string::npos) << error.message;
  EXPECT_EQ(open_error("new", O_WRONLY | O_CREAT), ENOSPC);
  EXPECT_EQ(open_error("f0", O_WRONLY | O_CREAT | O_TRUNC), 0);
  EXPECT_EQ(replace("new", 1).number, ENOSPC);
  EXPECT_FALSE(replace("f0", 1));
  EXPECT_EQ(tree_->make_directory("d").number, EEXIST);
  ASSERT_FALSE(tree_->remove_directory("d"));
  EXPECT_FALSE(tree_->make_directory("e"));
  check();
}

TEST_F(BoardTreeTest, ANewFileIsThereAtOnceAndWhole) {
  make_file("a", 3000);
  std::unique_ptr<NewFile> file;
  ASSERT_FALSE(tree_->begin_file("a", FileTree::Replace::Allowed, file));
  ASSERT_FALSE(file->write("new", 3));
  EXPECT_EQ(fs::file_size(real("a")), 3000u);
  EXPECT_EQ(bytes_used(), 3072u);
  ASSERT_FALSE(file->complete());
  EXPECT_EQ(fs::file_size(real("a")), 3u);
  check();
  ASSERT_FALSE(tree_->begin_file("a", FileTree::Replace::Allowed, file));
  ASSERT_FALSE(file->write("other", 5));
  file.reset();
  EXPECT_EQ(fs::file_size(real("a")), 3u);
  check();
  EXPECT_EQ(replace("a", 1, FileTree::Replace::Refused).number, EEXIST);
  EXPECT_FALSE(replace("b", 1, FileTree::Replace::Refused));
  EXPECT_EQ(replace("nowhere/b", 1).number, ENOENT);
  ASSERT_FALSE(tree_->make_directory("d"));
  EXPECT_EQ(replace("d", 1).number, EISDIR);
  check();
}

TEST_F(BoardTreeTest, AFullTreeKeepsWhatWasToBeReplaced) {
  make_file("a", kBytes - 1000);
  EXPECT_EQ(replace("a", kBytes + 1).number, ENOSPC);
  EXPECT_EQ(replace("b", 1001).number, ENOSPC);
  EXPECT_EQ(fs::file_size(real("a")), kBytes - 1000);
  check();
  EXPECT_FALSE(replace("a", kBytes)) << "what it replaces makes room";
  check();
  EXPECT_FALSE(replace("a", 60 << 10));
  const auto open = opened("a", O_RDONLY);
  EXPECT_EQ(replace("a", 60 << 10).number, ENOSPC) << "unless a script has it open";
  check();
}

TEST_F(BoardTreeTest, OfTwoWhoWriteAFileTheLastHasIt) {
  std::unique_ptr<NewFile> one, other;
  ASSERT_FALSE(tree_->begin_file("a", FileTree::Replace::Allowed, one));
  ASSERT_FALSE(tree_->begin_file("a", FileTree::Replace::Allowed, other));
  ASSERT_FALSE(one->write("one", 3));
  ASSERT_FALSE(other->write("other", 5));
  ASSERT_FALSE(other->complete());
  EXPECT_EQ(fs::file_size(real("a")), 5u);
  ASSERT_FALSE(one->complete());
  EXPECT_EQ(fs::file_size(real("a")), 3u);
  check();
  ASSERT_FALSE(tree_->begin_file("b", FileTree::Replace::Refused, one));
  ASSERT_FALSE(tree_->begin_file("b", FileTree::Replace::Refused, other));
  ASSERT_FALSE(one->complete());
  EXPECT_EQ(other->complete().number, EEXIST);
  one.reset();
  other.reset();
  check();
}

TEST_F(BoardTreeTest, RemovesADirectoryWithAllThatIsInIt) {
  ASSERT_FALSE(tree_->make_directory("d"));
  ASSERT_FALSE(tree_->make_directory("d/e"));
  make_file("d/f", 1000);
  make_file("d/e/f", 1000);
  const auto open = opened("d/e/f", O_RDONLY);
  EXPECT_EQ(tree_->remove_directory("d").number, ENOTEMPTY);
  EXPECT_EQ(tree_->remove("d").number, EISDIR);
  ASSERT_FALSE(tree_->remove_all("d"));
  EXPECT_EQ(files_used(), 0u);
  EXPECT_EQ(bytes_used(), 1024u);
  EXPECT_FALSE(open->close());
  check();
  make_file("f", 1000);
  ASSERT_FALSE(tree_->remove_all("f"));
  EXPECT_EQ(tree_->remove_all("f").number, ENOENT);
  EXPECT_EQ(tree_->remove_all("/").number, EINVAL);
  check();
}

/// More than 2048 levels have no path; renaming makes them all the same.
TEST_F(BoardTreeTest, RemovesADirectoryOfAnyDepth) {
  constexpr int kDepth = 3000;
  tree_ = std::make_shared<BoardTree>(place_, "board", Quota(kBytes, kDepth + 10));
  ASSERT_FALSE(tree_->make_directory("inner"));
  for (int i = 1; i < kDepth; i++) {
    ASSERT_FALSE(tree_->make_directory("outer"));
    ASSERT_FALSE(tree_->rename("inner", "outer/d"));
    ASSERT_FALSE(tree_->rename("outer", "inner"));
  }
  EXPECT_EQ(files_used(), static_cast<uint64_t>(kDepth));
  ASSERT_FALSE(tree_->remove_all("inner"));
  check();
}

TEST_F(BoardTreeTest, LinksFromOutsideLeadNowhere) {
  make_file("a", 10);
  std::ofstream(directory_.file("secret")) << "secret";
  fs::create_symlink(directory_.file("secret"), real("link"));
  fs::create_symlink("a", real("inner"));
  fs::create_directory_symlink(directory_.path(), real("up"));
  fs::create_symlink("absent", real("dangling"));
  ASSERT_EQ(mkfifo(real("fifo").c_str(), 0600), 0);
  for (const std::string name : {"link", "inner", "up/secret", "dangling"}) {
    EXPECT_EQ(open_error(name, O_RDONLY), ELOOP) << name;
    EXPECT_EQ(open_error(name, O_WRONLY | O_CREAT | O_TRUNC), ELOOP) << name;
  }
  EXPECT_EQ(tree_->make_directory("up/d").number, ELOOP);
  EXPECT_EQ(open_error("fifo", O_RDONLY), EACCES);
  upy::FileStatus status;
  ASSERT_FALSE(tree_->stat("link", status));
  EXPECT_TRUE(S_ISLNK(status.mode)) << "it is seen, so that it can be removed";
  EXPECT_EQ(tree_->stat("up/secret", status).number, ELOOP);
  for (const std::string name : {"link", "inner", "dangling"}) EXPECT_EQ(replace(name, 3).number, ELOOP) << name;
  EXPECT_EQ(replace("fifo", 3).number, EACCES);
  EXPECT_TRUE(fs::is_fifo(real("fifo")));
  EXPECT_FALSE(tree_->remove("link")) << "all that it can be is removed";
  EXPECT_FALSE(tree_->remove("up"));
  EXPECT_EQ(fs::file_size(directory_.file("secret")), 6u);
  EXPECT_FALSE(fs::is_symlink(real("link")));
}

TEST_F(BoardTreeTest, ALinkInPlaceOfABoardIsNotFollowed) {
  fs::create_directory(directory_.path() / "elsewhere");
  fs::create_directory_symlink("elsewhere", directory_.path() / "board");
  EXPECT_EQ(open_error("a", O_WRONLY | O_CREAT), ENOTDIR);
  EXPECT_TRUE(fs::is_empty(directory_.path() / "elsewhere"));
}

TEST_F(BoardTreeTest, NamesAreText) {
  EXPECT_EQ(open_error("\xff", O_WRONLY | O_CREAT), EILSEQ);
  EXPECT_EQ(open_error("\xff", O_RDONLY), ENOENT);
  EXPECT_EQ(tree_->make_directory("\xff").number, EILSEQ);
  EXPECT_EQ(replace("\xff", 1).number, EILSEQ);
  make_file("a", 0);
  EXPECT_EQ(tree_->rename("a", "\xff").number, EILSEQ);
  EXPECT_EQ(open_error(std::string(256, 'x'), O_WRONLY | O_CREAT), ENAMETOOLONG);
  EXPECT_EQ(open_error(std::string(255, 'x'), O_WRONLY | O_CREAT), 0);
  EXPECT_EQ(open_error("../../escape", O_WRONLY | O_CREAT), 0) << "the root's own";
  EXPECT_TRUE(fs::exists(real("escape")));
  check();
}

TEST_F(BoardTreeTest, WhenTheBoardIsGoneSoAreItsFiles) {
  make_file("a", 10);
  const auto file = opened("a", O_RDWR);
  std::unique_ptr<NewFile> unfinished;
  ASSERT_FALSE(tree_->begin_file("b", FileTree::Replace::Allowed, unfinished));
  tree_->end();
  char text[4];
  size_t count = 0;
  EXPECT_EQ(file->read(text, sizeof text, count).number, ESTALE);
  EXPECT_EQ(file->write("x", 1, count).number, ESTALE);
  EXPECT_EQ(unfinished->write("x", 1).number, ESTALE);
  EXPECT_EQ(unfinished->complete().number, ESTALE);
  EXPECT_EQ(open_error("a", O_RDONLY), ESTALE);
  unfinished.reset();
  EXPECT_TRUE(fs::is_empty(directory_.path() / "board/aside"));
}

TEST_F(BoardTreeTest, WhoseDirectoryCantBePutAwayGoesOn) {
  make_file("a", 10);
  EXPECT_EQ(tree_->end_by([] { return upy::PortError{EBUSY}; }).number, EBUSY);
  EXPECT_EQ(open_error("a", O_RDONLY), 0);
  EXPECT_FALSE(tree_->end_by([] { return upy::PortError(); }));
  EXPECT_EQ(open_error("a", O_RDONLY), ESTALE);
}

TEST_F(BoardTreeTest, WhatIsUnfinishedIsBoundedAsAWhole) {
  const auto begin = [this](const std::string& path) {
    std::unique_ptr<NewFile> file;
    EXPECT_FALSE(tree_->begin_file(path, FileTree::Replace::Allowed, file));
    return file;
  };
  const std::string most(kBytes * 6 / 10, 'x');
  auto first = begin("a"), second = begin("b");
  EXPECT_FALSE(first->write(most.data(), most.size()));
  EXPECT_EQ(second->write(most.data(), most.size()).number, ENOSPC);
  first.reset();
  EXPECT_FALSE(second->write(most.data(), most.size()));
  EXPECT_FALSE(second->complete());
  second.reset();
  first = begin("b");
  EXPECT_FALSE(first->write(most.data(), most.size())) << "it replaces one";
  EXPECT_FALSE(first->complete());
}

/// Whoever changes what at the same time, the count is right in the end.
TEST_F(BoardTreeTest, CountsWhatManyDo) {
  std::vector<std::thread> threads;
  for (int n = 0; n < 4; n++) {
    threads.emplace_back([this, n] {
      const std::string own = "own" + std::to_string(n);
      for (int i = 0; i < 300; i++) {
        std::unique_ptr<upy::File> file;
        if (!tree_->open("shared", O_WRONLY | O_CREAT | (i % 3 ? O_APPEND : O_TRUNC), DescriptorUse::Script, file)) {
          write(*file, static_cast<size_t>(i * 50));
        }
        replace(i % 2 ? "shared" : own, static_cast<size_t>(i * 100));
        tree_->rename(own, "shared");
        tree_->make_directory("d");
        replace("d/" + own, 100);
        if (i % 5 == 0) tree_->remove_all("d");
        if (i % 7 == 0) tree_->remove("shared");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  check();
}

// ---- what is there at the start ----

TEST_F(BoardTreeTest, CountsWhatIsThereAlready) {
  make_file("a", 5000);
  ASSERT_FALSE(tree_->make_directory("d"));
  ASSERT_FALSE(tree_->make_directory("d/e"));
  make_file("d/e/b", 3000);
  tree_ = make();
  check();
  EXPECT_EQ(files_used(), 4u);
}

TEST_F(BoardTreeTest, CountsATreeThatIsDeeperThanAPathIsLong) {
  tree_->make_directory("x");
  const std::string name(200, 'd');
  int place = open((directory_.path() / "board/fs").c_str(), O_RDONLY);
  constexpr uint64_t kDepth = 60;  // of 200 bytes each
  for (uint64_t i = 0; i < kDepth; ++i) {
    ASSERT_EQ(mkdirat(place, name.c_str(), 0700), 0);
    const int next = openat(place, name.c_str(), O_RDONLY);
    close(place);
    place = next;
  }
  close(place);
  tree_ = std::make_shared<BoardTree>(place_, "board", Quota(kBytes, 1000));
  EXPECT_EQ(files_used(), kDepth + 1);
  Deploying(*tree_, FileTree::Others::Stay).file("a", "1").commit();
  EXPECT_EQ(files_used(), kDepth + 2);
  ASSERT_FALSE(tree_->remove_all(name));
  EXPECT_EQ(files_used(), 2u);
}

// ---- deployments ----

TEST_F(BoardTreeTest, ADeploymentIsThereAsAWhole) {
  make_file("stays", 100);
  make_file("main.py", 100);
  ASSERT_FALSE(tree_->make_directory("lib"));
  make_file("lib/old", 10);
  const auto status_before = std::filesystem::last_write_time(real("stays"));
  Deploying deploying(*tree_, FileTree::Others::Stay);
  deploying.file("main.py", "new").file("lib/new/deep.py", "deep").file("empty", "");
  EXPECT_EQ(fs::file_size(real("main.py")), 100u);
  deploying.commit();
  EXPECT_EQ(text("main.py"), "new");
  EXPECT_EQ(text("lib/new/deep.py"), "deep");
  EXPECT_EQ(text("empty"), "");
  EXPECT_EQ(fs::file_size(real("lib/old")), 10u);
  EXPECT_EQ(std::filesystem::last_write_time(real("stays")), status_before);
  deploying.end();
  check();
}

TEST_F(BoardTreeTest, ADeploymentMayReplaceAll) {
  make_file("goes", 100);
  ASSERT_FALSE(tree_->make_directory("main.py"));
  Deploying(*tree_, FileTree::Others::Go).file("main.py", "new").commit();
  EXPECT_FALSE(fs::exists(real("goes")));
  EXPECT_EQ(text("main.py"), "new");
  check();
}

TEST_F(BoardTreeTest, ADeploymentThatFailsChangesNothing) {
  make_file("file", 100);
  ASSERT_FALSE(tree_->make_directory("directory"));
  make_file("directory/in", 7);
  EXPECT_EQ(Deploying(*tree_, FileTree::Others::Stay).file("a", "1").file("directory", "2").failure(), EISDIR);
  EXPECT_EQ(Deploying(*tree_, FileTree::Others::Stay).file("a", "1").file("file/below", "2").failure(), ENOTDIR);
  Deploying(*tree_, FileTree::Others::Stay).file("a", "1");  // never committed
  EXPECT_FALSE(fs::exists(real("a")));
  EXPECT_EQ(fs::file_size(real("file")), 100u);
  EXPECT_EQ(fs::file_size(real("directory/in")), 7u);
  check();
}

TEST_F(BoardTreeTest, ADeploymentKeepsToTheQuota) {
  make_file("a", kBytes / 2);
  const std::string most(kBytes / 2, 'x');
  EXPECT_EQ(Deploying(*tree_, FileTree::Others::Stay).file("b", most).file("c", "1").failure(), ENOSPC);
  check();
  EXPECT_EQ(Deploying(*tree_, FileTree::Others::Stay).file("a", most + most).failure(), 0);
  check();
  EXPECT_EQ(bytes_used(), kBytes);
  std::unique_ptr<Deployment> deployment;
  ASSERT_FALSE(tree_->begin_deployment(FileTree::Others::Go, deployment));
  ASSERT_FALSE(deployment->begin_file("/b"));
  ASSERT_FALSE(deployment->write((most + most).data(), kBytes));
  EXPECT_EQ(deployment->write("1", 1).number, ENOSPC) << "it could never fit";
  deployment.reset();
  Deploying many(*tree_, FileTree::Others::Go);
  for (uint64_t i = 0; i < kFiles; ++i) many.file(std::to_string(i), "");
  ASSERT_FALSE(tree_->begin_deployment(FileTree::Others::Stay, deployment));
  many.commit();
  many.end();
  EXPECT_EQ(files_used(), kFiles);
  deployment.reset();
  check();
}

TEST_F(BoardTreeTest, WhatIsOpenOutlivesADeployment) {
  make_file("a", 1000);
  make_file("b", 1000);
  const auto replaced = opened("a", O_RDONLY), kept = opened("b", O_RDONLY);
  std::unique_ptr<NewFile> in_the_making;
  ASSERT_FALSE(tree_->begin_file("c", FileTree::Replace::Allowed, in_the_making));
  Deploying(*tree_, FileTree::Others::Stay).file("a", "new").commit();
  char bytes[2000];
  size_t count = 0;
  EXPECT_FALSE(replaced->read(bytes, sizeof bytes, count));
  EXPECT_EQ(count, 1000u);
  ASSERT_FALSE(in_the_making->write("12", 2));
  ASSERT_FALSE(in_the_making->complete());
  EXPECT_EQ(text("c"), "12");
  ASSERT_FALSE(tree_->remove("b"));
  EXPECT_EQ(files_used(), 2u);
  EXPECT_FALSE(replaced->close());
  EXPECT_FALSE(kept->close());
  in_the_making.reset();
  check();
}

TEST_F(BoardTreeTest, ADeploymentOfABoardThatIsGoneFails) {
  Deploying deploying(*tree_, FileTree::Others::Stay);
  deploying.file("a", "1");
  tree_->end();
  EXPECT_EQ(deploying.failure(), ESTALE);
}

}  // namespace
}  // namespace upyd
