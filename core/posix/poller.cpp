#include "posix/poller.h"

#include <cerrno>
#include <new>
#include <system_error>

namespace upy {

Poller::Poller() : set_(PollSet::make()) {
  if (!set_) throw std::system_error(errno, std::generic_category(), "cannot wait for descriptors");
  thread_ = std::thread([this] { run(); });
}

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
