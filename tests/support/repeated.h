#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// `text`, so many times.
inline std::string repeated(std::string_view text, size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (size_t i = 0; i < count; ++i) result += text;
  return result;
}
