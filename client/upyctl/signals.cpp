#include "upyctl/signals.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <system_error>
#include <utility>

#include "upyctl/forced_exit.h"

namespace upyctl {
namespace {

constexpr int kEndMs = 1000;

sigset_t set_of(std::initializer_list<int> signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  return set;
}

sigset_t block(const sigset_t& set) {
  sigset_t previous;
  pthread_sigmask(SIG_BLOCK, &set, &previous);
  return previous;
}

void drop_pending(const sigset_t& set) {
  const timespec at_once{};
  while (sigtimedwait(&set, nullptr, &at_once) > 0) {
  }
}

int checked(int fd) {
  if (fd < 0) throw std::system_error(errno, std::system_category(), "cannot watch for signals");
  return fd;
}

}  // namespace

void SignalWatch::stop_process() {
  const sigset_t stop = set_of({SIGTSTP});
  pthread_sigmask(SIG_UNBLOCK, &stop, nullptr);
  raise(SIGTSTP);
  block(stop);
}

SignalWatch::SignalWatch(std::initializer_list<int> signals, Handler handler)
    : handler_(std::move(handler)), mask_(set_of(signals)) {
  signals_ = checked(signalfd(-1, &mask_, SFD_CLOEXEC));
  end_ = checked(eventfd(0, EFD_CLOEXEC));
  previous_mask_ = block(mask_);
  thread_ = std::thread([this] { watch(); });
}

SignalWatch::~SignalWatch() {
  eventfd_write(end_, 1);
  thread_.join();
  close(signals_);
  close(end_);
  drop_pending(mask_);
  pthread_sigmask(SIG_SETMASK, &previous_mask_, nullptr);
}

void SignalWatch::watch() const {
  pollfd waiting[] = {{end_, POLLIN, 0}, {signals_, POLLIN, 0}};
  while (true) {
    if (poll(waiting, 2, -1) < 0) continue;
    if (waiting[0].revents != 0) return;
    signalfd_siginfo info;
    if (read(signals_, &info, sizeof info) != sizeof info) continue;
    const auto status = handler_(static_cast<int>(info.ssi_signo));
    if (status && poll(waiting, 1, kEndMs) == 0) force_exit(*status);
  }
}

}  // namespace upyctl
