#include "terminal/layout.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace upy {
namespace {

using Position = Layout::Position;

std::string text_of(size_t characters, std::mt19937& random) {
  const std::string kinds[] = {"a", "é", "漢", "\u0301", "😀"};
  std::string text;
  for (size_t i = 0; i < characters; i++) text += kinds[random() % std::size(kinds)];
  return text;
}

/// Each place is where it is if the text is laid out at once, whatever was changed before.
TEST(LayoutTest, ChangesLeaveWhatALayoutFromTheStartWouldBe) {
  for (uint32_t seed = 0; seed < 100; seed++) {
    std::mt19937 random(seed);
    const size_t width = seed % 5 == 0 ? 0 : 2 + seed % 30;
    std::string text = text_of(random() % 200, random);
    Layout layout;
    layout.begin("> ", width, text);
    for (int i = 0; i < 20; i++) {
      size_t begin = random() % (text.size() + 1);
      if (begin > 0) begin = previous_character(text, begin);
      size_t end = begin;
      for (size_t n = random() % 80; n > 0 && end < text.size(); n--)
        end += character_length(std::string_view(text).substr(end));
      text.replace(begin, end - begin, text_of(random() % 80, random));
      layout.change(text, begin);
      for (int look = 0; look < 10; look++) {
        size_t offset = random() % (text.size() + 1);
        if (offset > 0) offset = previous_character(text, offset);
        Layout fresh;
        fresh.begin("> ", width, std::string_view(text).substr(0, offset));
        ASSERT_EQ(layout.position(text, offset), fresh.end()) << "seed " << seed << ", offset " << offset;
      }
      ASSERT_EQ(layout.end(), layout.position(text, text.size()));
    }
  }
}

TEST(LayoutTest, RowsAreFilled) {
  const std::string text = "1234567漢字";
  Layout layout;
  layout.begin("> ", 10, text);
  EXPECT_EQ(layout.position(text, 0), (Position{0, 2}));
  EXPECT_EQ(layout.position(text, 7), (Position{0, 9})) << "where no wide character has room";
  EXPECT_EQ(layout.position(text, 10), (Position{1, 2}));
  EXPECT_EQ(layout.end(), (Position{1, 4}));
}

}  // namespace
}  // namespace upy
