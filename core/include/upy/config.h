#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace upy {

/// What an instance may need of its thread's stack beyond Config::stack_bytes: a compilation that begins at the limit,
/// and what the host's ports do. The test native_recursion adds it up.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr size_t kStackReserve = 2u << 20;  // their frames are many times as large
#else
inline constexpr size_t kStackReserve = 384u << 10;
#endif

/// Why an instance was made: machine.reset_cause(), by the values of its constants.
enum class ResetCause : uint8_t {
  PowerOn = 1,  ///< by its host, with nothing before it
  Hard,         ///< in place of one that called machine.reset
  Watchdog,     ///< in place of one that did not feed its watchdog
  DeepSleep,    ///< in place of one that called machine.deepsleep
  Soft,         ///< in place of one that called machine.soft_reset, or was left by Ctrl-D at its prompt
};

/// What a script wants that calls machine.reset, soft_reset or deepsleep.
struct Reset {
  ResetCause cause = ResetCause::Hard;  ///< of the instance that comes in its place
  int64_t sleep_ns = 0;                 ///< how long that is not to come: INT64_MAX without an end
};

/// What a script has left in the real-time clock (machine.RTC), which keeps it while an instance is made anew: see
/// Instance::retained.
struct Retained {
  int64_t clock_offset_ns = 0;  ///< the clock's time less the host's
  std::string memory;           ///< RTC.memory()
};

/// What a number among the settings may be.
struct SettingRange {
  const char* setting;  ///< the member of Config
  uint64_t least;
  uint64_t most;
  bool power_of_two = false;  ///< only such values are allowed

  constexpr bool contains(uint64_t value) const {
    return value >= least && value <= most && (!power_of_two || std::has_single_bit(value));
  }
};

/// The settings of an instance; every default and every range stands here.
struct Config {
  size_t heap_bytes = 2u << 20;      ///< hard limit of the heap; takes memory when touched
  size_t stack_bytes = 256u << 10;   ///< limit of the native stack; the thread must have kStackReserve more
  size_t frame_bytes = 256u << 10;   ///< limit of the value stack that holds the frames of Python functions
  size_t compile_bytes = 64u << 20;  ///< limit of what compiling takes besides the heap, until the code is in there
  uint16_t schedule_depth = 8;       ///< callbacks that may wait (8 as on MicroPython's boards)
  uint16_t mailbox_depth = 64;       ///< events from the host that may wait
  int opt_level = 0;                 ///< initial micropython.opt_level()
  std::vector<std::string> path = {"", "/lib"};  ///< initial sys.path
  std::string platform = "linux";                ///< sys.platform
  std::string executable = "";                   ///< sys.executable
  std::string unique_id = "";                    ///< machine.unique_id(): bytes that tell hosts apart
  std::string blob_key = "";  ///< blobs run only if compile_blob sealed them with it; empty: all that verify
  std::vector<std::pair<std::string, std::string>> environment;  ///< what os.getenv knows at first: names and values
  ResetCause reset_cause = ResetCause::PowerOn;
  Retained retained;  ///< by the instance in whose place this one comes

  /// Stress settings of the heap for tests; 0 is off.
  uint32_t collect_every = 0;    ///< collect before every Nth allocation of a run
  uint32_t fail_allocation = 0;  ///< fail the Nth allocation of the first run

  static constexpr SettingRange kHeapBytes{"heap_bytes", 64u << 10, uint64_t{16} << 30};
  static constexpr SettingRange kStackBytes{"stack_bytes", 32u << 10, 64u << 20};
  static constexpr SettingRange kFrameBytes{"frame_bytes", 16u << 10, 1u << 30};
  static constexpr SettingRange kCompileBytes{"compile_bytes", 64u << 10, uint64_t{1} << 30};
  static constexpr SettingRange kScheduleDepth{"schedule_depth", 1, 128, true};
  static constexpr SettingRange kMailboxDepth{"mailbox_depth", 8, 4096, true};
};

}  // namespace upy
