#pragma once

#include <spdlog/fwd.h>

#include <chrono>
#include <mutex>
#include <string_view>

#include "system/rate_limit.h"

namespace upyd {

/// Tells the log why clients are not taken; not for each, as there may be many. Any thread.
class Complaints {
 public:
  /// `log` must outlive it.
  explicit Complaints(spdlog::logger& log) : log_(log), passed_(1, std::chrono::seconds(10)) {}

  void say(std::string_view why);

 private:
  spdlog::logger& log_;
  std::mutex mutex_;
  RateLimit passed_;
};

}  // namespace upyd
