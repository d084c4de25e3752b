#include "posix/poller.h"

#include <cerrno>
#include <new>
#include <system_error>
#include <utility>

namespace upy {

std::unique_ptr<Poller> Poller::make() try {
  auto set = PollSet::make();
  return set ? std::unique_ptr<Poller>(new Poller(std::move(set))) : nullptr;
} catch (const std::system_error&) {  // the only reason for it
  errno = EAGAIN;
  return nullptr;
}

Poller::Poller(std::unique_ptr<PollSet> set) : set_(std::move(set)), thread_([this] { run(); }) {}

Poller::~Poller() {
  stops_ = true;
  set_->interrupt();
  thread_.join();
}

void Poller::call(std::function<void()> what) {
  {
    std::lock_guard lock(mutex_);
    calls_.push_back(std::move(what));
  }
  set_->interrupt();
}

void Poller::make_calls() {
  std::unique_lock lock(mutex_);
  const auto calls = std::exchange(calls_, {});
  lock.unlock();
  for (const auto& call : calls) call();
}

void Poller::run() {
  while (!stops_) {
    set_->wait_until(Clock::kForever);
    make_calls();
    try {
      set_->call_readable();
    } catch (const std::bad_alloc&) {  // they are found readable again
    }
  }
}

}  // namespace upy
