#pragma once

#include <functional>
#include <list>

namespace upyctl {

/// As long as it lives, a forced exit calls a function first, on any thread: it puts back what must not stay as it is.
class BeforeForcedExit {
 public:
  explicit BeforeForcedExit(std::function<void()> function);
  ~BeforeForcedExit();
  BeforeForcedExit(const BeforeForcedExit&) = delete;
  BeforeForcedExit& operator=(const BeforeForcedExit&) = delete;

 private:
  std::list<std::function<void()>>::iterator place_;
};

/// Ends the process although threads of it are stuck.
[[noreturn]] void force_exit(int status);

}  // namespace upyctl
