#include "reactor/open_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <cerrno>

namespace upyd {

OpenWatch::OpenWatch(Reactor& reactor) : reactor_(reactor), events_(reactor.io()) {
  const int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor < 0) return;
  events_.assign(descriptor);
  reactor_.post([this] { wait(); });
}

OpenWatch::~OpenWatch() {
  if (events_.is_open()) reactor_.call([this] { events_.close(); });
}

OpenWatch::Id OpenWatch::add(const std::string& path, std::function<void()> opened) {
  if (!events_.is_open()) {
    errno = EMFILE;
    return kNone;
  }
  std::lock_guard lock(mutex_);
  const Id id = inotify_add_watch(events_.native_handle(), path.c_str(), IN_OPEN);
  if (id >= 0) watches_[id] = std::move(opened);
  return id;
}

void OpenWatch::remove(Id id) {
  std::lock_guard lock(mutex_);
  if (watches_.erase(id) > 0) inotify_rm_watch(events_.native_handle(), id);
}

void OpenWatch::wait() {
  events_.async_wait(asio::posix::stream_descriptor::wait_read, [this](const asio::error_code& error) {
    if (error) return;
    take_events();
    wait();
  });
}

void OpenWatch::take_events() {
  alignas(inotify_event) char buffer[4096];
  for (ssize_t size; (size = read(events_.native_handle(), buffer, sizeof buffer)) > 0;) {
    for (ssize_t at = 0; at < size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
      if (const auto opened = find(event->wd)) opened();
      at += static_cast<ssize_t>(sizeof *event + event->len);
    }
  }
}

/// Empty: it was removed meanwhile.
std::function<void()> OpenWatch::find(Id id) {
  std::lock_guard lock(mutex_);
  const auto found = watches_.find(id);
  return found == watches_.end() ? nullptr : found->second;
}

}  // namespace upyd
