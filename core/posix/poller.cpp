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

void Poller::run() {
  while (!stops_) {
    set_->wait_until(Clock::kForever);
    try {
      set_->call_readable();
    } catch (const std::bad_alloc&) {  // they are found readable again
    }
  }
}

}  // namespace upy
