#pragma once

#include "upyclient/stream.h"
#include "upyd/v1/script.pb.h"

namespace upyclient {

/// The events of a run, one by one. Threads and errors are as with Stream.
class RunStream {
 public:
  explicit RunStream(Stream<upyd::v1::RunResponse> responses) : responses_(std::move(responses)) {}

  /// Waits for the next event. False: that was the last, and the call succeeded.
  bool read(upyd::v1::RunEvent& event) {
    while (next_ == response_.events_size()) {
      next_ = 0;
      response_.Clear();
      if (!responses_.read(response_)) return false;
    }
    event.Swap(response_.mutable_events(next_++));
    return true;
  }

  /// Ends the call; the daemon takes it as the client going away.
  void cancel() { responses_.cancel(); }

 private:
  Stream<upyd::v1::RunResponse> responses_;
  upyd::v1::RunResponse response_;
  int next_ = 0;  // the event of response_ that is read next
};

}  // namespace upyclient
