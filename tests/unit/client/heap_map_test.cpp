#include "upyctl/heap_map.h"

#include <gtest/gtest.h>

namespace upyctl {
namespace {

/// The text without its colors.
std::string plain(const std::string& text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\033')
      i = text.find('m', i);
    else
      result += text[i];
  }
  return result;
}

TEST(HeapMapTest, TextWithoutAMapStaysAsItIs) { EXPECT_EQ(color_map("mem: total=1\n"), "mem: total=1\n"); }

TEST(HeapMapTest, ColorsChangeNoText) {
  const std::string text =
      "GC memory layout; from 7f00:\n00000000: h=hT==..\n       (3 lines all free)\n00001000: D=======\n";
  const std::string colored = color_map(text);
  EXPECT_TRUE(plain(colored).starts_with(text)) << colored;
  EXPECT_NE(colored, plain(colored));
}

TEST(HeapMapTest, ATailHasTheColorOfItsHeadInTheLineBefore) {
  const std::string colored = color_map("00000000: L=======\n00000400: ====....\n");
  EXPECT_NE(colored.find("\033[32mL======="), std::string::npos) << colored;
  EXPECT_NE(colored.find("\033[32m===="), std::string::npos) << colored;
}

}  // namespace
}  // namespace upyctl
