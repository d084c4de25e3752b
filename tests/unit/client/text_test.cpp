#include "upyctl/text.h"

#include <gtest/gtest.h>

namespace {

TEST(Text, OfOthersDoesNotReachTheTerminalRaw) {
  EXPECT_EQ(upyctl::printable("a\x1b[2J\n\x7f\xC2\x9B"
                              "31m\u00e9"),
            "a?[2J???31m\u00e9");
  EXPECT_EQ(upyctl::printable(std::string("\0\xC2", 2)), "?\xC2");
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
