#include "gpio/poller.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <span>
#include <system_error>

namespace upyd {
namespace {

constexpr Poller::Id kStop = 0;  // the id of no watch

int check(int descriptor) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "cannot wait for GPIO edges");
  return descriptor;
}

void add(int epoll, int descriptor, Poller::Id id) {
  epoll_event event{.events = EPOLLIN, .data = {.u64 = id}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

}  // namespace

Poller::Poller() : epoll_(check(epoll_create1(EPOLL_CLOEXEC))), stop_(check(eventfd(0, EFD_CLOEXEC))) {
  add(epoll_, stop_, kStop);
  thread_ = std::thread([this] { run(); });
}

Poller::~Poller() {
  eventfd_write(stop_, 1);
  thread_.join();
  close(stop_);
  close(epoll_);
}

Poller::Id Poller::watch(int descriptor, Call readable) {
  std::lock_guard lock(mutex_);
  const Id id = ++last_id_;
  watches_.emplace(id, Watch{descriptor, std::make_shared<const Call>(std::move(readable))});
  add(epoll_, descriptor, id);
  return id;
}

void Poller::end(Id id) {
  std::lock_guard lock(mutex_);
  const auto watch = watches_.find(id);
  if (watch == watches_.end()) return;
  epoll_ctl(epoll_, EPOLL_CTL_DEL, watch->second.descriptor, nullptr);
  watches_.erase(watch);
}

void Poller::run() {
  std::array<epoll_event, 64> events;
  for (;;) {
    const int count = epoll_wait(epoll_, events.data(), events.size(), -1);
    for (const epoll_event& event : std::span(events).first(count > 0 ? static_cast<size_t>(count) : 0)) {
      if (event.data.u64 == kStop) return;
      if (const auto readable = find(event.data.u64)) (*readable)();
    }
  }
}

std::shared_ptr<const Poller::Call> Poller::find(Id id) {
  std::lock_guard lock(mutex_);
  const auto watch = watches_.find(id);
  return watch == watches_.end() ? nullptr : watch->second.readable;
}

}  // namespace upyd
