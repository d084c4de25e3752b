#include "logs/log_ring.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "support/full_disk.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

/// Some entries in a row have the same.
LogMark mark_of(uint64_t number) {
  return {.time_ns = static_cast<int64_t>(number / 3), .run_id = number / 7, .source = v1::LOG_SOURCE_STDOUT};
}

/// A text that tells by itself whether it is whole: its number, and so many bytes by it.
std::string text_of(uint64_t number) {
  return std::to_string(number) + ":" + std::string(number * 37 % 300, static_cast<char>('a' + number % 26));
}

/// All entries; each must be as text_of and mark_of have it.
std::vector<uint64_t> numbers_in(LogRing& ring) {
  std::vector<uint64_t> numbers;
  LogRing::Place place = ring.begin();
  for (std::string text; const auto mark = ring.next(place, text);) {
    const uint64_t number = std::strtoull(text.c_str(), nullptr, 10);
    EXPECT_EQ(text, text_of(number));
    EXPECT_EQ(*mark, mark_of(number));
    numbers.push_back(number);
  }
  EXPECT_EQ(place.offset, ring.end().offset);
  EXPECT_EQ(place.number, ring.end().number);
  return numbers;
}

class LogRingTest : public testing::Test {
 protected:
  std::string path() const { return directory_.file("x.log"); }
  std::unique_ptr<LogRing> make(size_t bytes) {
    return LogRing::make(LogMemory::of_new_file(path(), bytes, complain()));
  }
  std::unique_ptr<LogRing> load() {
    auto memory = LogMemory::of_old_file(path(), complain());
    return memory ? LogRing::make(std::move(memory)) : nullptr;
  }
  size_t size_of_file() const { return std::filesystem::file_size(path()); }

  using Trouble = LogMemory::Trouble;
  LogMemory::Complain complain() {
    return [this](Trouble trouble, const std::string& path, int) {
      EXPECT_EQ(path, this->path());
      troubles_.push_back(trouble);
    };
  }

  test_support::TemporaryDirectory directory_;
  std::vector<Trouble> troubles_;
};

TEST_F(LogRingTest, KeepsTheLatestAndNumbersAll) {
  const auto ring = LogRing::make(LogMemory::own(8192));
  EXPECT_TRUE(numbers_in(*ring).empty());
  for (uint64_t i = 1; i <= 1000; ++i) ring->append(mark_of(i), text_of(i));
  const auto numbers = numbers_in(*ring);
  EXPECT_GT(numbers.size(), 20u);
  EXPECT_EQ(numbers.back(), 1000u);
  EXPECT_EQ(numbers.front() + numbers.size() - 1, 1000u) << "none is missing in between";
  EXPECT_EQ(ring->begin().number, 1000 - numbers.size());
  EXPECT_EQ(ring->end().number, 1000u);
}

TEST_F(LogRingTest, AnEntryHasWhatItWasGiven) {
  const auto ring = LogRing::make(LogMemory::own(8192));
  ring->append({12, 34, v1::LOG_SOURCE_STDERR, true}, std::string_view("\0\x1b\xff", 3));
  LogRing::Place place = ring->begin();
  std::string text;
  const auto mark = ring->next(place, text);
  ASSERT_TRUE(mark);
  EXPECT_EQ(mark->time_ns, 12);
  EXPECT_EQ(mark->run_id, 34u);
  EXPECT_EQ(mark->source, v1::LOG_SOURCE_STDERR);
  EXPECT_TRUE(mark->continues);
  EXPECT_EQ(text, std::string("\0\x1b\xff", 3));
  EXPECT_FALSE(ring->next(place, text));
}

/// Each on its own would take a head.
TEST_F(LogRingTest, EntriesOfOneMomentShareABlock) {
  const auto ring = make(8192);
  const LogMark mark{.time_ns = 1, .run_id = 2, .source = v1::LOG_SOURCE_STDERR};
  LogRing::Place follower = ring->end();
  std::string text;
  for (int i = 1000; i < 6000; ++i) {
    ring->append(mark, i % 10 == 0 ? "" : std::to_string(i));
    ASSERT_EQ(ring->next(follower, text), mark);
    ASSERT_EQ(text, i % 10 == 0 ? "" : std::to_string(i));
    ASSERT_FALSE(ring->next(follower, text));
  }
  EXPECT_GT(ring->end().number - ring->begin().number, 1300u);
  LogRing::Place place = ring->begin();
  for (uint64_t number = place.number; ring->next(place, text); ++number)
    ASSERT_EQ(text, number % 10 == 0 ? "" : std::to_string(number + 1000));
  EXPECT_EQ(place.number, 5000u);
}

TEST_F(LogRingTest, WhatDoesNotFitIsCounted) {
  const auto ring = LogRing::make(LogMemory::own(4096));
  ring->append(mark_of(1), text_of(1));
  ring->append(mark_of(2), std::string(LogRing::kLongestText, 'x'));
  EXPECT_TRUE(numbers_in(*ring).empty());
  EXPECT_EQ(ring->begin().number, 2u);
  ring->append(mark_of(3), text_of(3));
  EXPECT_EQ(numbers_in(*ring), std::vector<uint64_t>{3});
  ring->append(mark_of(4), text_of(4));
  EXPECT_EQ(numbers_in(*ring), (std::vector<uint64_t>{3, 4}));
  ring->append(mark_of(5), std::string(LogRing::kLongestText, 'x'));
  ring->append(mark_of(3), text_of(3));
  EXPECT_EQ(numbers_in(*ring), std::vector<uint64_t>{3}) << "though the one before the last had the same mark";
}

TEST_F(LogRingTest, WithoutRoomOnTheDiskItIsInMemory) {
  const auto ring = make(32768);
  const test_support::FullDisk full(0);
  for (uint64_t i = 1; i <= 50; ++i) ring->append(mark_of(i), text_of(i));
  EXPECT_EQ(numbers_in(*ring).size(), 50u);
  EXPECT_EQ(troubles_, std::vector{Trouble::NoRoom});
  EXPECT_FALSE(ring->memory().is_file());
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(LogRingTest, WithoutRoomForMoreItStaysAsLongAsItIs) {
  auto ring = make(32768);
  const test_support::FullDisk full(8192);
  for (uint64_t i = 1; i <= 500; ++i) ring->append(mark_of(i), text_of(i));
  EXPECT_EQ(size_of_file(), 8192u);
  EXPECT_EQ(numbers_in(*ring).back(), 500u);
  EXPECT_EQ(std::set(troubles_.begin(), troubles_.end()), std::set{Trouble::NoRoom});
  ring = load();
  ASSERT_TRUE(ring);
  EXPECT_EQ(numbers_in(*ring).back(), 500u);
}

TEST_F(LogRingTest, AFileGrowsAsItIsFilled) {
  const auto ring = make(32768);
  EXPECT_EQ(size_of_file(), 0u);
  ring->append(mark_of(1), text_of(1));
  EXPECT_EQ(size_of_file(), 4096u);
  for (uint64_t i = 2; i <= 30; ++i) ring->append(mark_of(i), text_of(i));
  EXPECT_EQ(size_of_file(), 8192u);
  EXPECT_EQ(numbers_in(*ring).size(), 30u) << "as long as it grows it loses nothing";
  for (uint64_t i = 31; i <= 1000; ++i) ring->append(mark_of(i), text_of(i));
  EXPECT_EQ(size_of_file(), 32768u);
  EXPECT_EQ(numbers_in(*ring).back(), 1000u);
}

TEST_F(LogRingTest, AFileHasItAllWhenItIsLoaded) {
  for (const uint64_t last : {1u, 17u, 40u, 1000u}) {
    auto ring = make(16384);
    for (uint64_t i = 1; i <= last; ++i) ring->append(mark_of(i), text_of(i));
    const auto numbers = numbers_in(*ring);
    ring.reset();
    ring = load();
    ASSERT_TRUE(ring);
    EXPECT_EQ(numbers_in(*ring), numbers);
    ring->append(mark_of(last + 1), text_of(last + 1));
    EXPECT_EQ(numbers_in(*ring).back(), last + 1);
  }
}

TEST_F(LogRingTest, WhatIsNoLogIsNotLoaded) {
  for (const std::string& bytes : {std::string("x"), std::string(4096, '\0'), std::string(4096, '\xff')}) {
    std::ofstream(path()) << bytes;
    EXPECT_FALSE(load());
  }
}

/// A file that somebody else has changed, in any way, is loaded whole or not at all.
TEST_F(LogRingTest, ChangedFilesAreSoundOrRefused) {
  std::mt19937 random(1);
  {
    const auto ring = make(8192);
    for (uint64_t i = 1; i <= 100; ++i) ring->append(mark_of(i), text_of(i));
  }
  std::string original(size_of_file(), '\0');
  std::ifstream(path()).read(original.data(), static_cast<std::streamsize>(original.size()));
  for (int i = 0; i < 2000; ++i) {
    std::string changed = original;
    const size_t among = i % 2 == 0 ? 64 : changed.size();  // the head above all
    for (int changes = 0; changes < 3; ++changes) changed[random() % among] = static_cast<char>(random());
    std::ofstream(path()) << changed;
    const auto ring = load();
    if (!ring) continue;
    LogRing::Place place = ring->begin();
    for (std::string text; ring->next(place, text);) EXPECT_LE(text.size(), LogRing::kLongestText);
    EXPECT_EQ(place.number, ring->end().number);
    ring->append(mark_of(1), text_of(1));
  }
}

/// Whatever somebody does to the file of a log that is in use: it goes on, it is sound, and what comes then is kept.
class ChangedFileTest : public LogRingTest, public testing::WithParamInterface<int> {
 protected:
  void overwrite(size_t from, char with) const {
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(from)) << std::string(16384 - from, with);
  }
  void change(int how) const {
    switch (how) {
      case 0:
        return std::filesystem::resize_file(path(), 0);
      case 1:
        return std::filesystem::resize_file(path(), 4096);
      case 2:
        return std::filesystem::resize_file(path(), 5000);
      case 3:
        return overwrite(0, '\0');
      case 4:
        return overwrite(64, '\xff');
      case 5:
        return overwrite(32, '\n');
      case 6:
        return static_cast<void>(std::ofstream(path()) << "somebody else's");
      case 7:
        std::filesystem::remove(path());
        return;
      case 8:
        std::filesystem::remove(path());
        return static_cast<void>(std::ofstream(path()) << "another");
      case 9:
        std::filesystem::remove(path());
        return std::filesystem::create_symlink("/dev/null", path());
      case 10:
        std::filesystem::remove(path());
        std::filesystem::create_directory(path());
        return;
      default:
        return std::filesystem::resize_file(path(), 1 << 20);
    }
  }
};
INSTANTIATE_TEST_SUITE_P(All, ChangedFileTest, testing::Range(0, 12));

TEST_P(ChangedFileTest, EndsNoLog) {
  for (const uint64_t before : {1u, 40u, 500u}) {  // it is short, still grows, has gone round
    std::filesystem::remove(path());
    const auto ring = make(16384);
    for (uint64_t i = 1; i <= before; ++i) ring->append(mark_of(i), text_of(i));
    LogRing::Place follower = ring->end();
    change(GetParam());
    std::vector<std::string> kept;
    for (uint64_t i = 1; i <= 200; ++i) {
      ring->append(mark_of(before + i), text_of(before + i));
      if (i % 10 != 0) continue;
      kept.clear();
      LogRing::Place place = ring->begin();
      for (std::string text; ring->next(place, text);) kept.push_back(text);
      for (std::string text; ring->next(follower, text);) continue;
      ASSERT_EQ(follower.number, ring->end().number);
    }
    EXPECT_EQ(ring->end().number, before + 200);
    ASSERT_FALSE(kept.empty());
    EXPECT_EQ(kept.back(), text_of(before + 200));
    EXPECT_LE(troubles_.size(), 20u);
  }
}

TEST_F(LogRingTest, AFileThatWasEmptiedIsWrittenAnew) {
  auto ring = make(16384);
  for (uint64_t i = 1; i <= 100; ++i) ring->append(mark_of(i), text_of(i));
  std::filesystem::resize_file(path(), 0);
  ring->append(mark_of(101), text_of(101));
  EXPECT_EQ(numbers_in(*ring), std::vector<uint64_t>{101});
  EXPECT_EQ(ring->begin().number, 100u) << "the others are lost";
  EXPECT_EQ(troubles_, std::vector{Trouble::Changed});
  ring = load();
  ASSERT_TRUE(ring);
  EXPECT_EQ(numbers_in(*ring), std::vector<uint64_t>{101});
}

/// A process that is killed while it writes, wherever it is.
TEST_F(LogRingTest, NoEntryIsTornByAKill) {
  for (int round = 0; round < 30; ++round) {
    std::filesystem::remove(path());
    const pid_t child = fork();
    if (child == 0) {
      const auto ring = make(8192);
      for (uint64_t i = 1;; ++i) ring->append(mark_of(i), text_of(i));
    }
    usleep(static_cast<useconds_t>(1000 + round * 700));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const auto ring = load();
    if (!ring) continue;  // it had not begun
    const auto numbers = numbers_in(*ring);
    if (numbers.empty()) continue;
    EXPECT_EQ(numbers.front() + numbers.size() - 1, numbers.back());
  }
}

}  // namespace
}  // namespace upyd
