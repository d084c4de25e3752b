#pragma once

#include <cstdint>

#include "repl/source_text.h"
#include "repl/turn.h"

namespace upy {

/// The prompt for programs, which neither echoes nor edits: a text up to Ctrl-D is run, and its output and its
/// traceback come back, each ended by a byte 4. Raw paste is the same with flow control: the text comes in windows, and
/// each that was taken is answered with a byte 1.
class RawPrompt {
 public:
  explicit RawPrompt(ReplSurroundings& surroundings) : surroundings_(surroundings), source_(surroundings) {}

  void greet();
  Turn take(char byte);
  /// Forgets what was typed.
  void cancel();

 private:
  Turn take_pasted(char byte);
  Turn take_command();
  void begin_paste();
  void end_paste();
  Turn run();
  void ask();

  /// Bytes in a window. Two of them are under way at most, for which the buffer of a terminal has room.
  static constexpr uint16_t kWindow = 2048;

  ReplSurroundings& surroundings_;
  SourceText source_;
  bool pasting_ = false;
  uint16_t window_ = 0;  ///< bytes left of the present one
};

}  // namespace upy
