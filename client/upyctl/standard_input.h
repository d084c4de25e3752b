#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>

namespace upyctl {

/// The standard input for a thread that waits for it, and that others can wake and stop.
class StandardInput {
 public:
  /// Throws std::system_error when the system has no descriptors left.
  StandardInput();
  ~StandardInput();
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

  /// What ended a wait.
  enum class Found { Input, Wake, Stop };
  /// Waits until there is input, be it its end; or until `wake`, or `stop`.
  Found wait() const;
  /// The same without looking for input.
  Found wait_for_wake() const;
  /// Whether `stop` comes within that time.
  bool stops_within(std::chrono::milliseconds time) const;
  /// As read(2).
  ssize_t read(char* buffer, size_t size) const;

  /// Ends a wait, or the next one. Any thread.
  void wake() const;
  /// Ends all waits from now on. Any thread.
  void stop() const;

 private:
  Found wait_with(int input) const;

  int wake_, stop_;  // eventfds
};

}  // namespace upyctl
