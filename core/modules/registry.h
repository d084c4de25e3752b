#pragma once

#include <span>

#include "objects/model/module.h"

namespace upy {

/// Whether a file of the same name in sys.path comes before the native module.
enum class Override : uint8_t { Never, ByFile };

/// A native module as `import` finds it.
struct RegisteredModule {
  const NativeModule* module;
  Override override;
};

/// All native modules, in the order help('modules') shows them.
std::span<const RegisteredModule> native_modules();
/// The native module of that name, also by its alias with a leading u ("utime"); null if there is none.
const RegisteredModule* find_native_module(std::string_view name);

}  // namespace upy
