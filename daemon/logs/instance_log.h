#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "logs/log_ring.h"
#include "port/port.h"
#include "system/rate_limit.h"
#include "upyd/v1/log.pb.h"

namespace upyd {

class Journal;

/// Which entries of a log somebody wants.
struct LogFilter {
  int64_t since_ns = 0;    ///< since 1970
  uint64_t run_id = 0;     ///< 0: of all
  unsigned sources = ~0u;  ///< a bit for each, by number

  bool wants(const LogMark& mark) const {
    return mark.time_ns >= since_ns && (run_id == 0 || mark.run_id == run_id) && (sources >> mark.source & 1) != 0;
  }
};

/// The log of one instance: what it writes becomes entries of a ring, lines of the journal, and news for those who
/// follow.
///
/// Scripts write from one thread at a time, that of their instance, and as fast as they can: so a line is put together
/// without the lock, and has the time of the last tick, some milliseconds ago at most. What is not said to be for that
/// thread may be called from any.
class InstanceLog {
 public:
  /// Makes the ring when the first entry is written; null: nothing can be kept.
  using MakeRing = std::function<std::unique_ptr<LogRing>()>;
  /// Lines that an instance passes on to the journal in kPeriod; upyd's own words do not count.
  static constexpr uint32_t kMostLines = 500;
  static constexpr std::chrono::seconds kPeriod{10};

  /// `ring` holds what there is already, and may be null. So may `journal`: then lines do not go there.
  InstanceLog(std::string instance, std::unique_ptr<LogRing> ring, MakeRing make_ring, Journal* journal);

  /// The run that writes from now on, 0: none; a line that is not complete ends. The instance's thread.
  void set_run(uint64_t id);
  /// Output of a script: its lines, as they are complete. The instance's thread.
  void write(upy::Console::Stream stream, std::string_view text);
  /// A line that is not complete ends here. The instance's thread.
  void end_line();
  /// A line of upyd's own.
  void say(std::string_view words);
  /// The instance is gone: those who follow are told that there is no more. The instance's thread, or after its end.
  void end();

  /// Takes the ring, if there is one, for the log of another instance of that name.
  std::unique_ptr<LogRing> take_ring();
  /// If it is a file, it is one of that path from now on.
  void move_to(const std::string& path);
  /// When the last entry was written; 0: there is none.
  int64_t last_time_ns() const;

  /// Somebody who reads, and is told when there is more. `told` is called with the log's lock held, once after each
  /// `read` that found nothing more; it may throw std::bad_alloc.
  class Reader {
   public:
    /// Begins with the `last` entries that the filter wants, 0: with all.
    Reader(std::shared_ptr<InstanceLog> log, LogFilter filter, size_t last, std::function<void()> told);
    /// From when this returns `told` is not called any more.
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    enum class Found {
      More,     ///< there is more to read
      Nothing,  ///< not now
      End,      ///< the instance is gone, and all was read
    };
    /// Adds entries to an answer, not many more than so many bytes.
    Found read(v1::ReadLogResponse& answer, size_t bytes);

   private:
    friend class InstanceLog;
    const std::shared_ptr<InstanceLog> log_;
    const LogFilter filter_;
    const std::function<void()> told_;
    LogRing::Place place_;  // this and what follows: guarded by the log's lock
    bool waits_ = false;
  };

 private:
  void complete_line(bool continues);
  void append(v1::LogSource source, std::string_view text, bool continues);
  void tell_readers();
  void pass_on(v1::LogSource source, std::string_view text);
  LogRing::Place last_place(const LogFilter& filter, size_t last) const;

  const std::string instance_;
  const MakeRing make_ring_;
  Journal* const journal_;
  std::string line_;  // that is not complete yet, and its source; the instance's thread
  v1::LogSource line_source_ = v1::LOG_SOURCE_UNSPECIFIED;
  mutable std::mutex mutex_;  // guards what follows
  std::unique_ptr<LogRing> ring_;
  bool makes_ring_ = true;  // with the first entry
  uint64_t run_id_ = 0;
  int64_t last_time_ns_ = 0;
  RateLimit limit_{kMostLines, kPeriod};
  std::vector<Reader*> readers_;
  bool has_ended_ = false;
};

}  // namespace upyd
