#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "system/rate_limit.h"
#include "upyd/v1/log.pb.h"

namespace upyd {

/// A line of an instance's log on its way to the journal.
struct JournalLine {
  std::string instance;
  uint64_t run_id = 0;  ///< 0: none
  v1::LogSource source = v1::LOG_SOURCE_UNSPECIFIED;
  std::string text;                      ///< as the script wrote it
  std::vector<std::string> fields = {};  ///< further ones, "NAME=value"
};

/// Writes a line into systemd's journal by libsystemd, with UPYD_INSTANCE, UPYD_RUN and UPYD_STREAM; control characters
/// are escaped. Waits where the journal is slow.
void write_to_journal(const JournalLine& line);

/// The way into the journal: a thread that writes, so that no script waits for the journal, and a queue before it. Of
/// all instances together it takes fewer lines than the journal takes of one service, lest that one drops upyd's own
/// words. What it drops it says. Any thread.
class Journal {
 public:
  using Write = std::function<void(const JournalLine& line)>;

  static constexpr uint32_t kMostLines =
      3000;  ///< of all instances in kPeriod; the journal's own limit is 10000 in 30 s
  static constexpr std::chrono::seconds kPeriod{10};
  static constexpr size_t kMostWaiting = 1024;
  static constexpr size_t kMostOwnWaiting = 4 * kMostWaiting;  ///< upyd's own lines included

  explicit Journal(Write write = write_to_journal);
  /// Writes what waits.
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  void add(JournalLine line);
  /// The same of a line of upyd's own, which no other is in the way of: who adds it sees to it that there are not too
  /// many.
  void add_own(JournalLine line);
  /// Has something called on its thread, soon.
  void call(std::function<void()> what);

 private:
  void run();
  static JournalLine loss(uint64_t lines);

  const Write write_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<JournalLine> waiting_;
  std::vector<std::function<void()>> calls_;
  RateLimit limit_{kMostLines, kPeriod};
  uint64_t dropped_ = 0;  // and not yet told
  bool is_ending_ = false;
  std::thread thread_;
};

/// What is said of lines that a log does not pass on.
std::string dropped_text(uint64_t lines);

}  // namespace upyd
