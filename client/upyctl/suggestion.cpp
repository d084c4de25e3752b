#include "upyctl/suggestion.h"

#include <algorithm>
#include <numeric>

namespace upyctl {
namespace {

/// How many letters have to be typed, left out, changed or swapped with their neighbour to get from one word to the
/// other. (The restricted Damerau-Levenshtein distance.)
size_t distance(std::string_view from, std::string_view to) {
  std::vector<size_t> before_last, last, row(to.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= from.size(); ++i) {
    before_last = std::move(last);
    last = row;
    row[0] = i;
    for (size_t j = 1; j <= to.size(); ++j) {
      const bool same = from[i - 1] == to[j - 1];
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row.back();
}

/// Of longer words more may be wrong.
size_t most_wrong(std::string_view typed) { return typed.size() <= 2 ? 1 : (typed.size() + 2) / 3; }

}  // namespace

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known) {
  constexpr size_t kLongest = 64;
  if (typed.empty() || typed.size() > kLongest) return "";
  const std::string* best = nullptr;
  size_t least = most_wrong(typed) + 1;
  for (const std::string& word : known) {
    if (word.size() > kLongest) continue;
    const size_t wrong = distance(typed, word);
    if (wrong >= least || wrong >= word.size()) continue;
    least = wrong;
    best = &word;
  }
  return best ? "; did you mean '" + *best + "'?" : "";
}

}  // namespace upyctl
