#pragma once

#include <functional>
#include <memory>
#include <thread>

#include "reactor/alarm_queue.h"

namespace asio {
class io_context;
}

namespace upyd {

/// The thread that waits for the world: alarms, signals, file descriptors. What it calls must not block.
class Reactor final : public Alarms {
 public:
  Reactor();
  /// Stops the thread; what is posted and not yet called is forgotten.
  ~Reactor() override;

  int64_t now_ns() override;
  Id at(int64_t when_ns, Call call) override;
  void cancel(Id id) override;
  /// Calls `call` on the reactor's thread, in the order of posting. Any thread.
  void post(std::function<void()> call);
  /// Calls `call` there, and waits until it and the handlers that it cancelled have returned. Any thread but the
  /// reactor's.
  void call(const std::function<void()>& call);
  /// For objects of Asio; their handlers run on the reactor's thread.
  asio::io_context& io();

 private:
  struct Loop;  // Asio's, whose headers take long to compile

  void run();
  void run_alarms();

  const std::unique_ptr<Loop> loop_;
  AlarmQueue alarms_;
  std::thread thread_;
};

}  // namespace upyd
