#include "upyctl/progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "upyctl/units.h"

namespace upyctl {
namespace {

constexpr std::chrono::milliseconds kPatience{500}, kInterval{100};

}  // namespace

std::string progress_line(const std::string& file, uint64_t done, uint64_t total, double seconds) {
  constexpr size_t kBar = 30, kLongestName = 24;
  const double part = total == 0 ? 1 : std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  const auto full = static_cast<size_t>(part * kBar);
  const std::string name = file.size() <= kLongestName ? file : "..." + file.substr(file.size() - kLongestName + 3);
  const auto speed = static_cast<uint64_t>(static_cast<double>(done) / std::max(seconds, 1e-3));
  return fmt::format("{:<{}} [{}{}] {:3}%  {}/s", name, kLongestName, std::string(full, '#'),
                     std::string(kBar - full, '-'), static_cast<int>(part * 100), size_text(speed));
}

Progress::Progress(const Terminal& terminal, uint64_t total)
    : terminal_(terminal),
      total_(total),
      next_(terminal.err_is_terminal() ? begin_ + kPatience : Clock::time_point::max()) {}

Progress::~Progress() {
  if (is_shown_) terminal_.err("\r\x1b[K");
}

void Progress::add(const std::string& file, uint64_t bytes) {
  done_ += bytes;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + kInterval;
  is_shown_ = true;
  const std::chrono::duration<double> elapsed = now - begin_;
  terminal_.err("\r" + progress_line(file, done_, total_, elapsed.count()) + "\x1b[K");
}

}  // namespace upyctl
