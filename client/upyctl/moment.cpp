#include "upyctl/moment.h"

#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <chrono>
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

/// The beginning of this day.
tm today(bool is_utc) {
  const time_t now = std::time(nullptr);
  tm day{};
  is_utc ? gmtime_r(&now, &day) : localtime_r(&now, &day);
  day.tm_hour = day.tm_min = day.tm_sec = 0;
  return day;
}

}  // namespace

std::optional<Timestamp> read_moment(const std::string& text) {
  if (const auto milliseconds = read_duration(text)) return ago(*milliseconds);
  const bool is_utc = text.ends_with('Z');
  const std::string local = is_utc ? text.substr(0, text.size() - 1) : text;
  constexpr const char* kFormats[] = {"%H:%M",          "%H:%M:%S",          "%Y-%m-%d",         "%Y-%m-%d %H:%M",
                                      "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"};
  for (const char* format : kFormats) {
    auto time = read_by(local, format, today(is_utc));
    if (!time) continue;
    time->tm_isdst = -1;
    return TimeUtil::SecondsToTimestamp(is_utc ? timegm(&*time) : mktime(&*time));
  }
  return std::nullopt;
}

std::string moment_text(const Timestamp& time) {
  std::string seconds = TimeUtil::ToString(TimeUtil::SecondsToTimestamp(time.seconds()));
  seconds.pop_back();  // the Z
  return fmt::format("{}.{:06}Z", seconds, time.nanos() / 1000);
}

}  // namespace upyctl
