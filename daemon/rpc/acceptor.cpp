#include "rpc/acceptor.h"

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "rpc/complaints.h"
#include "system/descriptors.h"

namespace upyd {
namespace {

constexpr auto kPause = std::chrono::milliseconds(50);

void set(int descriptor, int level, int option, int value) {
  setsockopt(descriptor, level, option, &value, sizeof value);
}

/// Answers go out at once, and of a client that is gone without a word the kernel finds out within a minute: when it
/// answers no probe, or does not acknowledge what was sent. A Unix socket has no such settings, and needs none.
void set_up_tcp(int descriptor) {
  constexpr int kOn = 1, kIdleS = 30, kBetweenProbesS = 10, kProbes = 3, kUnansweredMs = 60'000;
  set(descriptor, IPPROTO_TCP, TCP_NODELAY, kOn);
  set(descriptor, SOL_SOCKET, SO_KEEPALIVE, kOn);
  set(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, kIdleS);
  set(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, kBetweenProbesS);
  set(descriptor, IPPROTO_TCP, TCP_KEEPCNT, kProbes);
  set(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, kUnansweredMs);
}

}  // namespace

Acceptor::Acceptor(Reactor& reactor, int listening, std::function<void(int)> take, Complaints& complaints)
    : reactor_(reactor),
      take_(std::move(take)),
      complaints_(complaints),
      listening_(reactor.io(), listening),
      pause_(reactor.io()) {
  reactor_.post([this] { wait(); });
}

Acceptor::~Acceptor() {
  reactor_.call([this] {
    listening_.release();  // its owner closes it
    pause_.cancel();
  });
}

void Acceptor::wait() {
  listening_.async_wait(asio::posix::stream_descriptor::wait_read, [this](const asio::error_code& error) {
    if (!error) accept_all();
  });
}

void Acceptor::accept_all() {
  while (listening_.is_open()) {
    const int descriptor = accept4(listening_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor >= 0) {
      take(descriptor);
    } else if (errno == EAGAIN) {
      return wait();
    } else if (errno != EINTR && errno != ECONNABORTED) {
      complaints_.say(std::strerror(errno));
      return wait_for_better_times();
    }
  }
}

void Acceptor::take(int descriptor) {
  set_up_tcp(descriptor);
  if (!is_kept_back(descriptor, DescriptorUse::Client)) return take_(descriptor);
  close(descriptor);
  complaints_.say(kNoDescriptorLeft);
}

void Acceptor::wait_for_better_times() {
  pause_.expires_after(kPause);
  pause_.async_wait([this](const asio::error_code& error) {
    if (!error) accept_all();
  });
}

}  // namespace upyd
