#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string_view>

#include "port/port.h"

namespace upyd {

/// Input on its way from a client to scripts. It is bounded: a client that types faster than the scripts read is to
/// wait. But an interrupt is seen only once it has come, so there is room for what a person may have pasted before it.
class InputBuffer {
 public:
  static constexpr size_t kLimit = 1u << 20;

  /// Both are called on the instance's thread. `on_room`: what was full has room again. `on_wanted`, which may be
  /// empty: a script looks for input and there is none; told once until there is some.
  InputBuffer(std::function<void()> on_room, std::function<void()> on_wanted);

  /// Takes all of it. Answers whether there is still room; if not, no more may come before `on_room`. The client's
  /// thread.
  bool put(std::string_view bytes);
  /// What becomes of the input that waits when something typed behind it interrupts.
  enum class Waiting : uint8_t { Stays, IsDropped };
  /// What typing has come to: as `put` answers, and whether a byte of it interrupts, which is taken out.
  struct Typed {
    bool has_room;
    bool interrupts;
  };
  /// The same of what is typed. `interrupt_char` answers which byte interrupts by now; whoever changes that and then
  /// looks for input finds the bytes that it was asked too early for.
  Typed type(std::string_view bytes, const std::function<int()>& interrupt_char, Waiting waiting);
  /// No more input comes. The client's thread.
  void end();

  /// As upy::Console::read. The instance's thread.
  ptrdiff_t read(char* buffer, size_t size);
  /// As upy::Console::input. The instance's thread.
  upy::Console::Input input();

 private:
  bool has_room() const { return bytes_.size() < kLimit; }
  void append(std::string_view bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  void want(std::unique_lock<std::mutex>& lock);

  const std::function<void()> on_room_, on_wanted_;
  std::mutex mutex_;
  std::deque<char> bytes_;
  bool ended_ = false;
  bool wanted_ = false;  // and told
};

}  // namespace upyd
