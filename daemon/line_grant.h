#pragma once

#include <string>
#include <vector>

namespace upyd {

/// Which GPIO lines an instance may use: those that every one of several lists of shell patterns allows. A list allows
/// a line if one of its patterns matches the line's id ("CHIP:OFFSET") or its name.
class LineGrant {
 public:
  using Patterns = std::vector<std::string>;
  explicit LineGrant(std::vector<Patterns> lists) : lists_(std::move(lists)) {}

  /// `name` may be empty: then only the id counts.
  bool allows(const std::string& id, const std::string& name) const;

 private:
  std::vector<Patterns> lists_;
};

}  // namespace upyd
