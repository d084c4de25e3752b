#include "reactor/reactor.h"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <future>
#include <new>

#include "reactor/clock.h"

namespace upyd {

struct Reactor::Loop {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  asio::steady_timer wakeup{io};  // reactor's thread only
};

Reactor::Reactor() : loop_(std::make_unique<Loop>()), thread_([this] { run(); }) {}

Reactor::~Reactor() {
  loop_->io.stop();
  thread_.join();
}

int64_t Reactor::now_ns() { return monotonic_now_ns(); }

Alarms::Id Reactor::at(int64_t when_ns, Call call) {
  bool sooner = false;
  const Id id = alarms_.add(when_ns, std::move(call), sooner);
  if (sooner) post([this] { run_alarms(); });
  return id;
}

void Reactor::cancel(Id id) { alarms_.cancel(id); }

void Reactor::post(std::function<void()> call) { asio::post(loop_->io, std::move(call)); }

asio::io_context& Reactor::io() { return loop_->io; }

void Reactor::call(const std::function<void()>& call) {
  std::promise<void> ended;
  post([&] {
    call();
    post([&] { ended.set_value(); });  // behind the handlers that it cancelled
  });
  ended.get_future().wait();
}

/// What there was no memory for is not done; all else goes on.
void Reactor::run() {
  while (!loop_->io.stopped()) {
    try {
      loop_->io.run();
    } catch (const std::bad_alloc&) {
    }
  }
}

void Reactor::run_alarms() {
  const int64_t next_ns = alarms_.run_due(now_ns());
  if (next_ns == kNever) return;
  loop_->wakeup.expires_at(std::chrono::steady_clock::time_point(std::chrono::nanoseconds(next_ns)));
  loop_->wakeup.async_wait([this](const asio::error_code& error) {
    if (!error) run_alarms();
  });
}

}  // namespace upyd
