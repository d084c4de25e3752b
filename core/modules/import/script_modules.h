#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "objects/runtime/vm.h"
#include "upy/instance.h"

namespace upy {

/// The modules that came with a script, by path. They lie in no file system; import and execfile() find them first.
class ScriptModules final : public ModuleState {
 public:
  static constexpr char kKey = 0;
  explicit ScriptModules(Vm&) {}

  /// Puts them in place of earlier ones. MemoryError when the heap has no room for them.
  Result<void> replace(Vm& vm, std::string_view script, const std::vector<ScriptModule>& modules);

  /// Where the script lies: what comes before their paths.
  const std::string& directory() const { return directory_; }
  Files::Kind kind(const std::string& path) const;
  /// Null if there is none.
  const std::string* source(const std::string& path) const;

 private:
  std::string directory_;
  std::map<std::string, std::string, std::less<>> sources_;
  size_t charged_ = 0;
};

/// A path in a directory; the empty directory adds nothing.
std::string join_path(std::string_view directory, std::string_view name);

}  // namespace upy
