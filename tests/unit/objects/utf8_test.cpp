#include "objects/runtime/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace upy {
namespace {

std::string encoded(uint32_t code_point) {
  char text[kMaxSequence];
  return {text, encode_utf8(code_point, text)};
}

TEST(Utf8, EncodesAndDecodesEveryCodePoint) {
  for (uint32_t c = 0; c <= kMaxCodePoint; c += c < 0x1000 ? 1 : 61) {
    const std::string text = encoded(c);
    ASSERT_EQ(decode_utf8(text.data()), c);
    ASSERT_EQ(sequence_length(text[0]), text.size());
    ASSERT_TRUE(is_well_formed(text));
  }
  EXPECT_EQ(encoded(kMaxCodePoint), "\xf4\x8f\xbf\xbf");
  EXPECT_EQ(encoded(0xd800), "\xed\xa0\x80");
}

TEST(Utf8, LooksAtTheFormOnly) {
  EXPECT_TRUE(is_well_formed(""));
  EXPECT_TRUE(is_well_formed("\xc0\x80"));
  EXPECT_TRUE(is_well_formed("\xf7\xbf\xbf\xbf"));
  for (const char* text :
       {"\x80", "\xc3", "\xc3(", "\xe2\x82", "\xf0\x9d\x84", "\xf8\x88\x80\x80\x80", "\xff", "a\xbf"})
    EXPECT_FALSE(is_well_formed(text)) << text;
}

TEST(Utf8, FindsItemsFromBothEnds) {
  std::string text;
  size_t length = 0;
  for (uint32_t c : {0x61u, 0xe4u, 0x20acu, 0x1d11eu, 0x62u, 0xe4u, 0x7fu, 0x80u}) {
    text += encoded(c);
    length++;
  }
  size_t expected = 0;
  for (size_t i = 0; i <= length; i++) {
    EXPECT_EQ(offset_of(text, length, i), expected);
    if (i < length) expected += sequence_length(text[expected]);
  }
  EXPECT_EQ(offset_of("abc", 3, 2), 2u);
}

}  // namespace
}  // namespace upy
