#include "instances/run_ids.h"

#include <fcntl.h>

#include <algorithm>
#include <asio/post.hpp>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <limits>
#include <new>

#include "system/small_file.h"

namespace upyd {
namespace {

constexpr const char* kFile = "run-ids";
constexpr const char* kAside = "run-ids.new";
constexpr size_t kLongest = 32;
constexpr uint64_t kHighest = std::numeric_limits<uint64_t>::max();

/// 0: the text is no number, or not followed by a newline.
uint64_t number_of(const std::string& text) {
  uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && std::string_view(stop, static_cast<size_t>(end - stop)) == "\n" ? number : 0;
}

int open_directory(const std::string& state) {
  return state.empty() ? -1 : open(state.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

}  // namespace

RunIds::RunIds(const std::string& state, asio::thread_pool& pool, spdlog::logger& log)
    : path_(state + '/' + kFile),
      pool_(pool),
      log_(log),
      directory_(open_directory(state)),
      first_(read()),
      next_(first_),
      end_(directory_ ? first_ + kFirst : kHighest) {
  if (directory_) keep(end_);
}

RunIds::~RunIds() {
  if (directory_) keep(next_);
}

uint64_t RunIds::read() const {
  if (!directory_) return 1;
  std::string text;
  const upy::PortError error = read_small_file(directory_.number(), kFile, LastLink::Refuse, kLongest, text);
  if (error.number == ENOENT) return 1;
  const uint64_t number = error ? 0 : number_of(text);
  if (number > 0) return number;
  log_.error("ids of runs begin with 1 again, as {} can't be read: {}", path_,
             error ? why_unreadable(error) : "it holds no number");
  return 1;
}

void RunIds::keep(uint64_t end) const {
  const auto error = replace_small_file(directory_.number(), kAside, kFile, std::to_string(end) + '\n');
  if (!error) return;
  log_.warn("when upyd starts the next time, ids of runs may be given that were given before: cannot write {}: {}",
            path_, std::strerror(error.number));
}

uint64_t RunIds::last() const {
  std::lock_guard lock(mutex_);
  return next_ - 1;
}

uint64_t RunIds::next() {
  std::unique_lock lock(mutex_);
  if (end_ - next_ <= block_ / 2 && !is_extending_) extend_later();
  extended_.wait(lock, [this] { return next_ < end_; });
  return next_++;
}

/// Without memory for that it is tried with the next id; where none is left that is one which the file does not know
/// of.
void RunIds::extend_later() try {
  asio::post(pool_, [self = shared_from_this()] { self->extend(); });
  is_extending_ = true;
} catch (const std::bad_alloc&) {
  if (next_ == end_) ++end_;
}

void RunIds::extend() {
  std::unique_lock lock(mutex_);
  const uint64_t block = 2 * block_, end = end_ + block;
  lock.unlock();
  keep(end);
  lock.lock();
  block_ = block;
  end_ = end;
  is_extending_ = false;
  extended_.notify_all();
}

}  // namespace upyd
