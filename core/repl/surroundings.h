#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "terminal/line_editor.h"

namespace upy {

/// How what was typed is meant.
enum class InputKind {
  Statement,  ///< one statement; what an expression gives is printed
  Pasted,     ///< statements; what expressions among them give is printed
  Program,    ///< statements, as in a file
};

/// How a run that the prompt began has ended.
enum class RunEnd {
  Done,   ///< the prompt goes on
  Exits,  ///< by SystemExit: the prompt is left
};

/// What the prompt needs of the interpreter and of its host.
class ReplSurroundings : public Terminal {
 public:
  /// Writes text, whose lines end with "\n", to where print() writes.
  virtual void send_text(std::string_view text) = 0;
  /// The line that the friendly prompt greets with.
  virtual std::string banner() = 0;
  /// sys.ps1 for the first line of a statement, sys.ps2 for further ones.
  virtual std::string prompt(LineEditor::Part part) = 0;
  /// How many bytes may be typed for one run.
  virtual size_t most_bytes() = 0;
  /// Runs it, sends `mark`, and then what is to be said of its end: a traceback, or nothing.
  virtual RunEnd run(std::string_view source, InputKind kind, std::string_view mark) = 0;

 protected:
  ~ReplSurroundings() = default;
};

}  // namespace upy
