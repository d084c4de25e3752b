#pragma once

#include <cstdint>

#include "support/temporary_directory.h"
#include "upy/instance.h"
#include "watchdog.h"

/// Runs scripts, each in an instance of its own with files of its own, pins that are wired to each other, and time that
/// passes as fast as the script waits. A run that does not end is stopped, and ends the process if it then still goes
/// on.
class Stage {
 public:
  Stage(double seconds, double grace_seconds);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  struct Performance {
    upy::Outcome outcome;
    double late_seconds;  ///< for which the run went on after a kill
  };

  /// Runs the script, lets its callbacks and timers go on for `idle_ns`, and looks through what is left in the heap.
  Performance run(const upy::Config& config, upy::Console& console, const upy::Script& script, int64_t idle_ns);

 private:
  const test_support::TemporaryDirectory directory_;
  const int place_;  // the directory
  Watchdog watchdog_;
};
