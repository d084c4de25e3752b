#pragma once

namespace upy {

/// What comes after a byte that the prompt took.
enum class Turn {
  ReadOn,     ///< the next one
  Raw,        ///< the prompt for programs
  Friendly,   ///< the prompt for people
  SoftReset,  ///< Ctrl-D: the prompt is left, and the interpreter is to be made anew
  Exit,       ///< a run exited: the same, and there is a status
};

}  // namespace upy
