#include "reactor/signals.h"

#include <utility>

namespace upyd {

Signals::Signals(Reactor& reactor, std::initializer_list<int> numbers, std::function<void(int)> take)
    : reactor_(reactor), take_(std::move(take)), set_(reactor.io()) {
  for (const int number : numbers) set_.add(number);
  reactor_.post([this] { wait(); });
}

Signals::~Signals() {
  reactor_.call([this] {
    ended_ = true;
    set_.cancel();
  });
}

void Signals::wait() {
  set_.async_wait([this](const asio::error_code& error, int number) {
    if (error || ended_) return;
    take_(number);
    wait();
  });
}

}  // namespace upyd
