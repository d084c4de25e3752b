#include "events/event_buffer.h"

#include <utility>

namespace upyd {

void EventBuffer::add(const v1::Event& event) {
  Waiting& added = waiting_.emplace_back(Waiting{event, event.ByteSizeLong()});
  added.event.set_sequence(++last_sequence_);
  bytes_ += added.bytes;
  while (is_too_full()) {
    bytes_ -= waiting_.front().bytes;
    waiting_.pop_front();
    ++dropped_;
  }
}

v1::WatchEventsResponse EventBuffer::take() {
  v1::WatchEventsResponse response;
  for (Waiting& each : waiting_) response.mutable_events()->Add(std::move(each.event));
  response.set_dropped(std::exchange(dropped_, 0));
  waiting_.clear();
  bytes_ = 0;
  return response;
}

bool EventBuffer::is_too_full() const {
  return waiting_.size() > kMostEvents || (bytes_ > kMostBytes && waiting_.size() > 1);
}

}  // namespace upyd
