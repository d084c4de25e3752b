#include "posix/time_zone.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace upy {
namespace {

constexpr int64_t kSecondsPerDay = 86'400, kSecondsPerHour = 3'600;
constexpr int64_t kFarthest = int64_t{32'767} * 365 * kSecondsPerDay;  // calendars reach as far
constexpr size_t kMostBytes = 64 << 10;  // of a file of zoneinfo; the largest has less than 4 KiB

int64_t days_of(std::chrono::sys_days day) { return day.time_since_epoch().count(); }

int year_of(int64_t local_s) {
  const std::chrono::sys_days day{std::chrono::days{local_s / kSecondsPerDay}};
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

/// A big-endian number at `at`.
int64_t number_at(std::string_view data, size_t at, size_t bytes) {
  uint64_t number = static_cast<signed char>(data[at]) < 0 ? ~uint64_t{0} : 0;
  for (size_t i = 0; i < bytes; ++i) number = number << 8 | static_cast<unsigned char>(data[at + i]);
  return static_cast<int64_t>(number);
}

/// The header of one of the blocks of a file of zoneinfo (RFC 8536).
struct Block {
  static constexpr size_t kHeader = 44;
  size_t utc_flags, standard_flags, leaps, times, types, characters;
  size_t time_bytes;

  static std::optional<Block> read(std::string_view data, size_t time_bytes) {
    if (data.size() < kHeader || !data.starts_with("TZif")) return {};
    const auto count = [data](size_t i) { return static_cast<uint32_t>(number_at(data, 20 + 4 * i, 4)); };
    return Block{count(0), count(1), count(2), count(3), count(4), count(5), time_bytes};
  }
  size_t indexes_at() const { return kHeader + times * time_bytes; }
  size_t types_at() const { return indexes_at() + times; }
  size_t size() const {
    return types_at() + 6 * types + characters + leaps * (time_bytes + 4) + standard_flags + utc_flags;
  }
};

}  // namespace

/// Reads POSIX's form: name offset [name [offset] [,change,change]].
class TimeZone::RuleReader {
 public:
  explicit RuleReader(std::string_view text) : rest_(text) {}

  std::optional<Rule> read() {
    Rule rule;
    int64_t west = 0;
    if (!name() || !time(west)) return {};
    rule.standard_s = -west;
    if (rest_.empty()) return rule;
    if (!name()) return {};
    rule.has_daylight = true;
    rule.daylight_s = rule.standard_s + kSecondsPerHour;
    if (time(west)) rule.daylight_s = -west;
    if (rest_.empty()) rest_ = ",M3.2.0,M11.1.0";
    if (!change(rule.begin) || !change(rule.end) || !rest_.empty()) return {};
    return rule;
  }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// At least three letters, or anything in angle brackets.
  bool name() {
    const bool quoted = take('<');
    size_t size = 0;
    while (size < rest_.size() && (quoted ? rest_[size] != '>' : std::isalpha(static_cast<unsigned char>(rest_[size]))))
      ++size;
    rest_.remove_prefix(size);
    return size >= 3 && (!quoted || take('>'));
  }

  bool number(int& value) {
    size_t digits = 0;
    for (value = 0; digits < rest_.size() && digits < 4 && std::isdigit(static_cast<unsigned char>(rest_[digits]));)
      value = value * 10 + (rest_[digits++] - '0');
    rest_.remove_prefix(digits);
    return digits > 0;
  }

  /// [+-]hours[:minutes[:seconds]], in seconds.
  bool time(int64_t& seconds) {
    const std::string_view before = rest_;
    const bool negative = take('-');
    if (!negative) take('+');
    int part = 0;
    if (!number(part)) {
      rest_ = before;
      return false;
    }
    seconds = part * kSecondsPerHour;
    for (int64_t unit = 60; unit > 0 && take(':'); unit /= 60) {
      if (!number(part)) return false;
      seconds += part * unit;
    }
    if (negative) seconds = -seconds;
    return true;
  }

  /// ,Jday | ,day | ,Mmonth.week.day, each with [/time].
  bool change(Change& change) {
    if (!take(',')) return false;
    if (take('M')) {
      const bool read = number(change.month) && take('.') && number(change.week) && take('.') && number(change.number);
      if (!read || change.month < 1 || change.month > 12 || change.week < 1 || change.week > 5 || change.number > 6)
        return false;
    } else {
      change.day = take('J') ? Change::Day::OfYearWithoutLeapDay : Change::Day::OfYear;
      if (!number(change.number) || change.number > 365) return false;
    }
    return !take('/') || time(change.time_s);
  }

  std::string_view rest_;
};

TimeZone::TimeZone(std::string_view text) {
  if (text.starts_with(':')) text.remove_prefix(1);
  if (read_file(text)) return;
  periods_.clear();
  has_rule_ = true;
  rule_ = RuleReader(text).read().value_or(Rule{});
}

int64_t TimeZone::utc_offset_s(int64_t realtime_s) const {
  realtime_s = std::clamp(realtime_s, -kFarthest, kFarthest);
  const auto is_before = [](int64_t moment, const Period& period) { return moment < period.since_s; };
  const auto next = std::upper_bound(periods_.begin(), periods_.end(), realtime_s, is_before);
  if (next == periods_.end() && has_rule_) return offset_by_rule(realtime_s);
  return next == periods_.begin() ? earliest_s_ : std::prev(next)->offset_s;
}

/// The moment of a change, in seconds of local time since 1970.
int64_t TimeZone::local_seconds(const Change& change, int year_number) {
  using namespace std::chrono;
  const year year{year_number};
  int64_t day = 0;
  switch (change.day) {
    case Change::Day::OfYear:
      day = days_of(sys_days{year / January / 1}) + change.number;
      break;
    case Change::Day::OfYearWithoutLeapDay:
      day = days_of(sys_days{year / January / 1}) + change.number - 1 + (year.is_leap() && change.number >= 60);
      break;
    case Change::Day::OfWeek: {
      const month month{static_cast<unsigned>(change.month)};
      const weekday weekday{static_cast<unsigned>(change.number)};
      day = change.week == 5 ? days_of(sys_days{year / month / weekday[last]})
                             : days_of(sys_days{year / month / weekday[static_cast<unsigned>(change.week)]});
      break;
    }
  }
  return day * kSecondsPerDay + change.time_s;
}

int64_t TimeZone::offset_by_rule(int64_t realtime_s) const {
  if (!rule_.has_daylight) return rule_.standard_s;
  const int year = year_of(realtime_s + rule_.standard_s);
  const int64_t begin = local_seconds(rule_.begin, year) - rule_.standard_s;
  const int64_t end = local_seconds(rule_.end, year) - rule_.daylight_s;
  const bool is_daylight =
      begin < end ? begin <= realtime_s && realtime_s < end : realtime_s < end || begin <= realtime_s;
  return is_daylight ? rule_.daylight_s : rule_.standard_s;
}

/// Takes a zone of the host's zoneinfo; false if it has none of that name.
bool TimeZone::read_file(std::string_view name) {
  const auto is_odd = [](unsigned char c) { return !std::isalnum(c) && c != '/' && c != '_' && c != '-' && c != '+'; };
  if (name.empty() || name.starts_with('/') || std::any_of(name.begin(), name.end(), is_odd)) return false;
  std::ifstream file("/usr/share/zoneinfo/" + std::string(name), std::ios::binary);
  std::string data(kMostBytes, '\0');
  file.read(data.data(), static_cast<std::streamsize>(data.size()));
  data.resize(static_cast<size_t>(file.gcount()));
  return read_data(data);
}

/// Takes the second block of a file, with times of 64 bits, and the rule behind it.
bool TimeZone::read_data(std::string_view data) {
  const std::optional<Block> old = Block::read(data, 4);
  if (!old || old->size() > data.size()) return false;
  data.remove_prefix(old->size());
  const std::optional<Block> block = Block::read(data, 8);
  if (!block || block->size() > data.size() || block->types == 0) return false;
  const auto offset_of = [&](size_t type) { return number_at(data, block->types_at() + 6 * type, 4); };
  earliest_s_ = offset_of(0);
  for (size_t i = 0; i < block->times; ++i) {
    const auto type = static_cast<unsigned char>(data[block->indexes_at() + i]);
    if (type >= block->types) return false;
    periods_.push_back({number_at(data, Block::kHeader + 8 * i, 8), offset_of(type)});
  }
  std::string_view footer = data.substr(block->size());
  footer.remove_prefix(footer.starts_with('\n'));
  const std::optional<Rule> rule = RuleReader(footer.substr(0, footer.find('\n'))).read();
  has_rule_ = rule.has_value();
  if (rule) rule_ = *rule;
  return std::is_sorted(periods_.begin(), periods_.end(), [](auto& a, auto& b) { return a.since_s < b.since_s; });
}

}  // namespace upy
