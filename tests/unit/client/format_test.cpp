#include <gtest/gtest.h>

#include "upyctl/table.h"
#include "upyctl/units.h"

namespace {

using upyctl::size_text;
using upyctl::time_text;

/// What a value becomes, or "refused".
std::string transformed(const CLI::Validator& validator, std::string text) {
  return validator(text).empty() ? text : "refused";
}

TEST(Units, ReadsSizes) {
  CLI::Validator size = upyctl::size_value();
  EXPECT_EQ(transformed(size, "0"), "0");
  EXPECT_EQ(transformed(size, "65536"), "65536");
  EXPECT_EQ(transformed(size, "64k"), "65536");
  EXPECT_EQ(transformed(size, "4M"), "4194304");
  EXPECT_EQ(transformed(size, "16g"), "17179869184");
  for (const char* text : {"", "k", "4q", "4 m", "-4", "4.5m", "99999999999999999999", "17179869184g"}) {
    EXPECT_EQ(transformed(size, text), "refused") << text;
  }
}

TEST(Units, ReadsTimes) {
  CLI::Validator time = upyctl::time_value();
  EXPECT_EQ(transformed(time, "500ms"), "500");
  EXPECT_EQ(transformed(time, "10s"), "10000");
  EXPECT_EQ(transformed(time, "5m"), "300000");
  EXPECT_EQ(transformed(time, "1h"), "3600000");
  for (const char* text : {"", "5", "s", "5 s", "-5s", "1d"}) EXPECT_EQ(transformed(time, text), "refused") << text;
}

TEST(Units, WritesSizes) {
  EXPECT_EQ(size_text(0), "0 B");
  EXPECT_EQ(size_text(1023), "1023 B");
  EXPECT_EQ(size_text(1024), "1 KiB");
  EXPECT_EQ(size_text(1536), "1.5 KiB");
  EXPECT_EQ(size_text(2u << 20), "2 MiB");
  EXPECT_EQ(size_text(uint64_t{16} << 30), "16 GiB");
}

TEST(Units, WritesTimes) {
  EXPECT_EQ(time_text(0), "0 ns");
  EXPECT_EQ(time_text(1'250'000), "1.2 ms");
  EXPECT_EQ(time_text(3'500'000'000), "3.5 s");
  EXPECT_EQ(time_text(120'000'000'000), "2 min");
  EXPECT_EQ(time_text(uint64_t{50} * 3'600'000'000'000), "2.1 d");
}

TEST(Table, AlignsColumns) {
  upyctl::Table table({"NAME", "X", "END"});
  table.add({"a", "long", ""});
  table.add({"longer", "", "z"});
  EXPECT_EQ(table.text(),
            "NAME    X     END\n"
            "a       long  -\n"
            "longer  -     z\n");
}

}  // namespace
