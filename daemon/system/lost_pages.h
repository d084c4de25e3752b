#pragma once

#include <atomic>
#include <cstddef>

/// Memory that is mapped from a file can be lost at any moment: who shortens the file takes away all behind its new
/// end, and a disk may fail. To touch what is lost is SIGBUS, which ends a process. A thread that says which mapping it
/// is about to touch survives that: from then on it finds zeros there.
namespace upyd {

/// Memory that is mapped from a file, by whoever has it. `is_lost` is set once it is replaced.
struct FileMapping {
  char* data;
  size_t size;
  std::atomic<bool> is_lost = false;
};

/// As long as it lives its thread may touch a mapping, and no other. Where a page of it is lost, all of it is replaced
/// by zeroed memory of the process.
class TouchesMapping {
 public:
  explicit TouchesMapping(FileMapping& mapping) {
    touched_ = &mapping;
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
  ~TouchesMapping() {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    touched_ = nullptr;
  }
  TouchesMapping(const TouchesMapping&) = delete;
  TouchesMapping& operator=(const TouchesMapping&) = delete;

  /// What the calling thread may touch; null: nothing.
  static FileMapping* touched() { return touched_; }

 private:
  static inline constinit thread_local FileMapping* touched_ = nullptr;
};

/// From here on it is so. Each other SIGBUS goes to whoever handles it now: who comes to do so later calls this again.
void survive_lost_pages();

}  // namespace upyd
