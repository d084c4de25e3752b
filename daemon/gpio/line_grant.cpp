#include "gpio/line_grant.h"

#include <fnmatch.h>

#include <algorithm>

namespace upyd {
namespace {

bool matches(const LineGrant::Patterns& patterns, const std::string& id, const std::string& name) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return fnmatch(pattern.c_str(), id.c_str(), 0) == 0 ||
           (!name.empty() && fnmatch(pattern.c_str(), name.c_str(), 0) == 0);
  });
}

}  // namespace

LineAccess LineGrant::access(const std::string& id, const std::string& name) const {
  if (matches(lines_, id, name)) return LineAccess::Output;
  return matches(inputs_, id, name) ? LineAccess::Input : LineAccess::None;
}

}  // namespace upyd
