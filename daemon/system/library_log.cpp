#include "system/library_log.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <spdlog/logger.h>

#include <mutex>

#include "system/rate_limit.h"

namespace upyd {
namespace {

constexpr uint32_t kMostLines = 10;
constexpr auto kPeriod = std::chrono::seconds(10);

/// Where the libraries' lines go.
class LibraryLog {
 public:
  explicit LibraryLog(std::shared_ptr<spdlog::logger> log) : log_(std::move(log)) {}

  void write(spdlog::level::level_enum level, const char* library, const char* text) {
    if (!log_->should_log(level)) return;
    std::lock_guard lock(mutex_);
    const auto held_back = limit_.pass(std::chrono::steady_clock::now());
    if (!held_back) return;
    if (*held_back) log_->log(level, "{} lines of libraries were left out", *held_back);
    log_->log(level, "{}: {}", library, text);
  }

 private:
  const std::shared_ptr<spdlog::logger> log_;
  std::mutex mutex_;  // guards what follows
  RateLimit limit_{kMostLines, kPeriod};
};

/// The libraries take functions without an object of their own. It is never destroyed: they have threads that may write
/// to the very end.
LibraryLog* library_log = nullptr;

void write_grpc(gpr_log_func_args* line) {
  const auto level = line->severity == GPR_LOG_SEVERITY_ERROR ? spdlog::level::warn : spdlog::level::debug;
  library_log->write(level, "grpc", line->message);
}

void write_protobuf(google::protobuf::LogLevel severity, const char*, int, const std::string& message) {
  const auto level = severity == google::protobuf::LOGLEVEL_FATAL ? spdlog::level::critical : spdlog::level::debug;
  library_log->write(level, "protobuf", message.c_str());
}

}  // namespace

void route_library_logs(std::shared_ptr<spdlog::logger> log) {
  library_log = new LibraryLog(std::move(log));
  gpr_set_log_function(write_grpc);
  google::protobuf::SetLogHandler(write_protobuf);
}

}  // namespace upyd
