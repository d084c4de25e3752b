#include "boards/board_record.h"

#include <gtest/gtest.h>

namespace upyd {
namespace {

BoardRecord sample() {
  BoardRecord record{.enabled = false, .stopped = true, .declared_in = "/etc/x.toml", .declared_enabled = false};
  record.config.set_heap_bytes(1 << 20);
  record.config.add_path("/lib");
  record.config.mutable_gpio()->add_lines("LED");
  record.config.set_restart(v1::RESTART_POLICY_ALWAYS);
  record.config.mutable_tty()->set_enabled(true);
  return record;
}

/// What is wrong with a text.
std::string fault_of(const std::string& text) {
  BoardRecord record;
  std::string fault;
  return from_text(text, "/state/board.json", record, fault) ? "nothing" : fault;
}

TEST(BoardRecordTest, ComesBackAsItWas) {
  const BoardRecord record = sample();
  BoardRecord read;
  std::string fault;
  ASSERT_TRUE(from_text(to_text(record), "", read, fault)) << fault;
  EXPECT_EQ(read.config.SerializeAsString(), record.config.SerializeAsString());
  EXPECT_EQ(read.enabled, record.enabled);
  EXPECT_EQ(read.stopped, record.stopped);
  EXPECT_EQ(read.declared_in, record.declared_in);
  EXPECT_EQ(read.declared_enabled, record.declared_enabled);
}

TEST(BoardRecordTest, IsOfTheKeysOfTheConfig) {
  EXPECT_NE(to_text(sample()).find("\"heap_bytes\": \"1048576\""), std::string::npos) << to_text(sample());
}

TEST(BoardRecordTest, PassesOverWhatLaterVersionsAdd) {
  EXPECT_EQ(fault_of(R"({"format": 1, "mood": "good", "config": {"colour": 3, "heap_bytes": "100000"}})"), "nothing");
}

TEST(BoardRecordTest, SaysWhatCannotBeRead) {
  EXPECT_NE(fault_of("").find("/state/board.json is no record of a board"), std::string::npos);
  EXPECT_NE(fault_of("{}").find("it has no format"), std::string::npos);
  EXPECT_NE(fault_of(R"({"format": 2, "mood": "good"})").find("is of a newer upyd (format 2, this one knows 1)"),
            std::string::npos);
  const std::string whole = to_text(sample());
  for (size_t size = 0; size + 2 < whole.size(); ++size) {
    EXPECT_NE(fault_of(whole.substr(0, size)), "nothing") << size << " bytes of it";
    EXPECT_EQ(fault_of(whole.substr(0, size)).find('\n'), std::string::npos) << "a log has it on a line";
  }
  EXPECT_EQ(fault_of("{\"format\": 1, \x1b[31m}").find('\x1b'), std::string::npos);
}

TEST(BoardRecordTest, WhoSaidLastThatItIsEnabledIsRight) {
  const BoardRecord on{.enabled = true, .declared_in = "x", .declared_enabled = true};
  const BoardRecord off{.enabled = false, .declared_in = "x", .declared_enabled = false};
  BoardRecord kept = on;
  kept.enabled = false;  // by a client
  kept.stopped = true;
  EXPECT_FALSE(declare_anew(on, kept).enabled);
  EXPECT_TRUE(declare_anew(on, kept).stopped);
  EXPECT_FALSE(declare_anew(off, kept).enabled);
  EXPECT_TRUE(declare_anew(on, off).enabled);
  kept.declared_in.clear();  // a client made it
  EXPECT_TRUE(declare_anew(on, kept).enabled);
}

}  // namespace
}  // namespace upyd
