#include "events/event_bus.h"

#include <chrono>
#include <utility>

#include "reactor/timestamp.h"

namespace upyd {

namespace {

template <typename Message>
EventFilter::Line place(const Message& message) {
  return {message.chip(), message.offset()};
}

/// The line that an event is about; none: an empty chip.
EventFilter::Line line_of(const v1::Event& event) {
  switch (event.event_case()) {
    case v1::Event::kEdge:
      return place(event.edge());
    case v1::Event::kEdgesLost:
      return place(event.edges_lost());
    case v1::Event::kLineChanged:
      return place(event.line_changed().line());
    default:
      return {};
  }
}

}  // namespace

bool EventFilter::wants(const v1::Event& event) const {
  return (instances.empty() || instances.contains(event.instance())) &&
         (kinds.empty() || kinds.contains(kind_of(event))) && (lines.empty() || lines.contains(line_of(event)));
}

EventBus::WatchId EventBus::watch(EventFilter filter, Listener listener) {
  std::lock_guard lock(mutex_);
  watchers_.emplace(++last_id_, Watcher{std::move(filter), std::move(listener)});
  watched_ = true;
  return last_id_;
}

void EventBus::end_watch(WatchId id) {
  std::lock_guard lock(mutex_);
  watchers_.erase(id);
  watched_ = !watchers_.empty();
}

void EventBus::deliver(v1::Event& event) {
  const std::string owner = owners_.of(event.instance()).value_or("");
  std::lock_guard lock(mutex_);
  event.set_timestamp_ns(static_cast<uint64_t>(monotonic_ns_()));
  *event.mutable_time() = to_timestamp(std::chrono::system_clock::now());
  for (const auto& [id, watcher] : watchers_) {
    if (watcher.filter.wants(event)) watcher.listener(event, owner);
  }
}

v1::EventKind kind_of(const v1::Event& event) { return static_cast<v1::EventKind>(event.event_case()); }

}  // namespace upyd
