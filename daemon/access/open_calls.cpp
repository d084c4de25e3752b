#include "access/open_calls.h"

#include <chrono>
#include <new>
#include <thread>

namespace upyd {

OpenCalls::Place::Place(OpenCalls& calls, std::weak_ptr<Call> call) : calls_(calls) {
  std::lock_guard lock(calls_.mutex_);
  number_ = ++calls_.last_number_;
  calls_.calls_.emplace(number_, std::move(call));
}

OpenCalls::Place::~Place() {
  std::lock_guard lock(calls_.mutex_);
  calls_.calls_.erase(number_);
}

/// Nobody may go on because there is no memory to tell them.
void OpenCalls::check_again() {
  for (;;) try {
      return post_([this] { check_each(); });
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

void OpenCalls::check_each() {
  std::unique_lock lock(mutex_);
  for (auto next = calls_.begin(); next != calls_.end();) {
    const uint64_t number = next->first;
    auto call = next->second.lock();
    lock.unlock();
    if (call) call->check_again();
    call.reset();  // with its place, if nobody else has it
    lock.lock();
    next = calls_.upper_bound(number);
  }
}

}  // namespace upyd
