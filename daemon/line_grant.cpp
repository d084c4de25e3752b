#include "line_grant.h"

#include <fnmatch.h>

#include <algorithm>

namespace upyd {
namespace {

bool matches(const std::string& pattern, const std::string& text) {
  return !text.empty() && fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
}

}  // namespace

bool LineGrant::allows(const std::string& id, const std::string& name) const {
  return std::all_of(lists_.begin(), lists_.end(), [&](const Patterns& patterns) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matches(pattern, id) || matches(pattern, name); });
  });
}

}  // namespace upyd
