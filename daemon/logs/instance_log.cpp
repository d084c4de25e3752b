#include "logs/instance_log.h"

#include <algorithm>
#include <deque>
#include <new>
#include <utility>

#include "logs/journal.h"
#include "posix/system_clock.h"
#include "upyd/escaped_text.h"

namespace upyd {
namespace {

/// Of upyd's words, which may hold names that a script or a client chose; each byte may become six.
constexpr size_t kLongestSaid = LogRing::kLongestText / 6;

google::protobuf::Timestamp timestamp_of(int64_t time_ns) {
  constexpr int64_t kNsPerS = 1'000'000'000;
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(time_ns / kNsPerS);
  timestamp.set_nanos(static_cast<int32_t>(time_ns % kNsPerS));
  return timestamp;
}

int64_t last_time_of(LogRing* ring) {
  int64_t time_ns = 0;
  if (!ring) return time_ns;
  LogRing::Place place = ring->begin();
  for (std::string text; const auto mark = ring->next(place, text);) time_ns = mark->time_ns;
  return time_ns;
}

}  // namespace

InstanceLog::InstanceLog(std::string instance, std::unique_ptr<LogRing> ring, MakeRing make_ring, Journal* journal)
    : instance_(std::move(instance)),
      make_ring_(std::move(make_ring)),
      journal_(journal),
      ring_(std::move(ring)),
      makes_ring_(!ring_),
      last_time_ns_(last_time_of(ring_.get())) {}

void InstanceLog::end_line() {
  if (!line_.empty()) complete_line(false);
}

void InstanceLog::set_run(uint64_t id) {
  end_line();
  std::lock_guard lock(mutex_);
  run_id_ = id;
}

void InstanceLog::write(upy::Console::Stream stream, std::string_view text) {
  const auto source = stream == upy::Console::Stream::Err ? v1::LOG_SOURCE_STDERR : v1::LOG_SOURCE_STDOUT;
  if (!line_.empty() && source != line_source_) complete_line(true);
  line_source_ = source;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view piece = text.substr(0, std::min(end, LogRing::kLongestText - line_.size()));
    const bool is_complete = piece.size() == end;
    text.remove_prefix(piece.size() + (is_complete ? 1 : 0));
    if (is_complete && line_.empty()) {
      append(source, piece, false);
      continue;
    }
    line_ += piece;
    if (is_complete) complete_line(false);
    if (line_.size() == LogRing::kLongestText) complete_line(true);
  }
}

void InstanceLog::say(std::string_view words) {
  append(v1::LOG_SOURCE_UPYD, escaped(words.substr(0, kLongestSaid)), false);
}

void InstanceLog::end() {
  end_line();
  std::lock_guard lock(mutex_);
  has_ended_ = true;
  tell_readers();
}

void InstanceLog::move_to(const std::string& path) {
  std::lock_guard lock(mutex_);
  if (ring_ && ring_->memory().is_file()) ring_->memory().rename(path);
}

std::unique_ptr<LogRing> InstanceLog::take_ring() {
  std::lock_guard lock(mutex_);
  return std::exchange(ring_, nullptr);
}

int64_t InstanceLog::last_time_ns() const {
  std::lock_guard lock(mutex_);
  return last_time_ns_;
}

void InstanceLog::complete_line(bool continues) {
  append(line_source_, line_, continues);
  line_.clear();
}

void InstanceLog::append(v1::LogSource source, std::string_view text, bool continues) {
  std::lock_guard lock(mutex_);
  last_time_ns_ = upy::clock_now_ns(CLOCK_REALTIME_COARSE);
  if (std::exchange(makes_ring_, false)) ring_ = make_ring_();
  if (ring_) ring_->append({last_time_ns_, run_id_, source, continues}, text);
  if (journal_) pass_on(source, text);
  tell_readers();
}

/// One that can't be told for want of memory hears of it with the next entry.
void InstanceLog::tell_readers() {
  for (Reader* reader : readers_) {
    if (!std::exchange(reader->waits_, false)) continue;
    try {
      reader->told_();
    } catch (const std::bad_alloc&) {
      reader->waits_ = true;
    }
  }
}

void InstanceLog::pass_on(v1::LogSource source, std::string_view text) {
  const bool is_limited = source != v1::LOG_SOURCE_UPYD;
  const auto held_back =
      is_limited ? limit_.pass(RateLimit::Time(std::chrono::nanoseconds(upy::clock_now_ns(CLOCK_MONOTONIC_COARSE))))
                 : std::optional(limit_.take_held_back());
  if (!held_back) return;
  if (*held_back) journal_->add({instance_, run_id_, v1::LOG_SOURCE_UPYD, dropped_text(*held_back)});
  journal_->add({instance_, run_id_, source, std::string(text)});
}

// ---- reading ----

InstanceLog::Reader::Reader(std::shared_ptr<InstanceLog> log, LogFilter filter, size_t last, std::function<void()> told)
    : log_(std::move(log)), filter_(filter), told_(std::move(told)) {
  std::lock_guard lock(log_->mutex_);
  log_->readers_.push_back(this);
  place_ = log_->last_place(filter_, last);
}

InstanceLog::Reader::~Reader() {
  std::lock_guard lock(log_->mutex_);
  std::erase(log_->readers_, this);
}

LogRing::Place InstanceLog::last_place(const LogFilter& filter, size_t last) const {
  if (!ring_ || last == 0) return ring_ ? ring_->begin() : LogRing::Place();
  std::deque<LogRing::Place> places;
  LogRing::Place place = ring_->begin(), before = place;
  for (std::string text; const auto mark = ring_->next(place, text); before = place) {
    if (!filter.wants(*mark)) continue;
    places.push_back(before);
    if (places.size() > last) places.pop_front();
  }
  return places.empty() ? ring_->end() : places.front();
}

InstanceLog::Reader::Found InstanceLog::Reader::read(v1::ReadLogResponse& answer, size_t bytes) {
  constexpr size_t kOverhead = 32;  // of an entry in the answer, beside its text
  std::lock_guard lock(log_->mutex_);
  LogRing* const ring = log_->ring_.get();
  if (ring && place_.number < ring->begin().number) {
    answer.set_dropped(ring->begin().number - place_.number);
    place_ = ring->begin();
  }
  std::string text;
  for (size_t taken = 0; ring && taken < bytes;) {
    const auto mark = ring->next(place_, text);
    if (!mark) break;
    if (!filter_.wants(*mark)) continue;
    taken += text.size() + kOverhead;
    v1::LogEntry& entry = *answer.add_entries();
    *entry.mutable_time() = timestamp_of(mark->time_ns);
    entry.set_run_id(mark->run_id);
    entry.set_source(mark->source);
    entry.set_text(std::move(text));
    entry.set_continues(mark->continues);
  }
  if (ring && place_.number != ring->end().number) return Found::More;
  waits_ = true;
  return log_->has_ended_ ? Found::End : Found::Nothing;
}

}  // namespace upyd
