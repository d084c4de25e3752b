#include "upyctl/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "upyctl/moment.h"
#include "upyctl/suggestion.h"
#include "upyctl/units.h"

namespace upyctl {
namespace {

std::string read_size_value(std::string& text) {
  const std::optional<uint64_t> bytes = read_size(text);
  if (!bytes) return "'" + text + "' is no size: write a number of bytes, or one with k, m or g, such as 64k or 4m";
  text = std::to_string(*bytes);
  return "";
}

std::string read_time_value(std::string& text, uint64_t least_ms, uint64_t most_ms) {
  const std::optional<uint64_t> milliseconds = read_duration(text);
  if (!milliseconds) return "'" + text + "' is no time: write a number with ms, s, m, h or d, such as 500ms or 10s";
  if (*milliseconds < least_ms || *milliseconds > most_ms) {
    const auto limit = [](uint64_t ms) { return time_text(ms * 1'000'000); };
    return least_ms == 0 ? fmt::format("'{}' is too long: write a time of {} at most", text, limit(most_ms))
                         : fmt::format("'{}' is too {}: write a time from {} to {}", text,
                                       *milliseconds < least_ms ? "short" : "long", limit(least_ms), limit(most_ms));
  }
  text = std::to_string(*milliseconds);
  return "";
}

std::string check_number(const std::string& text, uint64_t least, uint64_t most) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= least && number <= most) return "";
  return fmt::format("'{}' will not do: write a whole number from {} to {}", text, least, most);
}

std::string check_moment(const std::string& text) {
  if (read_moment(text)) return "";
  return "'" + text +
         "' is no time: write an age, such as 10m or 2h, today or yesterday, a time, such as 14:30, or a date and a "
         "time, "
         "such as 2026-01-31 14:30:05, with a Z behind it for UTC, or an offset from it";
}

std::string check_permissions(const std::string& text) {
  constexpr size_t kMostDigits = 4;
  const bool is_octal = !text.empty() && text.size() <= kMostDigits && text.find_first_not_of("01234567") == text.npos;
  return is_octal ? "" : "'" + text + "' are no permissions: write them in octal, such as 0660";
}

std::string check_word(const std::string& text, const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), text) != words.end()) return "";
  return fmt::format("'{}' is none of {}{}", text, fmt::join(words, ", "), did_you_mean(text, words));
}

}  // namespace

CLI::Validator size_value() { return CLI::Validator(read_size_value, ""); }

CLI::Validator time_value(uint64_t least_ms, uint64_t most_ms) {
  return CLI::Validator([=](std::string& text) { return read_time_value(text, least_ms, most_ms); }, "");
}

CLI::Validator number_value(uint64_t least, uint64_t most) {
  return CLI::Validator([=](std::string& text) { return check_number(text, least, most); }, "");
}

CLI::Validator moment_value() { return CLI::Validator(check_moment, ""); }

CLI::Validator permissions_value() { return CLI::Validator(check_permissions, ""); }

CLI::Validator word_value(std::vector<std::string> words) {
  return CLI::Validator([words = std::move(words)](std::string& text) { return check_word(text, words); }, "");
}

}  // namespace upyctl
