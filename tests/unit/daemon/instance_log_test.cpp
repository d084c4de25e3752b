#include "logs/instance_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "logs/journal.h"

namespace upyd {
namespace {

using Stream = upy::Console::Stream;
using Reader = InstanceLog::Reader;

std::string line_of(v1::LogSource source, uint64_t run_id, const std::string& text, bool continues = false) {
  constexpr const char* kNames[] = {"?", "out", "err", "upyd"};
  return std::string(kNames[source]) + " " + std::to_string(run_id) + ": " + text + (continues ? "+" : "");
}

class InstanceLogTest : public testing::Test {
 protected:
  static std::shared_ptr<InstanceLog> make(size_t bytes, Journal* journal = nullptr) {
    return std::make_shared<InstanceLog>(
        "a", nullptr, [bytes] { return LogRing::make(LogMemory::own(bytes)); }, journal);
  }
  std::vector<std::string> read(Reader& reader) {
    std::vector<std::string> lines;
    for (auto found = Reader::Found::More; found == Reader::Found::More;) {
      v1::ReadLogResponse answer;
      found = reader.read(answer, 1000);
      if (answer.dropped()) lines.push_back(std::to_string(answer.dropped()) + " dropped");
      for (const v1::LogEntry& entry : answer.entries()) {
        lines.push_back(line_of(entry.source(), entry.run_id(), entry.text(), entry.continues()));
      }
      has_ended_ = found == Reader::Found::End;
    }
    return lines;
  }
  std::vector<std::string> all(const LogFilter& filter = {}, size_t last = 0) {
    Reader reader(log_, filter, last, [] {});
    return read(reader);
  }
  using Lines = std::vector<std::string>;

  std::shared_ptr<InstanceLog> log_ = make(65536);
  bool has_ended_ = false;
};

TEST_F(InstanceLogTest, AnEntryIsALine) {
  log_->write(Stream::Out, "one\ntwo\n\nth");
  EXPECT_EQ(all(), Lines({"out 0: one", "out 0: two", "out 0: "}));
  log_->write(Stream::Out, "ree");
  log_->write(Stream::Out, "\n");
  EXPECT_EQ(all().back(), "out 0: three");
}

TEST_F(InstanceLogTest, TheRunEndsALineAndIsTold) {
  log_->set_run(7);
  log_->say("begins");
  log_->write(Stream::Out, "no newline");
  log_->set_run(0);
  log_->write(Stream::Err, "later\n");
  EXPECT_EQ(all(), Lines({"upyd 7: begins", "out 7: no newline", "err 0: later"}));
}

TEST_F(InstanceLogTest, LinesThatOthersComeBetweenGoOn) {
  log_->write(Stream::Out, "wait ");
  log_->write(Stream::Err, "warning\n");
  log_->write(Stream::Out, "... done\n");
  EXPECT_EQ(all(), Lines({"out 0: wait +", "err 0: warning", "out 0: ... done"}));
}

TEST_F(InstanceLogTest, LongLinesAreSeveralEntries) {
  constexpr size_t kLongest = LogRing::kLongestText;
  log_->write(Stream::Out, std::string(2 * kLongest + 1, 'x') + "\n");
  log_->write(Stream::Out, std::string(kLongest, 'y') + "\n");
  EXPECT_EQ(all(), Lines({"out 0: " + std::string(kLongest, 'x') + "+", "out 0: " + std::string(kLongest, 'x') + "+",
                          "out 0: x", "out 0: " + std::string(kLongest, 'y')}));
}

TEST_F(InstanceLogTest, FiltersByRunSourceTimeAndNumber) {
  for (uint64_t run = 1; run <= 3; ++run) {
    log_->set_run(run);
    log_->write(Stream::Out, "out\n");
    log_->write(Stream::Err, "err\n");
  }
  EXPECT_EQ(all({.run_id = 2}), Lines({"out 2: out", "err 2: err"}));
  EXPECT_EQ(all({.sources = 1u << v1::LOG_SOURCE_STDERR}), Lines({"err 1: err", "err 2: err", "err 3: err"}));
  EXPECT_EQ(all({.sources = 1u << v1::LOG_SOURCE_STDERR}, 2), Lines({"err 2: err", "err 3: err"}));
  EXPECT_EQ(all({}, 1), Lines({"err 3: err"}));
  EXPECT_EQ(all({}, 100).size(), 6u);
  EXPECT_EQ(all({.since_ns = INT64_MAX}), Lines());
  EXPECT_EQ(all({.since_ns = INT64_MAX}, 3), Lines());
  EXPECT_EQ(all({.since_ns = log_->last_time_ns()}).back(), "err 3: err");
}

TEST_F(InstanceLogTest, AFollowerIsToldOnceAndHearsWhatItMissed) {
  log_ = make(4096);
  int told = 0;
  Reader reader(log_, {}, 0, [&told] { ++told; });
  EXPECT_EQ(read(reader), Lines());
  log_->write(Stream::Out, "1\n2\n");
  log_->write(Stream::Out, "3\n");
  EXPECT_EQ(told, 1);
  EXPECT_EQ(read(reader), Lines({"out 0: 1", "out 0: 2", "out 0: 3"}));
  for (int i = 0; i < 1000; ++i) log_->write(Stream::Out, "flood\n");
  EXPECT_EQ(told, 2);
  const Lines lines = read(reader);
  EXPECT_EQ(lines.front(), std::to_string(1000 - (lines.size() - 1)) + " dropped");
  EXPECT_FALSE(has_ended_);
  log_->end();
  EXPECT_EQ(told, 3);
  EXPECT_EQ(read(reader), Lines());
  EXPECT_TRUE(has_ended_);
}

TEST_F(InstanceLogTest, WithoutMemoryNothingIsKeptButCounted) {
  log_ = std::make_shared<InstanceLog>(
      "a", nullptr, [] { return nullptr; }, nullptr);
  log_->write(Stream::Out, "lost\n");
  EXPECT_EQ(all(), Lines());
}

/// What reaches the journal, in order.
class JournaledLogTest : public InstanceLogTest {
 protected:
  Lines journaled() {
    journal_.reset();
    return lines_;
  }

  Lines lines_;
  std::unique_ptr<Journal> journal_ = std::make_unique<Journal>([this](const JournalLine& line) {
    EXPECT_TRUE(line.instance == "a" || line.instance.empty());
    lines_.push_back(line_of(line.source, line.run_id, line.text));
  });
};

TEST_F(JournaledLogTest, LinesGoToTheJournal) {
  log_ = make(4096, journal_.get());
  log_->set_run(3);
  log_->write(Stream::Err, "half");
  log_->write(Stream::Err, " and half\n");
  EXPECT_EQ(journaled(), Lines({"err 3: half and half"}));
}

TEST_F(JournaledLogTest, AFloodIsCutOffAndTold) {
  log_ = make(4096, journal_.get());
  for (uint32_t i = 0; i < InstanceLog::kMostLines + 1234; ++i) log_->write(Stream::Out, "flood\n");
  log_->say("ended");
  const Lines lines = journaled();
  ASSERT_EQ(lines.size(), InstanceLog::kMostLines + 2);
  EXPECT_EQ(lines[InstanceLog::kMostLines], "upyd 0: ... 1234 lines dropped");
  EXPECT_EQ(lines.back(), "upyd 0: ended");
}

TEST_F(JournaledLogTest, FloodsOfManyAreCutOffTogether) {
  const uint32_t logs = Journal::kMostLines / InstanceLog::kMostLines + 2;
  for (uint32_t i = 0; i < logs; ++i) {
    const auto log = make(4096, journal_.get());
    for (uint32_t line = 0; line < InstanceLog::kMostLines; ++line) log->write(Stream::Out, "flood\n");
  }
  const Lines lines = journaled();  // among them what a slow writer had to drop is told
  EXPECT_LE(std::count(lines.begin(), lines.end(), "out 0: flood"), Journal::kMostLines);
}

/// The journal may be as slow as it likes: what has no room is dropped.
TEST_F(JournaledLogTest, ASlowJournalHoldsUpNobody) {
  std::mutex slow;
  slow.lock();
  journal_ = std::make_unique<Journal>([&](const JournalLine& line) {
    const std::lock_guard lock(slow);
    lines_.push_back(line.text);
  });
  for (int log = 0; log < 6; ++log) {
    const auto one = make(4096, journal_.get());
    for (uint32_t i = 0; i < InstanceLog::kMostLines; ++i) one->write(Stream::Out, "flood\n");
  }
  slow.unlock();
  const size_t written = journaled().size();
  EXPECT_GE(written, Journal::kMostWaiting);
  EXPECT_LE(written, 2 * Journal::kMostWaiting);
}

}  // namespace
}  // namespace upyd
