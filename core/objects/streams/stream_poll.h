#pragma once

#include <vector>

#include "objects/runtime/type.h"
#include "objects/runtime/vm.h"

/// Waiting for streams. Whoever waits polls each of them, and hands those that are not ready to a StreamWait, which
/// sleeps until one of them may be. So the thread sleeps as long as nothing happens, unless a stream is written in
/// Python: what such a one answers may change without notice, so it must be asked again and again.
namespace upy {

/// Which of the events (StreamOps::PollFlag) are there now; errors and the like are told unasked. `stream` may also be
/// an int, which stands for the standard stream of that number. OSError if it is no stream that can be polled.
Result<int64_t> poll_stream(Vm& vm, Value stream, int64_t events);

/// One wait, of any number of sleeps. Lives on the native stack.
class StreamWait {
 public:
  explicit StreamWait(Vm& vm);

  /// The next sleep is to end when the stream may have one of the events. It must be one that poll_stream takes.
  void add(Value stream, int64_t events);
  /// Sleeps until the monotonic time, or until a stream may be ready, or something was done that was asked of the
  /// instance meanwhile: callbacks run here. Forgets the streams.
  Result<void> sleep_until(int64_t monotonic_ns);

 private:
  int64_t next_look_ns() const;

  Vm& vm_;
  const int64_t since_ns_;
  bool asks_again_ = false;  ///< a stream must be asked again
  std::vector<pollfd> descriptors_;
};

}  // namespace upy
