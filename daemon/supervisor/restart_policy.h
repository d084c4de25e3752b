#pragma once

#include <cstdint>
#include <string>

#include "instances/back_off.h"
#include "upy/instance.h"
#include "upyd/v1/instance.pb.h"

/// When a board is started anew. Pure decisions: what happens is told to them, and when.
namespace upyd {

/// How boot.py and main.py of a board have ended.
enum class StartEnd : uint8_t {
  Done,    ///< without failure
  Failed,  ///< by an exception, a status other than 0, or a kill
  ByUser,  ///< interrupted or stopped
};
StartEnd end_of(const upy::Outcome& last);

/// Why a start has failed, as ScriptError.text.
std::string failure_of(const upy::Outcome& last);

/// Whether a board of that policy is to be started anew.
bool calls_for_restart(v1::RestartPolicy policy, StartEnd end);

/// Counts the failures of one board: its back-off and its start limit. Times are monotonic nanoseconds. One thread at a
/// time.
class Restarts {
 public:
  /// What is next.
  struct Next {
    bool gives_up = false;  ///< it failed too often
    int64_t delay_ns = 0;   ///< until it is to be started, if it does not give up
  };

  /// Somebody started it: its failures are forgotten.
  void forget() {
    failures_ = 0;
    pace_.forget();
  }
  /// It has come up.
  void came_up(int64_t now_ns) {
    up_since_ns_ = now_ns;
    pace_.started(now_ns);
  }
  /// It is down and to be started anew, by these settings. Done: after their delay; Failed: that counts.
  Next went_down(StartEnd end, const v1::InstanceConfig& settings, int64_t now_ns);

 private:
  int64_t up_since_ns_ = 0;
  uint64_t failures_ = 0;
  StartPace pace_;
};

}  // namespace upyd
