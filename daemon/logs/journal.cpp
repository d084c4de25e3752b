#include "logs/journal.h"

// Where in upyd's source a line is written from says nothing of it.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <pthread.h>
#include <sys/uio.h>
#include <syslog.h>
#include <systemd/sd-journal.h>

#include <utility>
#include <vector>

#include "upyd/escaped_text.h"

namespace upyd {
namespace {

const char* stream_of(v1::LogSource source) {
  switch (source) {
    case v1::LOG_SOURCE_STDOUT:
      return "stdout";
    case v1::LOG_SOURCE_STDERR:
      return "stderr";
    default:
      return "upyd";
  }
}

int priority_of(v1::LogSource source) { return source == v1::LOG_SOURCE_STDERR ? LOG_WARNING : LOG_INFO; }

}  // namespace

void write_to_journal(const JournalLine& line) {
  std::vector<std::string> fields = {
      "MESSAGE=" + escaped(line.text),
      "PRIORITY=" + std::to_string(priority_of(line.source)),
      "SYSLOG_IDENTIFIER=upyd",
      std::string("UPYD_STREAM=") + stream_of(line.source),
  };
  if (!line.instance.empty()) fields.push_back("UPYD_INSTANCE=" + line.instance);
  if (line.run_id) fields.push_back("UPYD_RUN=" + std::to_string(line.run_id));
  fields.insert(fields.end(), line.fields.begin(), line.fields.end());
  std::vector<iovec> parts;
  for (std::string& field : fields) parts.push_back({field.data(), field.size()});
  sd_journal_sendv(parts.data(), static_cast<int>(parts.size()));
}

Journal::Journal(Write write) : write_(std::move(write)), thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "upyd-journal");
}

Journal::~Journal() {
  {
    std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Journal::add(JournalLine line) {
  std::lock_guard lock(mutex_);
  if (waiting_.size() >= kMostWaiting) {
    ++dropped_;
    return;
  }
  const auto held_back = limit_.pass(std::chrono::steady_clock::now());
  if (!held_back) return;
  if (const uint64_t lost = *held_back + std::exchange(dropped_, 0)) waiting_.push_back(loss(lost));
  waiting_.push_back(std::move(line));
  changed_.notify_one();
}

void Journal::add_own(JournalLine line) {
  std::lock_guard lock(mutex_);
  if (waiting_.size() >= kMostOwnWaiting) {
    ++dropped_;
    return;
  }
  waiting_.push_back(std::move(line));
  changed_.notify_one();
}

void Journal::call(std::function<void()> what) {
  std::lock_guard lock(mutex_);
  calls_.push_back(std::move(what));
  changed_.notify_one();
}

void Journal::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !waiting_.empty() || !calls_.empty() || is_ending_; });
    if (waiting_.empty() && calls_.empty()) return;
    const auto calls = std::exchange(calls_, {});
    const auto lines = std::exchange(waiting_, {});
    lock.unlock();
    for (const auto& call : calls) call();
    for (const JournalLine& line : lines) write_(line);
    lock.lock();
  }
}

JournalLine Journal::loss(uint64_t lines) {
  return {.source = v1::LOG_SOURCE_UPYD, .text = "of several instances, " + dropped_text(lines)};
}

std::string dropped_text(uint64_t lines) {
  return "... " + std::to_string(lines) + (lines == 1 ? " line dropped" : " lines dropped");
}

}  // namespace upyd
