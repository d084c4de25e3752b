#include "system/resident_memory.h"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace upyd {
namespace {

/// Segments that nobody may write to hold what the file holds. (What the loader writes, and protects after that, is
/// part of those that may be written to.)
int give_back_code(dl_phdr_info* object, size_t, void*) {
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  for (size_t i = 0; i < object->dlpi_phnum; ++i) {
    const auto& segment = object->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W)) continue;
    const uintptr_t begin = object->dlpi_addr + segment.p_vaddr, first = begin & ~(page - 1);
    madvise(reinterpret_cast<void*>(first), begin + segment.p_memsz - first, MADV_DONTNEED);
  }
  return 0;
}

}  // namespace

void give_back_memory() {
  dl_iterate_phdr(give_back_code, nullptr);
  malloc_trim(0);
}

}  // namespace upyd
