#include "posix/poll_set.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "port/time_units.h"

namespace upy {
namespace {

constexpr PollSet::Id kNone = 0;  // the id of no watch

}  // namespace

PollSet::Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

std::unique_ptr<PollSet> PollSet::make() {
  std::unique_ptr<PollSet> set(new PollSet);
  if (!set->is_complete()) return nullptr;
  set->add(set->interrupt_, EPOLLIN | EPOLLET, kNone);
  set->add(set->timer_, EPOLLIN | EPOLLET, kNone);
  return set;
}

PollSet::PollSet()
    : epoll_(epoll_create1(EPOLL_CLOEXEC)),
      interrupt_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      timer_(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) {}

PollSet::~PollSet() = default;

void PollSet::add(int descriptor, uint32_t events, Id id) {
  epoll_event event{.events = events, .data = {.u64 = id}};
  epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
}

PollSet::Id PollSet::watch(int descriptor, Call readable) {
  std::lock_guard lock(mutex_);
  const Id id = ++last_id_;
  watches_.emplace(id, Watch{descriptor, std::make_shared<const Call>(std::move(readable))});
  add(descriptor, EPOLLIN | EPOLLEXCLUSIVE, id);
  return id;
}

void PollSet::end(Id id) {
  std::lock_guard lock(mutex_);
  const auto watch = watches_.find(id);
  if (watch == watches_.end()) return;
  epoll_ctl(epoll_, EPOLL_CTL_DEL, watch->second.descriptor, nullptr);
  watches_.erase(watch);
}

void PollSet::interrupt() { eventfd_write(interrupt_, 1); }

void PollSet::wait_until(int64_t monotonic_ns, std::span<const pollfd> others) {
  set_timer(monotonic_ns);
  if (!others.empty()) poll_with(others);
  std::array<epoll_event, kMaxReadable> events;
  const int count = epoll_wait(epoll_, events.data(), events.size(), others.empty() ? -1 : 0);
  num_readable_ = 0;
  for (int i = 0; i < count; ++i) {
    if (events[i].data.u64 != kNone) readable_[num_readable_++] = events[i].data.u64;
  }
}

void PollSet::call_readable() {
  for (size_t i = 0; i < num_readable_; ++i) {
    if (const auto readable = find(readable_[i])) (*readable)();
  }
  num_readable_ = 0;
}

/// Waits until epoll_wait has something to tell, or poll(2) of the others.
void PollSet::poll_with(std::span<const pollfd> others) {
  polled_.assign(others.begin(), others.end());
  polled_.push_back({epoll_, POLLIN, 0});
  poll(polled_.data(), polled_.size(), -1);
}

/// One that is left set does no more than end a later wait early.
void PollSet::set_timer(int64_t monotonic_ns) {
  if (monotonic_ns == Clock::kForever) return;
  const int64_t when_ns = std::max<int64_t>(monotonic_ns, 1);  // 0 would stop it
  const itimerspec when{.it_interval = {}, .it_value = {when_ns / kNsPerSecond, when_ns % kNsPerSecond}};
  timerfd_settime(timer_, TFD_TIMER_ABSTIME, &when, nullptr);
}

std::shared_ptr<const PollSet::Call> PollSet::find(Id id) {
  std::lock_guard lock(mutex_);
  const auto watch = watches_.find(id);
  return watch == watches_.end() ? nullptr : watch->second.readable;
}

void SharedWatch::add(PollSet& set, int descriptor, PollSet::Call readable) {
  watches_.push_back({&set, set.watch(descriptor, std::move(readable))});
}

void SharedWatch::end() {
  for (const Watch& watch : watches_) watch.set->end(watch.id);
  watches_.clear();
}

}  // namespace upy
