#include "system/memory_reserve.h"

#include <sys/mman.h>

#include <cstddef>

namespace upyd {
namespace {

constexpr size_t kReserve = 32u << 20;

}  // namespace

bool is_memory_left() {
  void* const probe = mmap(nullptr, kReserve, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED) return false;
  munmap(probe, kReserve);
  return true;
}

}  // namespace upyd
