#include "events/recent_errors.h"

#include <algorithm>
#include <new>

#include "system/utf8.h"

namespace upyd {
namespace {

std::string_view last_line(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text.substr(text.rfind('\n') + 1);
}

}  // namespace

std::string RecentErrors::line_of(std::string_view report) {
  const std::string line = valid_utf8(beginning_of(last_line(report), kLongestText));
  return std::string(beginning_of(line, kLongestText));
}

void RecentErrors::add(const std::string& instance, uint64_t run_id, std::string_view report) try {
  Error error{Moment::now(), instance, owners_.of(instance).value_or(""), run_id, line_of(report)};
  std::lock_guard lock(mutex_);
  if (errors_.size() == kMost) errors_.erase(superfluous());
  errors_.push_back(std::move(error));
} catch (const std::bad_alloc&) {
}

/// The earliest of the instance that has the most.
std::deque<RecentErrors::Error>::const_iterator RecentErrors::superfluous() const {
  const auto count = [this](const Error& error) {
    return std::count_if(errors_.begin(), errors_.end(),
                         [&](const Error& other) { return other.instance == error.instance; });
  };
  return std::max_element(errors_.begin(), errors_.end(),
                          [&](const Error& a, const Error& b) { return count(a) < count(b); });
}

std::vector<RecentErrors::Error> RecentErrors::all() const {
  std::lock_guard lock(mutex_);
  return {errors_.begin(), errors_.end()};
}

}  // namespace upyd
