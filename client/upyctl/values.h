#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

/// What the values of options may be, for CLI::Option::transform: each says of another value what may stand there. An
/// option whose value is not any text has one of these.
namespace upyctl {

/// Sizes in bytes, or with k, m or g for powers of 1024. 4m becomes 4194304.
CLI::Validator size_value();

/// Times with their unit, ms, s, m, h or d, as milliseconds. 10s becomes 10000.
CLI::Validator time_value(uint64_t least_ms = 0, uint64_t most_ms = std::numeric_limits<uint64_t>::max());

/// The most that a grace time may be, as InterruptRequest.grace_ms.
inline constexpr uint64_t kMostGraceMs = 3'600'000;

/// Whole numbers, as digits.
CLI::Validator number_value(uint64_t least, uint64_t most);
/// Those that an option of that type can hold.
template <typename Number>
CLI::Validator number_value(uint64_t least = 0) {
  return number_value(least, std::numeric_limits<Number>::max());
}

/// Moments as read_moment takes them.
CLI::Validator moment_value();

/// Permissions in octal digits.
CLI::Validator permissions_value();

/// One of some words.
CLI::Validator word_value(std::vector<std::string> words);
/// The keys of a map.
template <typename Map>
CLI::Validator word_value(const Map& words) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : words) keys.push_back(key);
  return word_value(std::move(keys));
}

}  // namespace upyctl
