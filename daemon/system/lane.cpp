#include "system/lane.h"

#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <new>

namespace upyd {

void Lane::State::add(std::unique_ptr<Work> work) {
  std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(work));
  if (queued_ + working_ == most_) return;
  try {
    queue_locked();
  } catch (const std::bad_alloc&) {
    waiting_.pop_back();
    throw;
  }
}

void Lane::State::queue_locked() {
  asio::post(pool_, [self = shared_from_this()] { self->serve(); });
  ++queued_;
}

/// One piece of work; the next gets a turn behind those of others.
void Lane::State::serve() {
  std::unique_lock lock(mutex_);
  --queued_;
  ++working_;
  do {
    auto work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work->call();
    work.reset();
    lock.lock();
  } while (goes_on_locked());
  --working_;
}

/// Whether there is work that no turn can be queued for, as there is no memory.
bool Lane::State::goes_on_locked() try {
  if (waiting_.size() > queued_) queue_locked();
  return false;
} catch (const std::bad_alloc&) {
  return true;
}

}  // namespace upyd
