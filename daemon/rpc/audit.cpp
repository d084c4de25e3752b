#include "rpc/audit.h"

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <new>

#include "logs/journal.h"
#include "upyd/escaped_text.h"

namespace upyd {
namespace {

/// A name that a client sends may be of any length.
constexpr size_t kLongestName = 64;

std::string text_of(const std::string& principal, const AuditEntry& entry, uint64_t left_out) {
  std::string text = fmt::format("audit: {} {}", principal, entry.method);
  if (!entry.instance.empty()) text += fmt::format(" '{}'", entry.instance);
  text += ": " + entry.result;
  if (left_out > 0) text += fmt::format(" (and {} more of theirs before, which are left out)", left_out);
  return text;
}

}  // namespace

void Audit::write(const std::string& principal, const AuditEntry& entry, uint64_t left_out) {
  const std::string text = text_of(principal, entry, left_out);
  if (!journal_) return log_.log(entry.is_refusal ? spdlog::level::warn : spdlog::level::info, "{}", text);
  journal_->add_own(
      {.instance = entry.instance,
       .source = v1::LOG_SOURCE_UPYD,
       .text = text,
       .fields = {"UPYD_PRINCIPAL=" + principal, "UPYD_METHOD=" + entry.method, "UPYD_RESULT=" + entry.result}});
}

/// What there is no memory for is left out.
void AuditTrail::add(const AuditEntry& entry) try {
  std::unique_lock lock(mutex_);
  const auto left_out = (entry.is_refusal ? refusals_ : acts_).pass(std::chrono::steady_clock::now());
  lock.unlock();
  if (!left_out) return;
  AuditEntry shown = entry;
  shown.instance = escaped(entry.instance.substr(0, kLongestName));
  audit_.write(principal_, shown, *left_out);
} catch (const std::bad_alloc&) {
}

}  // namespace upyd
