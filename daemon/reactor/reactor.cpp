#include "reactor/reactor.h"

#include <asio/post.hpp>
#include <future>
#include <new>

#include "reactor/clock.h"

namespace upyd {

Reactor::Reactor() : io_(1), work_(io_.get_executor()), wakeup_(io_), thread_([this] { run(); }) {}

Reactor::~Reactor() {
  io_.stop();
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

void Reactor::post(std::function<void()> call) { asio::post(io_, std::move(call)); }

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
  while (!io_.stopped()) {
    try {
      io_.run();
    } catch (const std::bad_alloc&) {
    }
  }
}

void Reactor::run_alarms() {
  const int64_t next_ns = alarms_.run_due(now_ns());
  if (next_ns == kNever) return;
  wakeup_.expires_at(std::chrono::steady_clock::time_point(std::chrono::nanoseconds(next_ns)));
  wakeup_.async_wait([this](const asio::error_code& error) {
    if (!error) run_alarms();
  });
}

}  // namespace upyd
