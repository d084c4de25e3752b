#include "gpio/device_watch.h"

#include <sys/inotify.h>

#include <string_view>

namespace upyd {

void DeviceWatch::start(asio::io_context& io, std::function<void()> changed) {
  const int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor < 0) return;
  const std::shared_ptr<DeviceWatch> watch(new DeviceWatch(io, std::move(changed)));
  watch->descriptor_.assign(descriptor);
  if (inotify_add_watch(descriptor, "/dev", IN_CREATE | IN_DELETE | IN_ATTRIB) >= 0) watch->wait();
}

void DeviceWatch::wait() {
  descriptor_.async_read_some(asio::buffer(events_),
                              [self = shared_from_this()](const asio::error_code& error, size_t bytes) {
                                if (error) return;
                                if (self->names_a_chip(bytes)) self->changed_();
                                self->wait();
                              });
}

bool DeviceWatch::names_a_chip(size_t bytes) const {
  for (size_t at = 0; at < bytes;) {
    const auto* event = reinterpret_cast<const inotify_event*>(events_.data() + at);
    if (event->len && std::string_view(event->name).starts_with("gpiochip")) return true;
    at += sizeof(inotify_event) + event->len;
  }
  return false;
}

}  // namespace upyd
