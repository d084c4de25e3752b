#include "system/lost_pages.h"

#include <sys/mman.h>

#include <cerrno>
#include <csignal>

namespace upyd {
namespace {

/// Of the process, for the handler alone.
struct sigaction handled_before;

/// All of it, as what is left would be of no use, and whoever looks at it finds one state.
bool replace(FileMapping& mapping) {
  constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE;
  if (mmap(mapping.data, mapping.size, PROT_READ | PROT_WRITE, kFlags, -1, 0) == MAP_FAILED) return false;
  mapping.is_lost = true;
  return true;
}

/// Where it is no page of a file the signal comes once more when this returns.
void take(int signal, siginfo_t* info, void*) {
  const int error = errno;
  FileMapping* const mapping = info->si_code > 0 ? TouchesMapping::touched() : nullptr;
  const auto* const place = static_cast<const char*>(info->si_addr);
  const bool is_in_it = mapping && place >= mapping->data && place < mapping->data + mapping->size;
  if (!is_in_it || !replace(*mapping)) {
    sigaction(signal, &handled_before, nullptr);
    raise(signal);
  }
  errno = error;
}

}  // namespace

void survive_lost_pages() {
  struct sigaction now {};
  sigaction(SIGBUS, nullptr, &now);
  if ((now.sa_flags & SA_SIGINFO) && now.sa_sigaction == take) return;
  handled_before = now;
  struct sigaction action {};
  action.sa_sigaction = take;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaction(SIGBUS, &action, nullptr);
}

}  // namespace upyd
