#pragma once

#include <grpcpp/support/status.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "access/owners.h"
#include "instances/job.h"
#include "upyd/v1/script.pb.h"

namespace upyd {

/// How runs ended, for those who ask by number: of those that go on, and kOver that are over. When these are too many,
/// the earliest of the instance with most of them is forgotten, so that one which runs often makes none forgotten of
/// the others; those that are made for one run count as one together. Any thread.
class RunRecords {
 public:
  static constexpr size_t kOver = 1024;
  /// Of texts of an outcome that are longer the middle is not kept, which is said there; the log of the instance has
  /// them whole.
  static constexpr size_t kLongestText = 1024;

  struct Record {
    std::string instance;
    std::string owner;    ///< whose it was when the run began
    grpc::Status status;  ///< not OK: it did not start
    v1::Outcome outcome;
  };
  /// Called once, where the run ends; no lock is held.
  using OnOver = std::function<void(const Record& record)>;
  using WaitId = uint64_t;
  /// Says whether somebody may know of a run, by its instance and that one's owner.
  using Admit = std::function<grpc::Status(const Record& record)>;

  /// `owners` must outlive it.
  explicit RunRecords(const Owners& owners) : owners_(owners) {}

  /// Whose record is in the way of others.
  enum class Share {
    Instance,  ///< of one that may have many runs
    Run        ///< of one that is made for this run
  };
  void begin(uint64_t run_id, const std::string& instance, Share share);
  void end(uint64_t run_id, const RunReport& report);

  /// Calls `on_over` when that run is over: at once if it is. `wait` is for `cancel`. NOT_FOUND: no such run is known;
  /// else the errors are those of `admit`, which is asked now, under the lock.
  grpc::Status wait(uint64_t run_id, const Admit& admit, OnOver on_over, WaitId& wait);
  /// What is waited for is of no interest any more; it may have been called.
  void cancel(WaitId wait);

 private:
  struct Entry {
    Record record;
    std::string share;
    bool is_over = false;
    std::map<WaitId, OnOver> waiting;
  };

  void forget_one_locked();

  const Owners& owners_;
  std::mutex mutex_;  // guards what follows
  std::map<uint64_t, Entry> runs_;
  using Over = std::map<std::string, std::deque<uint64_t>>;
  Over over_;  // by share, the earliest first
  size_t over_count_ = 0;
  std::map<WaitId, uint64_t> waits_;  // the runs they are for
  WaitId last_wait_ = 0;
};

}  // namespace upyd
