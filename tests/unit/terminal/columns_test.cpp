#include "terminal/columns.h"

#include <gtest/gtest.h>

namespace upy {
namespace {

TEST(Columns, CountWhatATerminalShows) {
  const Columns columns;
  EXPECT_EQ(columns.of(""), 0u);
  EXPECT_EQ(columns.of("abc"), 3u);
  EXPECT_EQ(columns.of("é€"), 2u);
  EXPECT_EQ(columns.of("漢字"), 4u);
  EXPECT_EQ(columns.of("😀"), 2u);
  EXPECT_EQ(columns.of("e\u0301"), 1u) << "a combining accent takes none";
}

TEST(Columns, ColorsTakeNone) {
  const Columns columns;
  EXPECT_EQ(columns.of("\x1b[1;32m>>>\x1b[0m "), 4u);
  EXPECT_EQ(columns.of("\x1b[1;32"), 0u);
}

TEST(Columns, CharactersAreFound) {
  EXPECT_EQ(character_length("a"), 1u);
  EXPECT_EQ(character_length("éa"), 2u);
  EXPECT_EQ(character_length("😀a"), 4u);
  EXPECT_EQ(previous_character("aé", 3), 1u);
  EXPECT_EQ(previous_character("aé", 1), 0u);
}

}  // namespace
}  // namespace upy
