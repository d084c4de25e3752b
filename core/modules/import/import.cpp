#include "modules/import/import.h"

#include <optional>
#include <string>

#include "compiler/compiler.h"
#include "modules/import/script_modules.h"
#include "modules/import/source_file.h"
#include "modules/registry.h"
#include "modules/sys.h"
#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/streams/file.h"
#include "objects/strings/codec.h"

/// The import statement.
///
/// sys.modules holds what scripts imported; the Module objects of native modules and of __main__ are kept beside it, so
/// that each is the same object in every import. A dotted name is imported step by step: each package gives its
/// successor the __path__ to search. Modules that came with the script are found before those of sys.path. A module
/// that fails while it runs is taken out of sys.modules again.
namespace upy {

namespace {

/// A module's source, and MicroPython's bytecode of one, which is found to be refused.
constexpr std::string_view kSourceEnding = ".py";

/// The Module objects of native modules and of __main__, by name.
struct ModulesBeside final : ModuleState {
  static constexpr char kKey = 0;
  explicit ModulesBeside(Vm&) {}
  void mark(Marker& marker) override { marker.mark(loaded); }
  Dict* loaded = nullptr;
};

/// The module of that name beside sys.modules; made by `make` if it is not yet there.
template <typename Make>
Result<Value> find_beside(Vm& vm, const Str* name, Make make) {
  auto& beside = vm.state<ModulesBeside>();
  if (!beside.loaded) beside.loaded = TRY(Dict::make(vm));
  if (Value module = beside.loaded->get(name)) return module;
  Module* module = TRY(make());
  TRY(beside.loaded->set(vm, name, module));
  return module;
}

Result<Value> load_native(Vm& vm, const NativeModule& definition) {
  return find_beside(vm, definition.name, [&] { return Module::make(vm, definition); });
}

Result<Value> load_main(Vm& vm) {
  return find_beside(vm, "__main__"_n, [&] { return Module::make(vm, "__main__"_n, vm.main_globals); });
}

/// What a name stands for in one directory.
struct Found {
  enum class Kind { Nothing, File, Package } kind = Kind::Nothing;
  std::string path;  ///< of the file or the directory
};

Result<Found> find_in(Vm& vm, std::string_view directory, std::string_view name) {
  const std::string path = join_path(directory, name);
  if (TRY(kind_of_file(vm, path)) == Files::Kind::Directory) return Found{Found::Kind::Package, path};
  for (const std::string_view ending : {kSourceEnding, kMpyEnding})
    if (const std::string file = path + std::string(ending); TRY(kind_of_file(vm, file)) == Files::Kind::File)
      return Found{Found::Kind::File, file};
  return Found{};
}

/// The directory in an entry of sys.path or a __path__; nothing if it is none to search: frozen modules are none of
/// ours.
Result<std::optional<std::string_view>> to_directory(Vm& vm, Value value) {
  const auto* directory = as<Str>(value, str_type);
  if (!directory || directory->view().starts_with(".frozen")) return std::optional<std::string_view>();
  return std::optional(TRY(view_path(vm, value)));
}

Found find_with_script(Vm& vm, std::string_view name) {
  const auto& modules = vm.state<ScriptModules>();
  const std::string path = join_path(modules.directory(), name), file = path + std::string(kSourceEnding);
  if (modules.kind(path) == Files::Kind::Directory) return {Found::Kind::Package, path};
  if (modules.kind(file) == Files::Kind::File) return {Found::Kind::File, file};
  return {};
}

/// A module beside the script comes first, then those of sys.path.
Result<Found> find_in_path(Vm& vm, std::string_view name) {
  if (Found found = find_with_script(vm, name); found.kind != Found::Kind::Nothing) return found;
  List* path = TRY(sys_path(vm));
  for (size_t i = 0; i < path->size; i++) {
    const auto directory = TRY(to_directory(vm, path->items()[i]));
    if (!directory) continue;
    Found found = TRY(find_in(vm, *directory, name));
    if (found.kind != Found::Kind::Nothing) return found;
  }
  return Found{};
}

/// Runs a file in the globals of its module.
Result<void> run_file(Vm& vm, Dict* globals, const std::string& path) {
  TRY(globals->set(vm, "__file__"_n, TRY(text_of_host(vm, path))));
  Value code = TRY(compile_file(vm, path, CompileOptions::Mode::Module));
  TRY(vm.execute(code, globals, globals));
  return {};
}

Result<void> run_found(Vm& vm, Module* module, const Found& found) {
  if (found.kind == Found::Kind::File) return run_file(vm, module->globals, found.path);
  TRY(module->globals->set(vm, "__path__"_n, TRY(text_of_host(vm, found.path))));
  std::string init = join_path(found.path, "__init__.py");
  if (TRY(kind_of_file(vm, init)) != Files::Kind::File) return {};
  return run_file(vm, module->globals, init);
}

Result<Value> load(Vm& vm, const Str* full_name, const Found& found) {
  TRY(vm.check_stack());
  Module* module = TRY(Module::make(vm, full_name));
  TRY(vm.modules->set(vm, full_name, module));
  if (!run_found(vm, module, found)) {
    vm.modules->remove(full_name);
    return Failure{};
  }
  // The module may have put something else in its place.
  Value loaded = vm.modules->get(full_name);
  return loaded ? loaded : Value(module);
}

/// Whether an import passes over a module that stands in for a native one: with an empty sys.path, by which that module
/// itself reaches the native one.
Result<bool> wants_native(Vm& vm, const Str* name) {
  return TRY(sys_path(vm))->size == 0 && find_native_module(name->view());
}

Result<Value> import_top(Vm& vm, const Str* name) {
  if (Value module = vm.modules->get(name); module && !TRY(wants_native(vm, name))) return module;
  if (name == "__main__"_n) return load_main(vm);
  const RegisteredModule* native = find_native_module(name->view());
  bool by_alias = native && native->module->name->view() != name->view();
  if (native && (native->override == Override::Never || by_alias)) return load_native(vm, *native->module);
  Found found = TRY(find_in_path(vm, name->view()));
  if (found.kind != Found::Kind::Nothing) return load(vm, name, found);
  if (native) return load_native(vm, *native->module);
  return vm.raise(Error::no_module, {name});
}

/// What `last` stands for in a package.
Result<Found> find_in_package(Vm& vm, Value package, std::string_view last) {
  const auto directory = TRY(to_directory(vm, TRY(find_attr(vm, package, "__path__"_n))));
  return directory ? find_in(vm, *directory, last) : Result<Found>(Found{});
}

/// The module that a native module has as a member of that name; absent() if there is none.
Result<Value> find_native_part(Vm& vm, Value parent, std::string_view name) {
  if (!is_exactly(parent, module_type) || !static_cast<Module*>(parent.as_object())->definition) return Value::absent();
  Value member = TRY(find_attr(vm, parent, TRY(vm.strings.intern(name))));
  return is_exactly(member, module_type) ? member : Value::absent();
}

Result<Value> import_step(Vm& vm, Value parent, const Str* full_name, std::string_view last) {
  if (Value module = vm.modules->get(full_name)) return module;
  Value part = TRY(find_native_part(vm, parent, last));
  if (!part.is_absent()) return part;
  Found found = TRY(find_in_package(vm, parent, last));
  if (found.kind == Found::Kind::Nothing) return vm.raise(Error::no_module, {full_name});
  Value module = TRY(load(vm, full_name, found));
  TRY(set_attr(vm, parent, TRY(vm.strings.intern(last)), module));
  return module;
}

/// The absolute name that `level` leading dots and `name` stand for in a module.
Result<const Str*> resolve_relative(Vm& vm, const Str* name, Dict* globals, int level) {
  auto* package = globals ? as<Str>(globals->get("__name__"_n), str_type) : nullptr;
  if (!package) return vm.raise(Error::relative_import);
  std::string_view base = package->view();
  if (base.size() > Interner::kMaxNameSize) return vm.raise(Error::name_too_long);
  if (globals->find("__path__"_n)) level--;
  for (; level > 0 && !base.empty(); level--) {
    size_t dot = base.rfind('.');
    base = dot == std::string_view::npos ? std::string_view() : base.substr(0, dot);
  }
  if (base.empty() || base == "__main__") return vm.raise(Error::relative_import);
  std::string full(base);
  if (name->size) (full += '.') += name->view();
  return vm.strings.intern(full);
}

struct Imported {
  Value first, last;
};

Result<Imported> import_dotted(Vm& vm, const Str* name) {
  Imported imported;
  for (size_t begin = 0; begin <= name->size;) {
    size_t end = name->view().find('.', begin);
    if (end == std::string_view::npos) end = name->size;
    const Str* prefix = TRY(vm.strings.intern(name->view().substr(0, end)));
    if (begin == 0)
      imported.first = imported.last = TRY(import_top(vm, prefix));
    else
      imported.last = TRY(import_step(vm, imported.last, prefix, name->view().substr(begin, end - begin)));
    begin = end + 1;
  }
  return imported;
}

/// What a dotted name stands for; imports the packages before its last part.
Result<Found> find_dotted(Vm& vm, std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return find_in_path(vm, name);
  const Imported packages = TRY(import_dotted(vm, TRY(vm.strings.intern(name.substr(0, dot)))));
  return find_in_package(vm, packages.last, name.substr(dot + 1));
}

}  // namespace

Result<Value> import_module(Vm& vm, const Str* name, Dict* globals, Value from_list, int level) {
  if (level > 0) name = TRY(resolve_relative(vm, name, globals, level));
  if (name->size == 0) return vm.raise_with(ValueError_type, Value());
  Imported imported = TRY(import_dotted(vm, name));
  return from_list.is_none() && level == 0 ? imported.first : imported.last;
}

Result<Value> run_as_main(Vm& vm, std::string_view name) {
  Found found = TRY(find_dotted(vm, name));
  if (found.kind == Found::Kind::Nothing) return vm.raise(Error::no_module, {name});
  if (found.kind == Found::Kind::Package) {
    TRY(vm.main_globals->set(vm, "__path__"_n, TRY(text_of_host(vm, found.path))));
    found.path = join_path(found.path, "__main__.py");
    if (TRY(kind_of_file(vm, found.path)) != Files::Kind::File) return vm.raise(Error::no_module, {name});
  }
  TRY(run_file(vm, vm.main_globals, found.path));
  return Value::none();
}

}  // namespace upy
