#include "upyctl/standard_input.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace upyctl {
namespace {

int make_event() {
  const int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (event < 0) throw std::system_error(errno, std::system_category(), "cannot watch the standard input");
  return event;
}

}  // namespace

StandardInput::StandardInput() : wake_(make_event()), stop_(make_event()) {}

StandardInput::~StandardInput() {
  close(wake_);
  close(stop_);
}

StandardInput::Found StandardInput::wait() const { return wait_with(STDIN_FILENO); }

StandardInput::Found StandardInput::wait_for_wake() const { return wait_with(-1); }

StandardInput::Found StandardInput::wait_with(int input) const {
  pollfd waiting[] = {{stop_, POLLIN, 0}, {wake_, POLLIN, 0}, {input, POLLIN, 0}};
  while (poll(waiting, 3, -1) < 0) {
  }
  if (waiting[0].revents != 0) return Found::Stop;
  if (waiting[1].revents == 0) return Found::Input;
  eventfd_t count;
  eventfd_read(wake_, &count);
  return Found::Wake;
}

bool StandardInput::stops_within(std::chrono::milliseconds time) const {
  pollfd waiting{stop_, POLLIN, 0};
  return poll(&waiting, 1, static_cast<int>(time.count())) == 1;
}

ssize_t StandardInput::read(char* buffer, size_t size) const { return ::read(STDIN_FILENO, buffer, size); }

void StandardInput::wake() const { eventfd_write(wake_, 1); }

void StandardInput::stop() const { eventfd_write(stop_, 1); }

}  // namespace upyctl
