#include "instances/console_link.h"

#include <algorithm>
#include <utility>

namespace upyd {

ConsoleLink::ConsoleLink(size_t output_limit, OutputBuffer::Patience patience, Client client)
    : output(output_limit, patience, std::move(client.on_readable)), client_(std::move(client)) {}

bool ConsoleLink::type(std::string_view bytes) {
  std::lock_guard lock(mutex_);
  input_.insert(input_.end(), bytes.begin(), bytes.end());
  return input_.size() < kInputLimit;
}

void ConsoleLink::end_input() {
  std::lock_guard lock(mutex_);
  input_ended_ = true;
}

ptrdiff_t ConsoleLink::read(char* buffer, size_t size) {
  std::unique_lock lock(mutex_);
  if (input_.empty()) return input_ended_ ? 0 : -1;
  const bool was_full = input_.size() >= kInputLimit;
  const size_t count = std::min(size, input_.size());
  const auto end = input_.begin() + static_cast<ptrdiff_t>(count);
  std::copy(input_.begin(), end, buffer);
  input_.erase(input_.begin(), end);
  const bool has_room = input_.size() < kInputLimit;
  lock.unlock();
  if (was_full && has_room) client_.on_room();
  return static_cast<ptrdiff_t>(count);
}

upy::Console::Input ConsoleLink::input() const {
  using Input = upy::Console::Input;
  std::lock_guard lock(mutex_);
  if (!input_.empty()) return Input::Bytes;
  return input_ended_ ? Input::End : Input::Nothing;
}

}  // namespace upyd
