#include "posix/sleep_word.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>

#include "port/port.h"
#include "port/time_units.h"

namespace upy {
namespace {

uint32_t* word(std::atomic<uint32_t>& atomic) {
  static_assert(sizeof(atomic) == sizeof(uint32_t));
  return reinterpret_cast<uint32_t*>(&atomic);
}

}  // namespace

bool SleepWord::begin() {
  uint32_t seen = kQuiet;
  return state_.compare_exchange_strong(seen, kSleeping);
}

void SleepWord::sleep_until(int64_t monotonic_ns) {
  const timespec until{monotonic_ns / kNsPerSecond, monotonic_ns % kNsPerSecond};
  syscall(SYS_futex, word(state_), FUTEX_WAIT_BITSET_PRIVATE, kSleeping,
          monotonic_ns == Clock::kForever ? nullptr : &until, nullptr, FUTEX_BITSET_MATCH_ANY);
}

void SleepWord::end() { state_.exchange(kQuiet); }

bool SleepWord::notify() { return state_.exchange(kNotified) == kSleeping; }

void SleepWord::wake() { syscall(SYS_futex, word(state_), FUTEX_WAKE_PRIVATE, 1); }

}  // namespace upy
