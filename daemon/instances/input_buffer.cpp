#include "instances/input_buffer.h"

#include <algorithm>
#include <string>
#include <utility>

namespace upyd {

InputBuffer::InputBuffer(std::function<void()> on_room, std::function<void()> on_wanted)
    : on_room_(std::move(on_room)), on_wanted_(std::move(on_wanted)) {}

bool InputBuffer::put(std::string_view bytes) {
  std::lock_guard lock(mutex_);
  append(bytes);
  wanted_ = false;
  return has_room();
}

InputBuffer::Typed InputBuffer::type(std::string_view bytes, const std::function<int()>& interrupt_char,
                                     Waiting waiting) {
  std::lock_guard lock(mutex_);
  const int byte = interrupt_char();
  const size_t last = byte >= 0 ? bytes.rfind(static_cast<char>(byte)) : bytes.npos;
  if (last == bytes.npos) {
    append(bytes);
  } else if (waiting == Waiting::IsDropped) {
    bytes_.clear();
    append(bytes.substr(last + 1));
  } else {
    std::string rest(bytes);
    std::erase(rest, static_cast<char>(byte));
    append(rest);
  }
  return {has_room(), last != bytes.npos};
}

void InputBuffer::end() {
  std::lock_guard lock(mutex_);
  ended_ = true;
}

ptrdiff_t InputBuffer::read(char* buffer, size_t size) {
  std::unique_lock lock(mutex_);
  if (bytes_.empty()) {
    if (ended_) return 0;
    want(lock);
    return -1;
  }
  const bool was_full = !has_room();
  const size_t count = std::min(size, bytes_.size());
  const auto end = bytes_.begin() + static_cast<ptrdiff_t>(count);
  std::copy(bytes_.begin(), end, buffer);
  bytes_.erase(bytes_.begin(), end);
  const bool tells_room = was_full && has_room();
  lock.unlock();
  if (tells_room) on_room_();
  return static_cast<ptrdiff_t>(count);
}

upy::Console::Input InputBuffer::input() {
  using Input = upy::Console::Input;
  std::unique_lock lock(mutex_);
  if (!bytes_.empty()) return Input::Bytes;
  if (ended_) return Input::End;
  want(lock);
  return Input::Nothing;
}

void InputBuffer::want(std::unique_lock<std::mutex>& lock) {
  if (!on_wanted_ || std::exchange(wanted_, true)) return;
  lock.unlock();
  on_wanted_();
}

}  // namespace upyd
