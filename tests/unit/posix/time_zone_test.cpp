#include "posix/time_zone.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace upy {
namespace {

constexpr int64_t kJanuary2024 = 1'704'067'200, kJuly2024 = 1'720'000'000;

TEST(TimeZone, WithoutDaylightSavingTime) {
  EXPECT_EQ(TimeZone("UTC0").utc_offset_s(kJuly2024), 0);
  EXPECT_EQ(TimeZone("XYZ3").utc_offset_s(kJuly2024), -3 * 3600);
  EXPECT_EQ(TimeZone("<+0330>-3:30").utc_offset_s(kJuly2024), 12'600);
  EXPECT_EQ(TimeZone("AAA+3:15:20").utc_offset_s(kJuly2024), -11'720);
}

TEST(TimeZone, DaylightSavingTimeInTheNorthAndInTheSouth) {
  const TimeZone north("CET-1CEST,M3.5.0,M10.5.0/3"), south("NZST-12NZDT,M9.5.0,M4.1.0/3");
  EXPECT_EQ(north.utc_offset_s(kJanuary2024), 3600);
  EXPECT_EQ(north.utc_offset_s(kJuly2024), 7200);
  EXPECT_EQ(south.utc_offset_s(kJanuary2024), 13 * 3600);
  EXPECT_EQ(south.utc_offset_s(kJuly2024), 12 * 3600);
}

TEST(TimeZone, ChangesToTheSecond) {
  const TimeZone zone("CET-1CEST,M3.5.0,M10.5.0/3");
  constexpr int64_t kBegin = 1'711'846'800, kEnd = 1'729'990'800;  // of 2024, at 01:00 UTC
  EXPECT_EQ(zone.utc_offset_s(kBegin - 1), 3600);
  EXPECT_EQ(zone.utc_offset_s(kBegin), 7200);
  EXPECT_EQ(zone.utc_offset_s(kEnd - 1), 7200);
  EXPECT_EQ(zone.utc_offset_s(kEnd), 3600);
}

TEST(TimeZone, DaysOfTheYear) {
  const TimeZone without_leap_day("ABC0DEF,J60/0,J61/0"), with("ABC0DEF,59/0,60/0");
  constexpr int64_t kMarch1 = 1'709'251'200, kFebruary29 = kMarch1 - 86'400;  // of 2024
  EXPECT_EQ(without_leap_day.utc_offset_s(kMarch1), 3600);
  EXPECT_EQ(without_leap_day.utc_offset_s(kFebruary29), 0);
  EXPECT_EQ(with.utc_offset_s(kFebruary29), 3600);
  EXPECT_EQ(with.utc_offset_s(kMarch1), 0);
}

TEST(TimeZone, NamesOfZoneinfo) {
  if (!std::filesystem::exists("/usr/share/zoneinfo/Europe/Berlin")) GTEST_SKIP() << "no zoneinfo";
  const TimeZone berlin(":Europe/Berlin");
  EXPECT_EQ(berlin.utc_offset_s(kJuly2024), 7200);
  EXPECT_EQ(berlin.utc_offset_s(47 * int64_t{31'556'952}), 3600);  // January 2017, before what it lists ends
  EXPECT_EQ(berlin.utc_offset_s(kJuly2024 + 100 * int64_t{31'556'952}), 7200);  // beyond it
  EXPECT_EQ(berlin.utc_offset_s(-3'000'000'000), 3208);                         // mean solar time, before 1893
}

TEST(TimeZone, WhatIsNotUnderstoodIsUtc) {
  for (const char* text : {"",
                           ":",
                           "nonsense",
                           "A",
                           "AB3",
                           "ABC",
                           "ABC3:",
                           "<",
                           "<+1>",
                           "ABC3DEF,",
                           "ABC3DEF,M3.2.0",
                           "ABC3DEF,M13.1.0,M1.1.0",
                           "ABC3DEF,M1.6.0,M1.1.0",
                           "ABC3DEF,M1.1.7,M1.1.0",
                           "ABC3DEF,J400,J1",
                           "ABC3DEF,M3.2.0,M11.1.0x",
                           "/etc/passwd",
                           "../../../etc/passwd",
                           "Europe",
                           "tzdata.zi"}) {
    EXPECT_EQ(TimeZone(text).utc_offset_s(kJuly2024), 0) << text;
    EXPECT_EQ(TimeZone(text).utc_offset_s(INT64_MAX), 0) << text;
    EXPECT_EQ(TimeZone(text).utc_offset_s(INT64_MIN), 0) << text;
  }
  EXPECT_EQ(TimeZone("CET-1CEST,M3.5.0,M10.5.0/3").utc_offset_s(INT64_MAX - 86'400), 3600);
}

}  // namespace
}  // namespace upy
