#include "gpio/device_watch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace upyd {
namespace {

/// Whether one of the events that inotify wrote is about a GPIO chip.
bool names_a_chip(const char* events, size_t bytes) {
  for (size_t at = 0; at < bytes;) {
    const auto* event = reinterpret_cast<const inotify_event*>(events + at);
    if (event->len && std::string_view(event->name).starts_with("gpiochip")) return true;
    at += sizeof(inotify_event) + event->len;
  }
  return false;
}

/// The events of the directory of devices.
class DeviceEvents {
 public:
  DeviceEvents() : descriptor_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}
  ~DeviceEvents() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  DeviceEvents(const DeviceEvents&) = delete;
  DeviceEvents& operator=(const DeviceEvents&) = delete;

  int descriptor() const { return descriptor_; }
  bool begin() const {
    return descriptor_ >= 0 && inotify_add_watch(descriptor_, "/dev", IN_CREATE | IN_DELETE | IN_ATTRIB) >= 0;
  }
  bool take() const {
    alignas(inotify_event) std::array<char, 4096> events;
    const ssize_t bytes = read(descriptor_, events.data(), events.size());
    return bytes > 0 && names_a_chip(events.data(), static_cast<size_t>(bytes));
  }

 private:
  const int descriptor_;  // of inotify; -1: there is none
};

}  // namespace

void watch_devices(upy::PollSet& set, std::function<void()> changed) {
  const auto events = std::make_shared<DeviceEvents>();
  if (!events->begin()) return;
  set.watch(events->descriptor(), [events, changed = std::move(changed)] {
    if (events->take()) changed();
  });
}

}  // namespace upyd
