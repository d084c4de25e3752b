#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "objects/runtime/vm.h"

namespace upy {

/// The input of an instance's console, on its way to scripts and to the prompt.
///
/// An interrupt that comes with it (Ctrl-C) divides it: what follows is for whoever reads once the interrupt was
/// raised. So what was read while an interrupt waits to be raised is put back. What the prompt has read ahead before is
/// dropped, as its host drops what waits.
class ConsoleInput final : public ModuleState {
 public:
  static constexpr char kKey = 0;
  explicit ConsoleInput(Vm& vm) : vm_(vm) {}

  /// As Console::read, but of what was put back first.
  ptrdiff_t read(char* data, size_t size);
  /// An interrupt was asked for. Any thread, also in the handler of a signal.
  void interrupted() { interrupts_.fetch_add(1, std::memory_order_relaxed); }
  /// As Console::input.
  Console::Input input();
  /// The next read gets these bytes.
  void put_back(std::string_view bytes);
  /// Drops what was put back or read ahead.
  void forget() { ahead_ = {}, taken_ = 0, is_typed_ahead_ = false; }
  /// Of an LF that comes next nothing remains: it belongs to the CR before it.
  void drop_line_feed();
  /// Looks through what has come so far for that byte, which interrupts: it drops all before it.
  bool take_interrupt(char byte);

 private:
  void read_ahead();
  std::string_view ahead() const { return std::string_view(ahead_).substr(taken_); }
  void take(size_t bytes);
  void heed_interrupts();

  Vm& vm_;
  std::string ahead_;            ///< read from the host, and not by anybody else
  size_t taken_ = 0;             ///< of it
  bool is_typed_ahead_ = false;  ///< it was read at the prompt, by which an interrupt drops it
  std::atomic<unsigned> interrupts_ = 0;
  unsigned seen_interrupts_ = 0;  ///< when it was read
};

}  // namespace upy
