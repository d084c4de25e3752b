#include "boards/board_store.h"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <asio/thread_pool.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

namespace fs = std::filesystem;

class BoardStoreTest : public testing::Test {
 protected:
  BoardStoreTest() { start(); }

  /// As upyd does: with these declarations.
  std::map<std::string, BoardRecord> start(const Declarations& declared = {}) {
    store_.reset();
    pool_.emplace(1);
    store_.emplace(directory_.path(), *pool_, log_);
    return store_->load(declared);
  }
  void make_file(const std::string& board, const std::string& name) {
    std::unique_ptr<upy::File> file;
    ASSERT_FALSE(store_->make_tree(board, 1 << 20, 100)->open(name, O_WRONLY | O_CREAT, DescriptorUse::Script, file));
  }
  fs::path real(const std::string& board, const std::string& name) const {
    return directory_.path() / ("instances/" + board + "/" + name);
  }
  static Declarations declaring(const std::string& name) {
    BoardRecord record{.declared_in = "/etc/" + name + ".toml"};
    record.config.set_heap_bytes(1 << 20);
    return {.boards = {{name, record}}, .faults = {}};
  }

  const test_support::TemporaryDirectory directory_;
  std::ostringstream logged_;
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::ostream_sink_mt>(logged_)};
  std::optional<asio::thread_pool> pool_;
  std::optional<BoardStore> store_;
};

TEST_F(BoardStoreTest, ABoardOutlivesUpydAndOtherInstancesDoNot) {
  BoardRecord record{.stopped = true};
  record.config.set_wall_ms(7);
  ASSERT_FALSE(store_->save("board", record));
  make_file("board", "main.py");
  make_file("other", "main.py");
  const auto boards = start();
  ASSERT_EQ(boards.size(), 1u);
  EXPECT_EQ(boards.at("board").config.wall_ms(), 7u);
  EXPECT_TRUE(boards.at("board").stopped);
  EXPECT_TRUE(fs::exists(real("board", "fs/main.py")));
  EXPECT_FALSE(fs::exists(real("other", "")));
}

TEST_F(BoardStoreTest, CrashesAreForgottenWithTheBoard) {
  const std::string state = directory_.path();
  ASSERT_FALSE(store_->save("board", {}));
  std::ofstream(state + "/crash") << "1 SIGSEGV board 2\n1 SIGSEGV other 3\n";
  store_->forget_crashes("absent");
  EXPECT_EQ(read_crashes(state).size(), 2u);
  EXPECT_FALSE(store_->remove("board"));
  ASSERT_EQ(read_crashes(state).size(), 1u);
  EXPECT_EQ(read_crashes(state)[0].instance, "other");
}

TEST_F(BoardStoreTest, WhatLayAsideIsRemoved) {
  ASSERT_FALSE(store_->save("board", {}));
  std::ofstream(real("board", "aside/7")) << "half";
  start();
  EXPECT_FALSE(fs::exists(real("board", "aside/7")));
  make_file("board", "x");
  EXPECT_TRUE(fs::exists(real("board", "aside")));
}

TEST_F(BoardStoreTest, ARecordThatCannotBeReadIsLeftAlone) {
  ASSERT_FALSE(store_->save("board", {}));
  make_file("board", "main.py");
  std::ofstream(real("board", "board.json")) << "{\"format\": 1, \"ena";
  EXPECT_TRUE(start().empty());
  EXPECT_TRUE(start(declaring("board")).empty()) << "nor does a declaration write over it";
  EXPECT_TRUE(fs::exists(real("board", "fs/main.py")));
  EXPECT_TRUE(store_->why_taken("board"));
  EXPECT_FALSE(store_->why_taken("other"));
  EXPECT_NE(logged_.str().find(real("board", "board.json").string() + " is no record of a board"), std::string::npos)
      << logged_.str();
}

TEST_F(BoardStoreTest, ADeclaredBoardIsAsItsFileSaysAndAsClientsLeftIt) {
  auto record = start(declaring("board")).at("board");
  EXPECT_FALSE(record.stopped);
  record.stopped = true;
  record.enabled = false;
  ASSERT_FALSE(store_->save("board", record));
  const auto boards = start(declaring("board"));
  EXPECT_TRUE(boards.at("board").stopped);
  EXPECT_FALSE(boards.at("board").enabled);
  EXPECT_EQ(boards.at("board").config.heap_bytes(), 1u << 20);
}

TEST_F(BoardStoreTest, FilesOfADeclaredBoardMayBeThereBeforeIt) {
  fs::create_directories(real("board", "fs"));
  std::ofstream(real("board", "fs/main.py")) << "pass";
  start(declaring("board"));
  EXPECT_TRUE(fs::exists(real("board", "fs/main.py")));
}

TEST_F(BoardStoreTest, FilesOfADeclarationWithAFaultStay) {
  make_file("board", "main.py");
  start({.boards = {}, .faults = {{"board", "x"}}});
  EXPECT_TRUE(fs::exists(real("board", "fs/main.py")));
}

TEST_F(BoardStoreTest, WhereADeclarationIsGoneTheFilesStay) {
  ASSERT_FALSE(store_->save("board", declaring("board").boards.at("board")));
  make_file("board", "main.py");
  EXPECT_TRUE(start().empty());
  EXPECT_TRUE(fs::exists(real("board", "fs/main.py")));
  EXPECT_TRUE(store_->why_taken("board"));
  EXPECT_TRUE(store_->declare("board", declaring("board").boards.at("board")));
}

/// Whether that was told to an upyd that ran, or to one that starts: see Board::declare.
TEST_F(BoardStoreTest, ABoardOfAClientThatIsDeclaredIsADeclaredOneFromThenOn) {
  ASSERT_FALSE(store_->save("board", {}));
  EXPECT_EQ(start(declaring("board")).size(), 1u);
  EXPECT_TRUE(start().empty());
  EXPECT_TRUE(store_->why_taken("board"));
}

TEST_F(BoardStoreTest, WhatIsRemovedIsGoneAndItsNameFree) {
  ASSERT_FALSE(store_->save("board", {}));
  make_file("board", "main.py");
  ASSERT_FALSE(store_->remove("board"));
  EXPECT_FALSE(fs::exists(real("board", "")));
  EXPECT_FALSE(store_->why_taken("board"));
  EXPECT_TRUE(start().empty());
  make_file("board", "other.py");
  EXPECT_FALSE(fs::exists(real("board", "fs/main.py")));
}

/// There is nowhere to move them to.
TEST_F(BoardStoreTest, WhatCantBeRemovedStaysAndItsNameIsTaken) {
  ASSERT_FALSE(store_->save("board", {}));
  make_file("board", "main.py");
  make_file("other", "main.py");
  fs::remove(directory_.path() / "removed");
  EXPECT_EQ(store_->remove("board").number, ENOENT);
  EXPECT_TRUE(fs::exists(real("board", "board.json")));
  make_file("board", "more.py");
  EXPECT_EQ(store_->remove("other").number, ENOENT);
  ASSERT_TRUE(store_->why_taken("other"));
  EXPECT_NE(store_->why_taken("other")->find(real("other", "").parent_path().string()), std::string::npos);
  EXPECT_FALSE(store_->why_taken("absent"));
  EXPECT_EQ(start().count("board"), 1u) << "and where they can be moved they are";
  EXPECT_FALSE(fs::exists(real("other", "")));
  EXPECT_FALSE(store_->why_taken("other"));
}

TEST_F(BoardStoreTest, ARecordIsARegularFile) {
  fs::create_directories(real("board", ""));
  const std::string record = real("board", "board.json");
  ASSERT_EQ(mkfifo(record.c_str(), 0600), 0);
  EXPECT_TRUE(start().empty());
  EXPECT_NE(logged_.str().find("it is no regular file"), std::string::npos) << logged_.str();
  EXPECT_TRUE(store_->why_taken("board"));
  fs::remove(record);
  fs::create_directory(record);
  EXPECT_TRUE(start().empty());
  EXPECT_TRUE(fs::exists(record));
  fs::remove(record);
  std::ofstream(record) << std::string(2 << 20, ' ');
  logged_.str("");
  EXPECT_TRUE(start().empty());
  EXPECT_NE(logged_.str().find("it is too large"), std::string::npos) << logged_.str();
}

TEST_F(BoardStoreTest, WhatIsReleasedComesBack) {
  ASSERT_FALSE(store_->save("board", {}));
  const auto tree = store_->make_tree("board", 1 << 20, 100);
  EXPECT_EQ(store_->make_tree("board", 1 << 20, 100), tree);
  make_file("board", "main.py");
  store_->release("board");
  upy::FileStatus status;
  EXPECT_EQ(tree->stat("/main.py", status).number, ESTALE);
  EXPECT_FALSE(store_->make_tree("board", 1 << 20, 100)->stat("/main.py", status));
}

}  // namespace
}  // namespace upyd
