#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "port/port.h"

namespace upy {

/// A bounded queue of events from any number of threads to the instance's own. Nothing blocks and nothing allocates.
///
/// Each slot carries a ticket: `n` when it waits for the n-th event, `n + 1` when that event stands in it.
class Mailbox {
 public:
  /// `depth` must be a power of two.
  explicit Mailbox(uint32_t depth) : mask_(depth - 1), slots_(std::make_unique<Slot[]>(depth)) {
    for (uint32_t i = 0; i < depth; i++) slots_[i].ticket.store(i, std::memory_order_relaxed);
  }

  /// Any thread. False: the queue is full, the event is dropped and counted.
  bool post(const Event& event) {
    uint64_t n = tail_.load(std::memory_order_relaxed);
    while (true) {
      Slot& slot = slots_[n & mask_];
      auto ahead = static_cast<int64_t>(slot.ticket.load(std::memory_order_acquire) - n);
      if (ahead == 0) {
        if (!tail_.compare_exchange_weak(n, n + 1, std::memory_order_relaxed)) continue;
        slot.event = event;
        slot.ticket.store(n + 1, std::memory_order_release);
        return true;
      }
      if (ahead < 0) {
        dropped_.fetch_add(1, std::memory_order_relaxed);
        return false;
      }
      n = tail_.load(std::memory_order_relaxed);
    }
  }

  /// The instance's thread. False: nothing there.
  bool take(Event& event) {
    Slot& slot = slots_[head_ & mask_];
    if (slot.ticket.load(std::memory_order_acquire) != head_ + 1) return false;
    event = slot.event;
    slot.ticket.store(head_ + mask_ + 1, std::memory_order_release);
    head_++;
    return true;
  }

  uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

 private:
  struct Slot {
    std::atomic<uint64_t> ticket;
    Event event;
  };
  const uint64_t mask_;
  std::unique_ptr<Slot[]> slots_;
  std::atomic<uint64_t> tail_{0};
  uint64_t head_ = 0;
  std::atomic<uint64_t> dropped_{0};
};

}  // namespace upy
