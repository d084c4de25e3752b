#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace upy {
class Instance;
}

/// What upyd says when a fault of its own ends it (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT): whose thread that was,
/// which run, and where in its script. It goes to the error stream, so to the journal, and to a file in the state
/// directory that the next upyd reads.
namespace upyd {

// ---- the thread that may crash says what it is at ----

/// The calling thread is that of an instance from here on.
void this_thread_is_of(const std::string& instance);
/// It is at that run; 0: at none.
void this_thread_runs(uint64_t run_id);
/// It is that interpreter's, which is not destroyed before it is told that there is none: null.
void this_thread_interprets(const upy::Instance* interpreter);

// ---- the process ----

/// From here on crashes are reported; those before stay known. Once, before there are threads of instances. `state` is
/// the state directory; empty, or where it can't be written: reports go to the error stream alone.
void report_crashes(const std::string& state);

/// A crash of upyd on the thread of an instance.
struct CrashNote {
  int64_t time_s = 0;  ///< since 1970
  std::string signal;  ///< "SIGSEGV"
  std::string instance;
  uint64_t run_id = 0;  ///< 0: none
  std::string file;     ///< where in its script that was; empty: not known
  int line = 0;
};

/// Those that are known, the earliest first.
std::vector<CrashNote> read_crashes(const std::string& state);
/// Those of an instance are of no interest any more. Not while one may be reported.
void forget_crashes(const std::string& state, const std::string& instance);

}  // namespace upyd
