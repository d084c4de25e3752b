#include <gtest/gtest.h>

#include <ctime>

#include "upyctl/moment.h"
#include "upyctl/table.h"
#include "upyctl/units.h"
#include "upyctl/values.h"

namespace {

using upyctl::size_text;
using upyctl::time_text;

/// What a value becomes, or "refused".
std::string transformed(const CLI::Validator& validator, std::string text) {
  return validator(text).empty() ? text : "refused";
}

TEST(Values, AreSizes) {
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

TEST(Values, AreTimes) {
  CLI::Validator time = upyctl::time_value();
  EXPECT_EQ(transformed(time, "500ms"), "500");
  EXPECT_EQ(transformed(time, "10s"), "10000");
  EXPECT_EQ(transformed(time, "5m"), "300000");
  EXPECT_EQ(transformed(time, "1h"), "3600000");
  EXPECT_EQ(transformed(time, "2d"), "172800000");
  for (const char* text : {"", "5", "s", "5 s", "-5s", "1w"}) EXPECT_EQ(transformed(time, text), "refused") << text;
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

/// The zone of this process, while it lives.
class Zone {
 public:
  explicit Zone(const char* name) {
    setenv("TZ", name, 1);
    tzset();
  }
  ~Zone() {
    unsetenv("TZ");
    tzset();
  }
};

/// What a moment is; "refused": it is none.
std::string moment(const std::string& text) {
  const auto moment = upyctl::read_moment(text);
  return moment ? upyctl::moment_text(*moment) : "refused";
}

TEST(Moments, AreDatesAndTimes) {
  const Zone zone("UTC0");
  EXPECT_EQ(moment("2026-01-31 14:30:05Z"), "2026-01-31T14:30:05.000000+00:00");
  EXPECT_EQ(moment("2026-01-31T14:30Z"), "2026-01-31T14:30:00.000000+00:00");
  EXPECT_EQ(moment("2026-01-31Z"), "2026-01-31T00:00:00.000000+00:00");
  EXPECT_EQ(moment("2026-01-31 14:30:05.5Z"), "2026-01-31T14:30:05.500000+00:00");
  EXPECT_EQ(moment("2026-01-31 14:30+02:00"), "2026-01-31T12:30:00.000000+00:00");
  EXPECT_EQ(moment("2026-01-31-05:30"), "2026-01-31T05:30:00.000000+00:00");
  for (const char* text : {"", "Z", "x", "14:", "25:00", "2026-13-01", "2026-01-31 14", "now-1h", ".5", "2026-01-31.x",
                           "+01:00", "2026-01-31 14:30*01:00", "2026-01-31 14:30+1:00", "2026-01-31 14:30+25:00"})
    EXPECT_EQ(moment(text), "refused") << text;
}

/// What is shown is what is read: a time without a zone, and one that was copied from there.
TEST(Moments, AreOfTheUser) {
  const Zone zone("UTC+3:30");  // west of Greenwich, as POSIX has it
  EXPECT_EQ(moment("2026-01-31 14:30:05"), "2026-01-31T14:30:05.000000-03:30");
  EXPECT_EQ(moment("2026-01-31T14:30:05.123456-03:30"), "2026-01-31T14:30:05.123456-03:30");
  EXPECT_EQ(moment("2026-01-31 14:30:05Z"), "2026-01-31T11:00:05.000000-03:30");
  EXPECT_EQ(moment("today").substr(10), "T00:00:00.000000-03:30");
}

TEST(Moments, AreNotInTheFutureWhereNoDateIsGiven) {
  const auto age_s = [](const std::string& text) {
    return std::time(nullptr) - static_cast<time_t>(upyctl::read_moment(text)->seconds());
  };
  for (const char* text :
       {"00:00", "23:59:59", "12:00", "00:00Z", "23:59:59Z", "23:59:59+11:00", "today", "todayZ", "1d"}) {
    EXPECT_GE(age_s(text), 0) << text;
    EXPECT_LE(age_s(text), 25 * 3600 + 5) << text;
  }
  EXPECT_GE(age_s("yesterday"), 23 * 3600);
  EXPECT_LE(age_s("yesterday"), 49 * 3600 + 5);
  EXPECT_NEAR(static_cast<double>(age_s("10m")), 600, 5);
}

}  // namespace
