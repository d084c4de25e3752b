#include "instances/run_records.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "instances/convert.h"
#include "system/utf8.h"

namespace upyd {
namespace {

void shorten(std::string& text) {
  if (text.size() > RunRecords::kLongestText) text = told_text(text, RunRecords::kLongestText);
}

void shorten(v1::Outcome& outcome) {
  if (outcome.has_exception()) {
    shorten(*outcome.mutable_exception()->mutable_type());
    shorten(*outcome.mutable_exception()->mutable_message());
    shorten(*outcome.mutable_exception()->mutable_traceback());
  } else if (outcome.has_interrupted()) {
    shorten(*outcome.mutable_interrupted()->mutable_traceback());
  } else if (outcome.has_refused()) {
    for (v1::Diagnostic& diagnostic : *outcome.mutable_refused()->mutable_diagnostics()) {
      shorten(*diagnostic.mutable_message());
      shorten(*diagnostic.mutable_file());
      shorten(*diagnostic.mutable_traceback());
    }
  }
}

}  // namespace

void RunRecords::begin(uint64_t run_id, const std::string& instance, Share share) {
  std::lock_guard lock(mutex_);
  Entry& entry = runs_[run_id];
  entry.record.instance = instance;
  entry.record.owner = owners_.of(instance).value_or("");
  if (share == Share::Instance) entry.share = instance;
}

void RunRecords::end(uint64_t run_id, const RunReport& report) {
  v1::Outcome outcome = report.status.ok() ? to_proto(report) : v1::Outcome();
  shorten(outcome);
  std::unique_lock lock(mutex_);
  Entry& entry = runs_[run_id];
  entry.is_over = true;
  entry.record.status = report.status;
  entry.record.outcome = std::move(outcome);
  const auto waiting = std::exchange(entry.waiting, {});
  const Record record = waiting.empty() ? Record() : entry.record;
  for (const auto& [wait, on_over] : waiting) waits_.erase(wait);
  over_[entry.share].push_back(run_id);
  if (++over_count_ > kOver) forget_one_locked();
  lock.unlock();
  for (const auto& [wait, on_over] : waiting) on_over(record);
}

/// Of the share with most records the earliest; of several such the earliest of all.
void RunRecords::forget_one_locked() {
  const auto weight = [](const Over::value_type& one) {
    return std::pair(one.second.size(), std::numeric_limits<uint64_t>::max() - one.second.front());
  };
  const auto most =
      std::max_element(over_.begin(), over_.end(), [&](const auto& a, const auto& b) { return weight(a) < weight(b); });
  runs_.erase(most->second.front());
  most->second.pop_front();
  if (most->second.empty()) over_.erase(most);
  --over_count_;
}

grpc::Status RunRecords::wait(uint64_t run_id, const Admit& admit, OnOver on_over, WaitId& wait) {
  std::unique_lock lock(mutex_);
  const auto found = runs_.find(run_id);
  if (found == runs_.end()) return {grpc::StatusCode::NOT_FOUND, ""};
  if (auto status = admit(found->second.record); !status.ok()) return status;
  if (found->second.is_over) {
    const Record record = found->second.record;
    lock.unlock();
    on_over(record);
    return grpc::Status::OK;
  }
  wait = ++last_wait_;
  found->second.waiting.emplace(wait, std::move(on_over));
  waits_.emplace(wait, run_id);
  return grpc::Status::OK;
}

void RunRecords::cancel(WaitId wait) {
  std::lock_guard lock(mutex_);
  const auto found = waits_.extract(wait);
  if (!found) return;
  if (const auto run = runs_.find(found.mapped()); run != runs_.end()) run->second.waiting.erase(wait);
}

}  // namespace upyd
