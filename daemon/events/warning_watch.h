#pragma once

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <memory>
#include <mutex>
#include <string_view>

#include "events/recent_errors.h"

namespace upyd {

/// As long as it lives, what upyd's own log warns of is known among the errors, so that who asks for upyd's status sees
/// it. Any thread may log meanwhile, and afterwards.
class WarningWatch {
 public:
  /// `errors` must outlive it.
  WarningWatch(spdlog::logger& log, RecentErrors& errors) : sink_(std::make_shared<Sink>(errors)) {
    log.sinks().push_back(sink_);
  }
  ~WarningWatch() { sink_->end(); }
  WarningWatch(const WarningWatch&) = delete;
  WarningWatch& operator=(const WarningWatch&) = delete;

 private:
  class Sink final : public spdlog::sinks::base_sink<std::mutex> {
   public:
    explicit Sink(RecentErrors& errors) : errors_(&errors) { set_level(spdlog::level::warn); }
    void end() {
      std::lock_guard lock(mutex_);
      errors_ = nullptr;
    }

   private:
    void sink_it_(const spdlog::details::log_msg& message) override {
      if (errors_)
        errors_->add(RecentErrors::kOwn, 0, std::string_view(message.payload.data(), message.payload.size()));
    }
    void flush_() override {}

    RecentErrors* errors_;  // null: it has ended
  };

  const std::shared_ptr<Sink> sink_;
};

}  // namespace upyd
