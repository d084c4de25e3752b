#pragma once

#include <cstdint>
#include <string_view>

#include "upyclient/stream.h"
#include "upyd/v1/script.pb.h"

namespace upyclient {

/// The events of a call whose responses carry several, one by one. Threads and errors are as with Stream.
template <typename Response, typename Event, typename Call = grpc::ClientReader<Response>>
class EventStream : public Stream<Response, Call> {
 public:
  using Stream<Response, Call>::Stream;

  /// Waits for the next event. False: that was the last, and the call succeeded.
  bool read(Event& event) {
    while (next_ == response_.events_size()) {
      next_ = 0;
      response_.Clear();
      if (!Stream<Response, Call>::read(response_)) return false;
    }
    event.Swap(response_.mutable_events(next_++));
    return true;
  }

 private:
  Response response_;
  int next_ = 0;  // the event of response_ that is read next
};

/// A run.
using RunStream = EventStream<upyd::v1::RunResponse, upyd::v1::RunEvent>;

/// A run with input of its own. While one thread reads what happens, another may write input.
class RunWithInputStream
    : public EventStream<upyd::v1::RunResponse, upyd::v1::RunEvent,
                         grpc::ClientReaderWriter<upyd::v1::RunWithInputRequest, upyd::v1::RunResponse>> {
 public:
  using EventStream::EventStream;

  /// Sends input; waits while the script has more than it wants. False: the call has ended, `read` tells why.
  bool write(std::string_view input);
  /// The standard input of the script ends after what was written.
  void end_input();
};

/// A hold on an instance's console. While one thread reads its output, another may write its input.
class ConsoleStream
    : public EventStream<upyd::v1::ConsoleResponse, upyd::v1::ConsoleEvent,
                         grpc::ClientReaderWriter<upyd::v1::ConsoleRequest, upyd::v1::ConsoleResponse>> {
 public:
  using EventStream::EventStream;

  /// Sends input; waits while the instance has more than it wants. False: the call has ended, `read` tells why.
  bool write(std::string_view input);
  /// Tells how wide the client's terminal is. As `write`, and not beside it.
  bool tell_columns(uint32_t columns);
  /// The standard input of the instance ends after what was written.
  void end_input();
};

}  // namespace upyclient
