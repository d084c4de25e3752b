#pragma once

#include <memory>
#include <string>
#include <utility>

#include "posix/kernel_timers.h"
#include "posix/kernel_watchdog.h"
#include "posix/poller.h"
#include "posix/system_clock.h"
#include "posix/system_files.h"
#include "upy/instance.h"

/// An instance with the system's clock, files and timers, and the pins of the test if it has some, whose output is
/// kept. Scripts run on a thread whose stack is as large as that of an instance in upyd.
class ScriptHost {
 public:
  explicit ScriptHost(upy::Config config = {}, upy::Pins* pins = nullptr);
  ~ScriptHost() { timers_.stop_events(); }

  upy::Outcome run(const std::string& source, const std::string& file = "<test>");
  upy::Outcome run(const upy::Script& script);
  upy::Instance& instance() { return *instance_; }
  /// What was written since the last call.
  std::string take_output() { return std::exchange(console_.output, {}); }
  std::string take_errors() { return std::exchange(console_.errors, {}); }

 private:
  struct Captured final : upy::Console {
    void write(Stream stream, std::string_view text) override { (stream == Stream::Out ? output : errors) += text; }
    ptrdiff_t read(char*, size_t) override { return 0; }
    Input input() override { return Input::End; }
    int input_descriptor() override { return -1; }
    std::string output, errors;
  };

  const size_t stack_bytes_;
  upy::SystemClock clock_;
  Captured console_;
  upy::SystemFiles files_;
  const std::unique_ptr<upy::Poller> poller_ = upy::Poller::make();
  upy::KernelTimers timers_{[this] { return clock_.poll_set(); }, [this] { return &poller_->set(); }};
  std::unique_ptr<upy::Instance> instance_;
  upy::KernelWatchdog watchdog_{[this] { return &poller_->set(); }, upy::KernelTimers::unless_missing,
                                [this] { instance_->stop(upy::StopLevel::Kill, upy::Limit::Watchdog); }};
};
