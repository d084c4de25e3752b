#pragma once

#include "upyctl/session.h"
#include "upyctl/terminal_input.h"
#include "upyd/v1/script.pb.h"

namespace upyctl {

/// Is the terminal of an instance until that ends: the standard input goes to its scripts or to its prompt, and what
/// they write comes out. Of a terminal, Ctrl-C reaches the instance, and Ctrl-] leaves; so does Ctrl-X from the prompt.
/// `first` is the first request of the call. Returns the exit status. Throws upyclient::Error if the call fails.
int attach_console(Session& session, const upyd::v1::ConsoleRequest& first, Typed typed);

}  // namespace upyctl
