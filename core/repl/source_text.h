#pragma once

#include <string>
#include <string_view>

#include "repl/surroundings.h"

namespace upy {

/// What is typed for one run: never more than the surroundings allow. What goes beyond is dropped, and told where the
/// text would be run.
class SourceText {
 public:
  explicit SourceText(ReplSurroundings& surroundings) : surroundings_(surroundings) {}

  void add(std::string_view text) {
    if (text.size() > surroundings_.most_bytes() - text_.size()) too_long_ = true;
    if (!too_long_) text_ += text;
  }
  void add(char byte) { add({&byte, 1}); }
  void clear() {
    text_ = {};
    too_long_ = false;
  }
  std::string_view view() const { return text_; }
  bool is_too_long() const { return too_long_; }
  bool is_empty() const { return text_.empty() && !too_long_; }

  /// Runs it and is empty then; `mark` as in ReplSurroundings::run.
  RunEnd run(InputKind kind, std::string_view mark) {
    if (too_long_) {
      clear();
      const std::string most = std::to_string(surroundings_.most_bytes());
      surroundings_.send(mark);
      surroundings_.send_text("MemoryError: more than " + most + " bytes of input, which the heap has no room for\n");
      return RunEnd::Done;
    }
    const std::string text = std::move(text_);
    clear();
    return surroundings_.run(text, kind, mark);
  }

 private:
  ReplSurroundings& surroundings_;
  std::string text_;
  bool too_long_ = false;
};

}  // namespace upy
