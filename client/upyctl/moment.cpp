#include "upyctl/moment.h"

#include <fmt/chrono.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>

#include "upyctl/units.h"

namespace upyctl {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;

Timestamp ago(uint64_t milliseconds) {
  constexpr uint64_t kMostMs = 100'000ull * 365 * 24 * 3600;  // a century
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  return TimeUtil::MillisecondsToTimestamp(
      std::max<int64_t>(now_ms - static_cast<int64_t>(std::min(milliseconds, kMostMs)), 0));
}

/// All of a text by a format of strptime(3); what that does not name stays as in `start`.
std::optional<tm> read_by(const std::string& text, const char* format, const tm& start) {
  tm time = start;
  const char* const end = strptime(text.c_str(), format, &time);
  return end && *end == '\0' ? std::optional(time) : std::nullopt;
}

/// A clock and a calendar: the user's, or those of a zone by its offset from UTC.
class Calendar {
 public:
  explicit Calendar(std::optional<long> offset_s) : offset_s_(offset_s) {}

  /// The beginning of a day, so many days after this one.
  tm day(int days) const {
    const time_t now = std::time(nullptr) + offset_s_.value_or(0);
    tm day{};
    offset_s_ ? gmtime_r(&now, &day) : localtime_r(&now, &day);
    day.tm_hour = day.tm_min = day.tm_sec = 0;
    day.tm_mday += days;
    return day;
  }
  time_t seconds(tm time) const {
    time.tm_isdst = -1;
    return offset_s_ ? timegm(&time) - *offset_s_ : mktime(&time);
  }

 private:
  std::optional<long> offset_s_;
};

/// Takes "Z", or an offset such as "+01:00", off the end of a text. Nothing: there is none.
std::optional<long> take_offset(std::string& text) {
  constexpr size_t kLength = 6;
  if (text.ends_with('Z')) return text.pop_back(), 0;
  if (text.size() < kLength || text[text.size() - kLength / 2] != ':') return std::nullopt;
  const std::string offset = text.substr(text.size() - kLength);
  tm time{};
  const char* const end = strptime(offset.c_str() + 1, "%H:%M", &time);
  if ((offset[0] != '+' && offset[0] != '-') || !end || *end != '\0') return std::nullopt;
  text.resize(text.size() - kLength);
  return (offset[0] == '-' ? -1 : 1) * (time.tm_hour * 3600L + time.tm_min * 60L);
}

/// What a moment may end with, as moment_text has it: takes ".123456" off, and answers it in nanoseconds.
int32_t take_fraction(std::string& text) {
  constexpr size_t kMostDigits = 9;
  const size_t point = text.rfind('.');
  if (point == text.npos || point + 1 == text.size() || text.size() - point - 1 > kMostDigits) return 0;
  std::string digits = text.substr(point + 1);
  if (digits.find_first_not_of("0123456789") != digits.npos) return 0;
  digits.resize(kMostDigits, '0');
  text.resize(point);
  return std::stoi(digits);
}

/// A time of this day, of which there was none yet of the day before: "23:50", at midnight.
std::optional<time_t> read_time_of_day(const std::string& text, const Calendar& calendar) {
  for (const char* format : {"%H:%M", "%H:%M:%S"}) {
    const auto time = read_by(text, format, calendar.day(0));
    if (!time) continue;
    const time_t seconds = calendar.seconds(*time);
    return seconds <= std::time(nullptr) ? seconds : calendar.seconds(*read_by(text, format, calendar.day(-1)));
  }
  return std::nullopt;
}

std::optional<time_t> read_date(const std::string& text, const Calendar& calendar) {
  for (const char* format :
       {"%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"}) {
    if (const auto time = read_by(text, format, calendar.day(0))) return calendar.seconds(*time);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Timestamp> read_moment(const std::string& text) {
  if (const auto milliseconds = read_duration(text)) return ago(*milliseconds);
  std::string words = text;
  const Calendar calendar(take_offset(words));
  if (words == "today") return TimeUtil::SecondsToTimestamp(calendar.seconds(calendar.day(0)));
  if (words == "yesterday") return TimeUtil::SecondsToTimestamp(calendar.seconds(calendar.day(-1)));
  const int32_t fraction_ns = take_fraction(words);
  auto seconds = read_time_of_day(words, calendar);
  if (!seconds) seconds = read_date(words, calendar);
  if (!seconds) return std::nullopt;
  Timestamp moment = TimeUtil::SecondsToTimestamp(*seconds);
  moment.set_nanos(fraction_ns);
  return moment;
}

std::string moment_text(const Timestamp& time) {
  const time_t seconds = time.seconds();
  tm local{};
  localtime_r(&seconds, &local);
  const long offset_min = std::abs(local.tm_gmtoff) / 60;
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}{}{:02}:{:02}", local, time.nanos() / 1000,
                     local.tm_gmtoff < 0 ? '-' : '+', offset_min / 60, offset_min % 60);
}

}  // namespace upyctl
