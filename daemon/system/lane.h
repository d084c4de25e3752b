#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace asio {
class thread_pool;
}

namespace upyd {

/// The work of one of several who have some for the same threads. However much of it there is, only so many pieces are
/// before the threads at a time, and the others wait here: so those of others come in turn. Any thread.
class Lane {
 public:
  /// `pool` must outlive it. `most`: pieces that are before the threads at a time.
  Lane(asio::thread_pool& pool, size_t most) : state_(std::make_shared<State>(pool, most)) {}

  /// Has `work()` called, after what was posted before it has begun. Throws std::bad_alloc.
  template <typename Call>
  void post(Call work) const {
    state_->add(std::make_unique<Piece<Call>>(std::move(work)));
  }

 private:
  class Work {
   public:
    virtual ~Work() = default;
    virtual void call() = 0;
  };
  template <typename Call>
  class Piece final : public Work {
   public:
    explicit Piece(Call work) : work_(std::move(work)) {}
    void call() override { work_(); }

   private:
    Call work_;
  };
  class State : public std::enable_shared_from_this<State> {
   public:
    State(asio::thread_pool& pool, size_t most) : pool_(pool), most_(most) {}
    void add(std::unique_ptr<Work> work);

   private:
    void queue_locked();
    void serve();
    bool goes_on_locked();

    asio::thread_pool& pool_;
    const size_t most_;
    std::mutex mutex_;  // guards what follows
    std::deque<std::unique_ptr<Work>> waiting_;
    size_t queued_ = 0;   // turns that the pool is to give; each is for one that waits
    size_t working_ = 0;  // turns that it has given
  };

  const std::shared_ptr<State> state_;  // outlives the lane while there is work
};

}  // namespace upyd
