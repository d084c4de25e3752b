#pragma once

#include <spdlog/logger.h>

#include <asio/thread_pool.hpp>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "system/owned_descriptor.h"

namespace upyd {

/// Gives runs their ids: each is higher than all before, also those that an earlier upyd gave, however that ended and
/// whatever the clock says. Any thread.
///
/// The file `run-ids` in the state directory says where the next upyd begins. It is beyond what this one gives, so it
/// is written when upyd starts and ends, and when that many ids are used up: first kFirst, then always twice as many.
class RunIds final : public std::enable_shared_from_this<RunIds> {
 public:
  static constexpr uint64_t kFirst = 1000;

  /// `state` is a directory that no other upyd uses; empty: there is none, and ids begin with 1. Where the file can't
  /// be read or written the log says so, and ids are given all the same. `pool` is where it is written later on.
  RunIds(const std::string& state, asio::thread_pool& pool, spdlog::logger& log);
  /// The next upyd goes on without a gap.
  ~RunIds();
  RunIds(const RunIds&) = delete;
  RunIds& operator=(const RunIds&) = delete;

  /// Waits for the disk if it is slower than runs begin.
  uint64_t next();
  /// The first that this upyd gives, and the one that it gave last; that is lower while it gave none.
  uint64_t first() const { return first_; }
  uint64_t last() const;

 private:
  uint64_t read() const;
  void keep(uint64_t end) const;
  void extend_later();
  void extend();

  const std::string path_;
  asio::thread_pool& pool_;
  spdlog::logger& log_;
  const OwnedDescriptor directory_;
  const uint64_t first_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable extended_;
  uint64_t next_;
  uint64_t end_;             // where the next upyd begins
  uint64_t block_ = kFirst;  // how many were added to it last
  bool is_extending_ = false;
};

}  // namespace upyd
