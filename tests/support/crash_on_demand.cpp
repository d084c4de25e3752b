/// What makes an upyd of the tests crash where a script says so: os.urandom(251) is a write to nowhere. Linked into it
/// in place of the system's function, it is in no other program.

#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" ssize_t getrandom(void* buffer, size_t size, unsigned flags) {
  constexpr size_t kCrash = 251;
  if (size == kCrash) *static_cast<volatile char*>(nullptr) = 1;
  return syscall(SYS_getrandom, buffer, size, flags);
}
