#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace upy {

/// The memory figures of an instance. Sizes in bytes.
struct MemInfo {
  size_t heap_total = 0;  ///< the limit
  size_t heap_used = 0;   ///< in live and not yet collected blocks
  size_t heap_free = 0;
  size_t heap_committed = 0;  ///< pages ever touched and not given back
  size_t heap_peak = 0;       ///< maximum of heap_used
  size_t allocated = 0;       ///< allocated since the instance began, freed or not
  size_t largest_free = 0;    ///< the longest free run
  size_t external = 0;        ///< held by libraries for this instance, charged to the limit
  uint64_t collections = 0;
  uint64_t failures = 0;      ///< allocations that failed, for whatever reason
  int64_t collection_ns = 0;  ///< time spent in them
  size_t one_blocks = 0;      ///< allocations of exactly one block (16 bytes)
  size_t two_blocks = 0;
  size_t max_block = 0;                  ///< the longest allocation, in blocks
  std::vector<uint32_t> size_histogram;  ///< number of allocations of up to 16 << n bytes, larger than those of n - 1
  size_t stack_used = 0;                 ///< native stack and that of Python frames
  size_t stack_limit = 0;                ///< of both
  std::string text;                      ///< what micropython.mem_info() prints; with the heap map if it was asked for

  /// The heap map if it was asked for: runs of blocks in the order of addresses, each an allocation, by MicroPython's
  /// letter of its kind, or free ('.').
  std::string map_kinds;             ///< one character for each run
  std::vector<uint32_t> map_blocks;  ///< length of each run in blocks
};

/// The strings interned at run time.
struct QstrInfo {
  size_t pools = 0;
  size_t count = 0;
  size_t data_bytes = 0;             ///< their texts, each with a null byte
  size_t total_bytes = 0;            ///< the tables' bytes added
  std::vector<std::string> strings;  ///< oldest first, if they were asked for
  std::string text;                  ///< what micropython.qstr_info() prints
};

/// The scheduler's figures.
struct ScheduleInfo {
  uint64_t run = 0;        ///< callbacks that ran
  uint64_t dropped = 0;    ///< events lost to a full queue or mailbox
  uint64_t coalesced = 0;  ///< expiries of timers that got no callback of their own: an earlier one had yet to begin
  uint32_t waiting = 0;
  uint32_t high_water = 0;     ///< most that ever waited
  int64_t worst_delay_ns = 0;  ///< longest time from being queued, or from its edge, to starting
};

/// What is counted anyway, and can be read at once. Sizes in bytes.
struct Figures {
  size_t heap_used = 0;  ///< these as MemInfo has them
  size_t heap_peak = 0;
  size_t external = 0;
  uint64_t collections = 0;
  int64_t collection_ns = 0;
  ScheduleInfo schedule;
};

}  // namespace upy
