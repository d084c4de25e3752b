#include "upyctl/progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "upyctl/text.h"
#include "upyctl/units.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

constexpr std::chrono::milliseconds kPatience{500}, kInterval{100};

}  // namespace

std::string progress_line(const std::string& file, const CopiedSoFar& copied, size_t columns) {
  constexpr size_t kBar = 30, kLongestName = 24, kWithBar = 76;
  const auto done = static_cast<double>(copied.done);
  const double part = copied.total == 0 ? 1 : std::min(1.0, done / static_cast<double>(copied.total));
  const auto full = static_cast<size_t>(part * kBar);
  const std::string bar = columns < kWithBar ? "" : " [" + std::string(full, '#') + std::string(kBar - full, '-') + "]";
  const std::string name = file.size() <= kLongestName ? file : "..." + file.substr(file.size() - kLongestName + 3);
  const auto speed = static_cast<uint64_t>(done / std::max(copied.seconds, 1e-3));
  const std::string line = fmt::format("{:<{}}{} {:3}%  {}/s", upyd::escaped(name), kLongestName, bar,
                                       static_cast<int>(part * 100), size_text(speed));
  return fitted(line, columns);
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
  const size_t columns = terminal_.err_columns();
  terminal_.err("\r" + progress_line(file, {done_, total_, elapsed.count()}, columns - 1) + "\x1b[K");
}

}  // namespace upyctl
