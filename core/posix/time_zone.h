#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace upy {

/// A time zone as the environment variable TZ says it: a name of the host's zoneinfo ("Europe/Berlin"), or POSIX's own
/// form ("CET-1CEST,M3.5.0,M10.5.0/3"). The C library knows one zone for a whole process; instances have each their
/// own.
class TimeZone {
 public:
  /// What says nothing that is understood is UTC, as in the C library.
  explicit TimeZone(std::string_view text);
  /// How many seconds local time is ahead of UTC at that moment.
  int64_t utc_offset_s(int64_t realtime_s) const;

 private:
  /// When daylight saving time begins or ends, each year.
  struct Change {
    enum class Day : uint8_t { OfYear, OfYearWithoutLeapDay, OfWeek };
    Day day = Day::OfWeek;
    int month = 1, week = 1;  ///< OfWeek: the fifth week is the last one
    int number = 0;           ///< of the day, from 0 (OfYear, OfWeek: Sunday) or from 1
    int64_t time_s = 2 * 3600;
  };
  /// POSIX's form.
  struct Rule {
    int64_t standard_s = 0, daylight_s = 0;  ///< ahead of UTC
    bool has_daylight = false;
    Change begin, end;
  };
  /// From `since_s` on, local time is so far ahead of UTC.
  struct Period {
    int64_t since_s, offset_s;
  };
  class RuleReader;

  static int64_t local_seconds(const Change& change, int year);
  int64_t offset_by_rule(int64_t realtime_s) const;
  bool read_file(std::string_view name);
  bool read_data(std::string_view data);

  std::vector<Period> periods_;  ///< sorted; before the first, its predecessor's offset is `earliest_s_`
  int64_t earliest_s_ = 0;
  bool has_rule_ = true;  ///< `rule_` holds after the last period
  Rule rule_;
};

}  // namespace upy
