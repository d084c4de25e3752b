#pragma once

#include <string>
#include <vector>

#include "upyctl/terminal.h"

namespace upyctl {

/// Does what a command line asks for; `arguments` are without the program's name. Returns the exit status; every error
/// has been told on the terminal.
int run_command_line(const std::vector<std::string>& arguments, const Terminal& terminal);

}  // namespace upyctl
