#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "upyctl/commands.h"
#include "upyctl/screen.h"
#include "upyctl/signals.h"
#include "upyctl/top_view.h"
#include "upyctl/units.h"

namespace upyctl {
namespace {

using namespace upyd::v1;
using Clock = std::chrono::steady_clock;

constexpr char kCtrlC = 3;
/// How soon a terminal's new size is seen.
constexpr std::chrono::milliseconds kResizePeriod{200};

struct TopOptions {
  std::string order = "cpu";
  uint64_t delay_ms = 1000;
  std::optional<uint64_t> count;

  std::chrono::milliseconds delay() const { return std::chrono::milliseconds(delay_ms); }
};

TopSample take_sample(upyclient::Connection& upyd) {
  TopSample sample;
  sample.status = upyd.get_status();
  ListInstancesResponse list = upyd.list_instances();
  sample.time_ns = std::chrono::nanoseconds(Clock::now().time_since_epoch()).count();
  sample.instances.assign(std::make_move_iterator(list.mutable_instances()->begin()),
                          std::make_move_iterator(list.mutable_instances()->end()));
  return sample;
}

/// What the API answers, a line each time, until somebody ends it.
int print_json(Session& session, const TopOptions& options) {
  for (uint64_t line = 1;; ++line) {
    session.terminal().json_line(session.upyd().list_instances());
    if (line == options.count) return kSuccess;
    std::this_thread::sleep_for(options.delay());
  }
}

/// Pictures one below the other, of all instances; one, unless more are asked for.
int print_pictures(Session& session, const TopOptions& options) {
  constexpr TextSize kPaper{.rows = SIZE_MAX, .columns = 120};
  TopSample before = take_sample(session.upyd());
  for (uint64_t left = options.count.value_or(1); left > 0; --left) {
    std::this_thread::sleep_for(options.delay());
    TopSample now = take_sample(session.upyd());
    session.terminal().out(top_picture(before, now, top_orders().at(options.order), kPaper) + "\n");
    before = std::move(now);
  }
  return kSuccess;
}

/// Readable once a signal asks upyctl to end.
class EndBySignal {
 public:
  EndBySignal()
      : descriptor_(eventfd(0, EFD_CLOEXEC)), watch_(SignalWatch::kEnding, [this](int signal) {
          signal_ = signal;
          eventfd_write(descriptor_, 1);
          return kSignalExit + signal;
        }) {}
  ~EndBySignal() { close(descriptor_); }
  EndBySignal(const EndBySignal&) = delete;
  EndBySignal& operator=(const EndBySignal&) = delete;

  int descriptor() const { return descriptor_; }
  /// 0: none came.
  int signal() const { return signal_; }

 private:
  const int descriptor_;
  std::atomic<int> signal_ = 0;
  SignalWatch watch_;  // the last: its thread uses what stands above
};

/// A picture that changes, and keys that change it.
class LiveTop {
 public:
  LiveTop(Session& session, const TopOptions& options)
      : upyd_(session.upyd()), options_(options), order_(top_orders().at(options.order)), screen_(session.terminal()) {}

  /// Until q or a signal, whose number it returns, or the last picture; then 0.
  int run(const EndBySignal& end) {
    for (uint64_t shown = 0; shown != options_.count && !quit_ && end.signal() == 0; ++shown) {
      TopSample sample = take_sample(upyd_);
      before_ = shown == 0 ? sample : std::move(now_);
      now_ = std::move(sample);
      show();
      const auto next = Clock::now() + options_.delay();
      while (Clock::now() < next && !quit_ && end.signal() == 0) wait(next, end);
    }
    return end.signal();
  }

 private:
  void show() {
    size_ = Screen::size();
    screen_.show(top_picture(before_, now_, order_, size_));
  }

  void wait(Clock::time_point until, const EndBySignal& end) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    const auto key = Screen::wait_for_key(std::min(left, kResizePeriod), end.descriptor());
    if (key) take(*key);
    const TextSize size = Screen::size();
    if (size.rows != size_.rows || size.columns != size_.columns) show();
  }

  void take(char key) {
    if (key == 'q' || key == kCtrlC) quit_ = true;
    if (const auto order = top_order_of(key)) {
      order_ = *order;
      show();
    }
  }

  upyclient::Connection& upyd_;
  const TopOptions& options_;
  TopOrder order_;
  TopSample before_, now_;
  TextSize size_;
  bool quit_ = false;
  const Screen screen_;
};

int top(Session& session, const TopOptions& options) {
  if (session.format() == Format::Json) return print_json(session, options);
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return print_pictures(session, options);
  const EndBySignal end;
  const int signal = LiveTop(session, options).run(end);
  return signal == 0 ? kSuccess : kSignalExit + signal;
}

}  // namespace

void add_top_command(CLI::App& root, Session& session) {
  auto options = std::make_shared<TopOptions>();
  CLI::App* command =
      session.add_command(root, "top",
                          "Watch what the instances use. Keys: c, h, a, d, n sort by CPU, heap, calls, drops, name; q "
                          "quits. Into a file or a pipe it prints one picture, with --json a line each time",
                          [&session, options] { return top(session, *options); });
  command->add_option("-s,--sort", options->order, "cpu, heap, calls, drops or name")
      ->check(CLI::IsMember(top_orders()).description(""))
      ->type_name("KEY");
  command->add_option("-d,--delay", options->delay_ms, "Time between two pictures; 1s if not given")
      ->transform(time_value())
      ->check(CLI::Range(uint64_t{100}, uint64_t{3'600'000}).description(""))
      ->type_name("TIME");
  command->add_option("-n,--count", options->count, "End after so many pictures")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
}

}  // namespace upyctl
