#pragma once

#include <pthread.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "upy/instance.h"

/// Kills the program that runs when its time is over, and the process when that does not end the program soon. All
/// times are CPU times of the program's thread, so that a busy machine changes nothing, but for kBlockedSeconds.
class Watchdog {
 public:
  /// Seconds that a program may run, and seconds that it may go on after its kill.
  Watchdog(double seconds, double grace_seconds);
  ~Watchdog();

  /// On the thread that runs the program, before it and after it; the instance must live all the time between.
  void begin(upy::Instance& instance);
  /// Seconds from the kill to this call; 0 if the program was not killed.
  double end();

 private:
  static constexpr double kBlockedSeconds = 30;  ///< that a killed program may stand still

  void watch();
  void look();
  double cpu_seconds() const;

  const double seconds_, grace_seconds_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  upy::Instance* instance_ = nullptr;  ///< null: nothing runs
  pthread_t runner_{};
  double begun_ = 0;    ///< CPU seconds
  double killed_ = -1;  ///< CPU seconds; negative: not
  double blocked_ = 0;  ///< seconds since the kill
  std::thread thread_;
};
