#include "upyd/settings/long_key.h"

#include <algorithm>
#include <string>

namespace upyd {
namespace {

/// Where the string that begins at `at` has ended; the end of the text if it does not.
size_t end_of_string(std::string_view text, size_t at) {
  const char quote = text[at];
  const size_t quotes = text.substr(at, 3) == std::string(3, quote) ? 3 : 1;
  for (size_t i = at + quotes; i < text.size(); i++) {
    if (text[i] == '\\' && quote == '"') {
      i++;
    } else if (text.substr(i, quotes) == std::string(quotes, quote)) {
      return i + quotes;
    } else if (text[i] == '\n' && quotes == 1) {
      return i;
    }
  }
  return text.size();
}

}  // namespace

int line_of_long_key(std::string_view toml, int most_parts) {
  int parts = 1;
  for (size_t at = 0; at < toml.size();) {
    switch (toml[at]) {
      case '"':
      case '\'':
        at = end_of_string(toml, at);
        continue;
      case '#':
        at = std::min(toml.find('\n', at), toml.size());
        continue;
      case '.':
        if (++parts > most_parts) return static_cast<int>(std::count(toml.begin(), toml.begin() + at, '\n')) + 1;
        break;
      case '\n':
      case '=':
      case ',':
      case '{':
        parts = 1;
        break;
      default:
        break;
    }
    at++;
  }
  return 0;
}

}  // namespace upyd
