#pragma once

#include <string>
#include <vector>

#include "objects/containers/list.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

/// The version of MicroPython that scripts are promised.
inline constexpr const Str* kVersion = "1.29.0"_n;
/// sys.version.
inline constexpr const Str* kVersionText = "3.4.0; upyd, MicroPython 1.29"_n;

/// sys.path; a script may have put another list there.
Result<List*> sys_path(Vm& vm);
Result<void> set_sys_argv(Vm& vm, const std::vector<std::string>& argv);
/// sys.ps1, which the prompt asks for a statement with, or sys.ps2, for its further lines; empty if it is no string.
enum class PromptLine : uint8_t { First, Further };
std::string sys_prompt(Vm& vm, PromptLine line);
/// Runs what sys.atexit was given, once. Its exception is pending if it raised.
Result<void> run_exit_handler(Vm& vm);

}  // namespace upy
