#pragma once

#include <grpcpp/support/status.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "instances/job.h"
#include "upyd/v1/script.pb.h"

namespace upyd {

/// How runs ended, for those who ask by number: of those that go on, and the last kOver that are over. Any thread.
class RunRecords {
 public:
  static constexpr size_t kOver = 1024;
  /// Texts of an outcome are kept up to that length; the log of the instance has them whole.
  static constexpr size_t kLongestText = 1024;

  struct Record {
    std::string instance;
    grpc::Status status;  ///< not OK: it did not start
    v1::Outcome outcome;
  };
  /// Called once, where the run ends; no lock is held.
  using OnOver = std::function<void(const Record& record)>;
  using WaitId = uint64_t;

  void begin(uint64_t run_id, const std::string& instance);
  void end(uint64_t run_id, const RunReport& report);

  /// Calls `on_over` when that run is over: at once if it is. `wait` is for `cancel`. False: no such run is known.
  bool wait(uint64_t run_id, OnOver on_over, WaitId& wait);
  /// What is waited for is of no interest any more; it may have been called.
  void cancel(WaitId wait);

 private:
  struct Entry {
    Record record;
    bool is_over = false;
    std::map<WaitId, OnOver> waiting;
  };

  std::mutex mutex_;  // guards what follows
  std::map<uint64_t, Entry> runs_;
  std::deque<uint64_t> over_;         // the earliest first
  std::map<WaitId, uint64_t> waits_;  // the runs they are for
  WaitId last_wait_ = 0;
};

}  // namespace upyd
