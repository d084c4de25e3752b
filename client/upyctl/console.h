#pragma once

#include <string>

#include "upyctl/session.h"

namespace upyctl {

/// What reaches the instance of what is typed at a terminal.
enum class Typed {
  Lines,  ///< each with Enter, as the terminal's own editing (echo, Backspace) has made it; Ctrl-D ends the input
  Keys,   ///< each at once, without echo
};

/// Is the terminal of an instance until that ends: the standard input goes to its scripts, and what they write comes
/// out. Of a terminal, Ctrl-C reaches the instance, and Ctrl-] leaves. Returns the exit status. Throws
/// upyclient::Error if the call fails.
int attach_console(Session& session, const std::string& instance, Typed typed);

}  // namespace upyctl
