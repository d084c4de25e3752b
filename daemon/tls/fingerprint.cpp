#include "tls/fingerprint.h"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace upyd {

std::optional<Fingerprint> parse_fingerprint(const std::string& text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c != ':'; });
  Fingerprint fingerprint{};
  const bool are_digits =
      std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
  if (!are_digits || digits.size() != 2 * fingerprint.size()) return std::nullopt;
  for (size_t i = 0; i < fingerprint.size(); ++i) {
    fingerprint[i] = static_cast<unsigned char>(std::stoi(digits.substr(2 * i, 2), nullptr, 16));
  }
  return fingerprint;
}

}  // namespace upyd
