#include "upyctl/text.h"

#include <gtest/gtest.h>

namespace {

TEST(Text, OfOthersDoesNotReachTheTerminalRaw) {
  EXPECT_EQ(upyctl::escaped_lines("a\x1b[2J\n\n\x7f\xC2\x9B\n31m\u00e9"), "a\\x1b[2J\n\n\\x7f\\x9b\n31m\u00e9");
  EXPECT_EQ(upyctl::escaped_lines(""), "");
  EXPECT_EQ(upyctl::escaped_lines("a\n"), "a\n");
}

TEST(Text, IsCutToItsColumns) {
  EXPECT_EQ(upyctl::columns("h\u00e9llo"), 5u);
  EXPECT_EQ(upyctl::fitted("h\u00e9llo", 5), "h\u00e9llo");
  EXPECT_EQ(upyctl::fitted("h\u00e9llo", 4), "h\u00e9l~");
  EXPECT_EQ(upyctl::fitted("h\u00e9llo", 1), "~");
  EXPECT_EQ(upyctl::fitted("h\u00e9llo", 0), "");
  EXPECT_EQ(upyctl::fitted("", 0), "");
}

}  // namespace
