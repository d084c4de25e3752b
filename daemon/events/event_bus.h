#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <string>
#include <utility>

#include "access/owners.h"
#include "upyd/v1/events.pb.h"

namespace upyd {

/// Which events a watcher wants: those that meet all demands. An empty set demands nothing.
struct EventFilter {
  using Line = std::pair<std::string, uint32_t>;  ///< chip and offset
  std::set<std::string> instances;
  std::set<v1::EventKind> kinds;
  std::set<Line> lines;

  bool wants(const v1::Event& event) const;
};

/// What happens in the daemon, told to whoever watches.
///
/// Who has something to tell publishes it from where it happens: from any thread, whatever locks it holds. While nobody
/// watches that is one atomic read. A listener therefore must neither block nor call back into what publishes; it puts
/// the event aside for another thread (EventBuffer).
class EventBus {
 public:
  using WatchId = uint64_t;
  /// `owner`: whose the event's instance is at that moment; another may have its name later. Empty: of none.
  using Listener = std::function<void(const v1::Event& event, const std::string& owner)>;

  /// `monotonic_ns` is read for the time of each event. `owners` must outlive it.
  EventBus(std::function<int64_t()> monotonic_ns, const Owners& owners)
      : monotonic_ns_(std::move(monotonic_ns)), owners_(owners) {}

  /// Tells of something. `fill(event)` sets what happened, and is called only if anybody watches. What there is no
  /// memory for is not told.
  template <typename Fill>
  void publish(const std::string& instance, Fill fill) try {
    if (!is_watched()) return;
    v1::Event event;
    event.set_instance(instance);
    fill(event);
    deliver(event);
  } catch (const std::bad_alloc&) {
  }
  bool is_watched() const { return watched_.load(std::memory_order_relaxed); }

  /// Calls `listener` with all events from now on that the filter wants, one at a time and in their order.
  WatchId watch(EventFilter filter, Listener listener);
  /// When this returns the listener is not called any more. Not to be called by it.
  void end_watch(WatchId id);

 private:
  struct Watcher {
    EventFilter filter;
    Listener listener;
  };

  void deliver(v1::Event& event);

  const std::function<int64_t()> monotonic_ns_;
  const Owners& owners_;
  std::atomic<bool> watched_ = false;
  std::mutex mutex_;  // guards what follows, and is held while listeners are called
  std::map<WatchId, Watcher> watchers_;
  WatchId last_id_ = 0;
};

/// The kind of an event.
v1::EventKind kind_of(const v1::Event& event);

}  // namespace upyd
