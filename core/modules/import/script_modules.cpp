#include "modules/import/script_modules.h"

#include <utility>

#include "objects/model/exception.h"

namespace upy {

std::string join_path(std::string_view directory, std::string_view name) {
  std::string path(directory);
  if (!path.empty() && path.back() != '/') path += '/';
  return path += name;
}

Result<void> ScriptModules::replace(Vm& vm, std::string_view script, const std::vector<ScriptModule>& modules) {
  sources_.clear();
  vm.heap.discharge(std::exchange(charged_, 0));
  size_t size = 0;
  for (const ScriptModule& module : modules) size += module.path.size() + module.source.size();
  if (!vm.heap.charge(size)) return vm.too_large(size);
  charged_ = size;
  const size_t slash = script.rfind('/');
  directory_ = slash == std::string_view::npos ? "" : script.substr(0, slash + 1);
  for (const ScriptModule& module : modules) sources_[join_path(directory_, module.path)] = module.source;
  return {};
}

Files::Kind ScriptModules::kind(const std::string& path) const {
  if (sources_.contains(path)) return Files::Kind::File;
  const std::string inside = path + '/';
  const auto next = sources_.lower_bound(inside);
  return next != sources_.end() && next->first.starts_with(inside) ? Files::Kind::Directory : Files::Kind::Absent;
}

const std::string* ScriptModules::source(const std::string& path) const {
  const auto found = sources_.find(path);
  return found == sources_.end() ? nullptr : &found->second;
}

}  // namespace upy
