#include "upyctl/forced_exit.h"

#include <unistd.h>

#include <mutex>
#include <utility>

namespace upyctl {
namespace {

std::mutex mutex;  // guards the functions, and is held for ever by a forced exit
std::list<std::function<void()>> functions;

}  // namespace

BeforeForcedExit::BeforeForcedExit(std::function<void()> function) {
  std::lock_guard lock(mutex);
  place_ = functions.insert(functions.end(), std::move(function));
}

BeforeForcedExit::~BeforeForcedExit() {
  std::lock_guard lock(mutex);
  functions.erase(place_);
}

void force_exit(int status) {
  std::lock_guard lock(mutex);
  for (const auto& function : functions) function();
  _exit(status);
}

}  // namespace upyctl
