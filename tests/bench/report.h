#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace bench {

/// Prints figures, and keeps whether all were within their bounds.
class Report {
 public:
  void title(const std::string& text) { fmt::print("{}\n", text); }

  void value(const std::string& what, double value, const char* unit) {
    fmt::print("  {:<44}{:>10.1f} {}\n", what, value, unit);
  }

  void bounded(const std::string& what, double value, double bound, const char* unit) {
    bool kept = value <= bound;
    all_kept_ = all_kept_ && kept;
    fmt::print("  {:<44}{:>10.1f} {:<4} bound {:g} {}: {}\n", what, value, unit, bound, unit,
               kept ? "kept" : "EXCEEDED");
  }

  bool all_kept() const { return all_kept_; }

 private:
  bool all_kept_ = true;
};

/// The value below which that part of the values lies, which must not be empty.
inline double quantile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<size_t>(part * static_cast<double>(values.size())))];
}

}  // namespace bench
