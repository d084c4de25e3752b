#include "logs/log_ring.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "support/temporary_directory.h"

namespace upyd {
namespace {

LogMark mark_of(uint64_t number) {
  return {.time_ns = static_cast<int64_t>(number), .run_id = number, .source = v1::LOG_SOURCE_STDOUT};
}

/// A text that tells by itself whether it is whole: of so many bytes, all of them by its number.
std::string text_of(uint64_t number) { return std::string(number * 37 % 300, static_cast<char>('a' + number % 26)); }

/// All entries; each must be as text_of and mark_of have it.
std::vector<uint64_t> numbers_in(const LogRing& ring) {
  std::vector<uint64_t> numbers;
  LogRing::Place place = ring.begin();
  for (std::string text; const auto mark = ring.next(place, text);) {
    EXPECT_EQ(text, text_of(mark->run_id));
    EXPECT_EQ(mark->time_ns, static_cast<int64_t>(mark->run_id));
    numbers.push_back(mark->run_id);
  }
  EXPECT_EQ(place.offset, ring.end().offset);
  EXPECT_EQ(place.number, ring.end().number);
  return numbers;
}

class LogRingTest : public testing::Test {
 protected:
  std::string path() const { return directory_.file("x.log"); }
  std::unique_ptr<LogRing> make(size_t bytes) { return LogRing::make(LogMemory::of_new_file(path(), bytes)); }
  std::unique_ptr<LogRing> load() {
    auto memory = LogMemory::of_old_file(path());
    return memory ? LogRing::make(std::move(memory)) : nullptr;
  }
  size_t size_of_file() const { return std::filesystem::file_size(path()); }

  test_support::TemporaryDirectory directory_;
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

TEST_F(LogRingTest, WhatDoesNotFitIsCounted) {
  const auto ring = LogRing::make(LogMemory::own(4096));
  ring->append(mark_of(1), text_of(1));
  ring->append(mark_of(2), std::string(LogRing::kLongestText, 'x'));
  EXPECT_TRUE(numbers_in(*ring).empty());
  EXPECT_EQ(ring->begin().number, 2u);
  ring->append(mark_of(3), text_of(3));
  EXPECT_EQ(numbers_in(*ring), std::vector<uint64_t>{3});
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
    ring->append(mark_of(1), text_of(1));
  }
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
