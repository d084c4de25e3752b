#include "terminal/history.h"

namespace upy {

void History::add(std::string_view line) {
  if (limit_ == 0 || line.empty() || (!lines_.empty() && lines_.back() == line)) return;
  if (lines_.size() == limit_) lines_.pop_front();
  lines_.emplace_back(line);
}

}  // namespace upy
