#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "upyd/v1/events.pb.h"

namespace upyd {

/// The events that wait for one watcher: the latest, bounded in number and size; of those dropped, the number is kept.
/// Not for several threads at a time.
class EventBuffer {
 public:
  static constexpr size_t kMostEvents = 1024;
  static constexpr size_t kMostBytes = 1u << 20;  ///< encoded; a single event may have more

  /// Adds an event, with its number in the sequence, and drops the oldest ones that there is no room for.
  void add(const v1::Event& event);
  /// Counts an event that can't be added as dropped.
  void lose() { ++dropped_; }
  /// Takes all that waits.
  v1::WatchEventsResponse take();

 private:
  struct Waiting {
    v1::Event event;
    size_t bytes;
  };
  bool is_too_full() const;

  std::deque<Waiting> waiting_;
  size_t bytes_ = 0;
  uint64_t dropped_ = 0;
  uint64_t last_sequence_ = 0;
};

}  // namespace upyd
