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
#include "upyctl/values.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

using namespace upyd::v1;
using Clock = std::chrono::steady_clock;

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

/// What signals ask for; readable when one has come.
class TopSignals {
 public:
  TopSignals()
      : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        watch_({SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH}, [this](int signal) { return take(signal); }) {}
  ~TopSignals() { close(descriptor_); }
  TopSignals(const TopSignals&) = delete;
  TopSignals& operator=(const TopSignals&) = delete;

  int descriptor() const { return descriptor_; }
  /// The exit status, once one asks upyctl to end.
  std::optional<int> end() const { return status_ < 0 ? std::nullopt : std::optional<int>(status_); }
  /// Whether the process was to be stopped, and whether it went on, since the last call.
  struct Stops {
    bool is_wanted, is_over;
  };
  Stops take_stops() {
    eventfd_t ignored = 0;
    eventfd_read(descriptor_, &ignored);
    return {stop_wanted_.exchange(false), continued_.exchange(false)};
  }

 private:
  /// Ctrl-C is the usual way to leave.
  std::optional<int> take(int signal) {
    if (signal == SIGCONT) continued_ = true;
    if (signal == SIGTSTP) stop_wanted_ = true;
    const bool ends = signal != SIGCONT && signal != SIGTSTP && signal != SIGWINCH;
    if (ends) status_ = signal == SIGINT ? kSuccess : kSignalExit + signal;
    eventfd_write(descriptor_, 1);
    return end();
  }

  const int descriptor_;
  std::atomic<int> status_ = -1;
  std::atomic<bool> stop_wanted_ = false, continued_ = false;
  SignalWatch watch_;  // the last: its thread uses what stands above
};

/// A picture that changes, and keys that change it.
class LiveTop {
 public:
  LiveTop(Session& session, const TopOptions& options)
      : upyd_(session.upyd()), options_(options), order_(top_orders().at(options.order)), screen_(session.terminal()) {}

  /// Until q or a signal, or the last picture; returns the exit status.
  int run(TopSignals& signals) {
    for (uint64_t shown = 0; shown != options_.count && !quit_ && !signals.end(); ++shown) {
      look(shown);
      show();
      const auto next = Clock::now() + options_.delay();
      while (Clock::now() < next && !quit_ && !signals.end()) wait(next, signals);
    }
    return signals.end().value_or(kSuccess);
  }

 private:
  /// Where upyd is gone meanwhile, be it that it is restarted, the picture stays.
  void look(uint64_t shown) try {
    TopSample sample = take_sample(upyd_);
    before_ = shown == 0 ? sample : std::move(now_);
    now_ = std::move(sample);
    trouble_.clear();
  } catch (const upyclient::Error& error) {
    if (shown == 0) throw;
    trouble_ = error.what();
  }

  void show() {
    size_ = Screen::size();
    const std::string picture = top_picture(before_, now_, order_, size_);
    screen_.show(trouble_.empty()
                     ? picture
                     : fitted(upyd::escaped(trouble_), size_.columns) + picture.substr(picture.find('\n')));
  }

  void wait(Clock::time_point until, TopSignals& signals) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    const auto key = Screen::wait_for_key(left, signals.descriptor());
    if (key) take(*key);
    const TopSignals::Stops stops = signals.take_stops();
    if (stops.is_wanted) {
      screen_.leave();
      SignalWatch::stop_process();
    }
    const bool was_stopped = stops.is_wanted || stops.is_over;
    if (was_stopped) screen_.enter();
    const TextSize size = Screen::size();
    if (was_stopped || size.rows != size_.rows || size.columns != size_.columns) show();
  }

  void take(char key) {
    if (key == 'q') quit_ = true;
    if (const auto order = top_order_of(key)) {
      order_ = *order;
      show();
    }
  }

  upyclient::Connection& upyd_;
  const TopOptions& options_;
  TopOrder order_;
  TopSample before_, now_;
  std::string trouble_;  // why there is no sample of now
  TextSize size_;
  bool quit_ = false;
  const Screen screen_;
};

int top(Session& session, const TopOptions& options) {
  if (session.format() == Format::Json) return print_json(session, options);
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return print_pictures(session, options);
  TopSignals signals;
  return LiveTop(session, options).run(signals);
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
      ->transform(word_value(top_orders()))
      ->type_name("KEY");
  command->add_option("-d,--delay", options->delay_ms, "Time between two pictures; 1s if not given")
      ->transform(time_value(100, 3'600'000))
      ->type_name("TIME");
  command->add_option("-n,--count", options->count, "End after so many pictures")
      ->transform(number_value<uint64_t>(1))
      ->type_name("N");
}

}  // namespace upyctl
