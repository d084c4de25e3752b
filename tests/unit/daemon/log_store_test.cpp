#include "logs/log_store.h"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>

#include "support/full_disk.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using Stream = upy::Console::Stream;

class LogStoreTest : public testing::Test {
 protected:
  LogStoreTest() { start(); }
  void start() {
    store_.reset();
    owners_.emplace();
    store_.emplace(directory_.path(), *owners_, nullptr, log_);
  }
  std::shared_ptr<InstanceLog> open(const std::string& name, size_t bytes = 16384) {
    return store_->open(name, bytes, LogStore::Journaled::No);
  }
  /// Opens a log, writes a line and leaves it.
  void write(const std::string& name, const std::string& line) { open(name)->write(Stream::Out, line + "\n"); }
  /// All that is in a log; "-": there is none.
  std::string text_of(const std::string& name) {
    const auto log = store_->find(name);
    if (!log) return "-";
    InstanceLog::Reader reader(log, {}, 0, [] {});
    v1::ReadLogResponse answer;
    reader.read(answer, 1u << 20);
    std::string text;
    for (const v1::LogEntry& entry : answer.entries()) text += entry.text() + ";";
    return text;
  }
  size_t files() const {
    size_t number = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path()))
      number += entry.path().extension() == ".log" ? 1 : 0;
    return number;
  }

  test_support::TemporaryDirectory directory_;
  std::ostringstream warnings_;
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::ostream_sink_mt>(warnings_)};
  std::optional<Owners> owners_;
  std::optional<LogStore> store_;
};

TEST_F(LogStoreTest, ALogOutlivesItsInstanceAndUpyd) {
  EXPECT_EQ(text_of("a"), "-");
  write("a", "one");
  EXPECT_EQ(text_of("a"), "one;");
  store_->close("a");
  EXPECT_EQ(text_of("a"), "one;");
  start();
  EXPECT_EQ(text_of("a"), "one;");
  EXPECT_EQ(text_of("b"), "-");
}

TEST_F(LogStoreTest, AnInstanceOfThatNameGoesOnWithIt) {
  write("a", "one");
  store_->close("a");
  write("a", "two");
  EXPECT_EQ(text_of("a"), "one;two;");
  start();  // as after a crash: it was not closed
  write("a", "three");
  EXPECT_EQ(text_of("a"), "one;two;three;");
}

TEST_F(LogStoreTest, ALogTakesAnotherSize) {
  for (int i = 100; i < 200; ++i) write("a", std::to_string(i) + std::string(100, ' '));
  store_->close("a");
  open("a", 4096);
  const std::string latest = text_of("a");
  EXPECT_EQ(latest.find("100 "), std::string::npos);
  EXPECT_NE(latest.find("199 "), std::string::npos);
  store_->close("a");
  open("a", 65536);
  EXPECT_EQ(text_of("a"), latest);
  write("a", "more");
  start();
  EXPECT_EQ(text_of("a"), latest + "more;");
  EXPECT_EQ(files(), 1u);
}

TEST_F(LogStoreTest, OfThoseThatAreGoneTheLastAreKept) {
  open("stays")->say("here");
  std::this_thread::sleep_for(std::chrono::milliseconds(30));  // the time of entries goes by ticks
  for (size_t i = 0; i < LogStore::kGone + 10; ++i) {
    write("gone" + std::to_string(i), "x");
    store_->close("gone" + std::to_string(i));
  }
  EXPECT_EQ(text_of("gone9"), "-");
  EXPECT_EQ(text_of("gone10"), "x;");
  EXPECT_EQ(text_of("stays"), "here;");
  EXPECT_EQ(files(), LogStore::kGone + 1);
  start();
  EXPECT_EQ(text_of("gone10"), "x;");
  write("one", "x");
  store_->close("one");
  EXPECT_EQ(text_of("stays"), "-") << "who went first before upyd ended is forgotten first";
  EXPECT_EQ(files(), LogStore::kGone);
  EXPECT_EQ(text_of("one"), "x;");
}

TEST_F(LogStoreTest, WithoutADirectoryLogsAreInMemory) {
  store_.emplace("", *owners_, nullptr, log_);
  write("a", "one");
  store_->close("a");
  EXPECT_EQ(text_of("a"), "one;");
  EXPECT_EQ(warnings_.str(), "");
}

TEST_F(LogStoreTest, ASecondOneKeepsItsLogsInMemory) {
  LogStore second(directory_.path(), *owners_, nullptr, log_);
  EXPECT_NE(warnings_.str().find("another upyd keeps its own in " + directory_.path().string()), std::string::npos)
      << warnings_.str();
  second.open("a", 4096, LogStore::Journaled::No)->say("x");
  EXPECT_EQ(files(), 0u);
}

TEST_F(LogStoreTest, ADirectoryThatCannotBeUsedIsTold) {
  store_.emplace("/dev/null/log", *owners_, nullptr, log_);
  EXPECT_NE(warnings_.str().find("logs are kept in memory alone"), std::string::npos) << warnings_.str();
  write("a", "one");
  EXPECT_EQ(text_of("a"), "one;");
}

TEST_F(LogStoreTest, WithoutRoomOnTheDiskLogsAreInMemoryAndThatIsToldOnce) {
  {
    const test_support::FullDisk full(0);
    write("a", "one");
    write("b", "one");
    EXPECT_EQ(text_of("a"), "one;");
    EXPECT_EQ(text_of("b"), "one;");
    store_->close("a");
  }
  const std::string told = directory_.path().string() + " has no room for ";
  EXPECT_NE(warnings_.str().find(told), std::string::npos) << warnings_.str();
  EXPECT_EQ(warnings_.str().find(told), warnings_.str().rfind(told)) << warnings_.str();
  write("a", "two");
  EXPECT_EQ(text_of("a"), "one;two;");
  EXPECT_EQ(files(), 1u) << "now there is room";
  start();
  EXPECT_EQ(text_of("a"), "one;two;");
}

TEST_F(LogStoreTest, ThatSomebodyChangesFilesIsToldOnce) {
  for (const char* name : {"a", "b"}) {
    write(name, "one");
    std::filesystem::resize_file(directory_.file(name + std::string(".log")), 0);
    write(name, "two");
    EXPECT_EQ(text_of(name), "two;");
  }
  const std::string told = "somebody else has changed ";
  EXPECT_NE(warnings_.str().find(told + directory_.file("a.log")), std::string::npos) << warnings_.str();
  EXPECT_EQ(warnings_.str().find(told), warnings_.str().rfind(told)) << warnings_.str();
}

TEST_F(LogStoreTest, WhatCannotBeRemovedStays) {
  std::filesystem::create_directories(directory_.file("a.log/b"));
  start();
  EXPECT_EQ(warnings_.str(), "");
  write("a", "one");
  EXPECT_EQ(text_of("a"), "one;");
}

TEST_F(LogStoreTest, WhatIsNoLogIsRemoved) {
  std::ofstream(directory_.file("a.log")) << "nonsense";
  std::ofstream(directory_.file("b.log.new")) << "nonsense";
  start();
  EXPECT_EQ(text_of("a"), "-");
  EXPECT_EQ(files(), 0u);
}

TEST_F(LogStoreTest, ALogOfNoBytesKeepsNothing) {
  open("a", 0)->say("x");
  EXPECT_EQ(text_of("a"), "");
  EXPECT_EQ(files(), 0u);
}

TEST_F(LogStoreTest, KnowsWhoseALogIsAlsoAfterwards) {
  constexpr size_t kBytes = 16384;
  store_->open("a", kBytes, LogStore::Journaled::No, "uid:7")->say("mine");
  write("b", "nobody's");
  EXPECT_EQ(owners_->of("a"), "uid:7");
  store_->close("a");
  EXPECT_EQ(owners_->of("a"), "uid:7");
  EXPECT_EQ(owners_->of("c"), std::nullopt);
  start();
  EXPECT_EQ(owners_->of("a"), "uid:7");
  EXPECT_EQ(owners_->of("b"), "");
  store_->open("a", kBytes, LogStore::Journaled::No, "uid:8")->say("given away");
  EXPECT_EQ(owners_->of("a"), "uid:8");
  EXPECT_TRUE(std::filesystem::exists(directory_.file("a@uid:8.log")));
  EXPECT_FALSE(std::filesystem::exists(directory_.file("a@uid:7.log")));
  store_->close("a");
  store_->forget("a");
  EXPECT_FALSE(std::filesystem::exists(directory_.file("a@uid:8.log")));
}

}  // namespace
}  // namespace upyd
