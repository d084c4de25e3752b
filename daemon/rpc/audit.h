#pragma once

#include <spdlog/fwd.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "system/rate_limit.h"

namespace upyd {

class Journal;

/// What somebody did, or was refused.
struct AuditEntry {
  std::string method;    ///< "StopInstance"
  std::string instance;  ///< as the call names it, or as the one is called that it made; empty: none
  std::string result;    ///< "OK", "PERMISSION_DENIED", "begun"
  bool is_refusal = false;
};

/// The audit: one entry for each act that changes something, with its result, and for each refusal. They go to the
/// journal, with the fields UPYD_PRINCIPAL, UPYD_METHOD, UPYD_INSTANCE and UPYD_RESULT, where there is one, and else to
/// upyd's log. Nothing of what requests carry besides these is in them. Any thread.
class Audit {
 public:
  /// `journal` may be null; both must outlive it.
  Audit(Journal* journal, spdlog::logger& log) : journal_(journal), log_(log) {}

  /// `left_out`: entries of theirs before this one, which are told as a number.
  void write(const std::string& principal, const AuditEntry& entry, uint64_t left_out);

 private:
  Journal* const journal_;
  spdlog::logger& log_;
};

/// The entries of one principal. There are not more than so many in kPeriod, whatever they do, the number of others is
/// told: so they fill no disk, and leave others' entries alone. Refusals have a limit of their own, so that none hides
/// an act behind them. Any thread.
class AuditTrail {
 public:
  static constexpr uint32_t kMostActs = 1000, kMostRefusals = 50;
  static constexpr std::chrono::seconds kPeriod{10};

  AuditTrail(Audit& audit, std::string principal) : audit_(audit), principal_(std::move(principal)) {}

  void add(const AuditEntry& entry);

 private:
  Audit& audit_;
  const std::string principal_;
  std::mutex mutex_;  // guards what follows
  RateLimit acts_{kMostActs, kPeriod};
  RateLimit refusals_{kMostRefusals, kPeriod};
};

}  // namespace upyd
