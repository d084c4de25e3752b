#include "upyctl/units.h"

#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace upyctl {
namespace {

/// A suffix of numbers, and what it multiplies them by.
struct Suffix {
  std::string_view text;
  uint64_t factor;
};

constexpr Suffix kSizeSuffixes[] = {{"", 1},        {"k", 1 << 10}, {"K", 1 << 10}, {"m", 1 << 20},
                                    {"M", 1 << 20}, {"g", 1 << 30}, {"G", 1 << 30}};
constexpr Suffix kTimeSuffixes[] = {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};

std::optional<uint64_t> read_number(std::string_view text, std::span<const Suffix> suffixes) {
  uint64_t number = 0;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  std::string_view suffix = text.substr(static_cast<size_t>(stop - text.data()));
  for (const Suffix& known : suffixes) {
    if (known.text != suffix) continue;
    if (number > std::numeric_limits<uint64_t>::max() / known.factor) return std::nullopt;
    return number * known.factor;
  }
  return std::nullopt;
}

/// A unit of measure, and its size in the smallest.
struct Unit {
  std::string_view name;
  double size;
};

constexpr Unit kSizes[] = {{"B", 1}, {"KiB", 0x1p10}, {"MiB", 0x1p20}, {"GiB", 0x1p30}, {"TiB", 0x1p40}};
constexpr Unit kTimes[] = {{"ns", 1},     {"us", 1e3},   {"ms", 1e6},   {"s", 1e9},
                           {"min", 60e9}, {"h", 3600e9}, {"d", 86400e9}};

/// In the largest unit that `value` fills, with one decimal unless that is zero.
std::string in_units(double value, std::span<const Unit> units) {
  auto unit = units.begin();
  while (std::next(unit) != units.end() && value >= std::next(unit)->size) ++unit;
  std::string number = fmt::format("{:.1f}", value / unit->size);
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return fmt::format("{} {}", number, unit->name);
}

}  // namespace

std::optional<uint64_t> read_size(std::string_view text) { return read_number(text, kSizeSuffixes); }

std::optional<uint64_t> read_duration(std::string_view text) { return read_number(text, kTimeSuffixes); }

std::string size_text(uint64_t bytes) { return in_units(static_cast<double>(bytes), kSizes); }

std::string age_text(const google::protobuf::Timestamp& since) {
  using google::protobuf::util::TimeUtil;
  const std::chrono::nanoseconds now = std::chrono::system_clock::now().time_since_epoch();
  const int64_t age = now.count() - TimeUtil::TimestampToNanoseconds(since);
  return time_text(static_cast<uint64_t>(std::max<int64_t>(age, 0)));
}

std::string time_text(uint64_t nanoseconds) { return in_units(static_cast<double>(nanoseconds), kTimes); }

}  // namespace upyctl
