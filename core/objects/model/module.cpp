#include "objects/model/module.h"

#include "objects/containers/dict.h"
#include "objects/model/attributes.h"
#include "objects/model/printing.h"
#include "objects/model/receiver_watch.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

Result<Module*> Module::make(Vm& vm, const Str* name) {
  Dict* globals = TRY(Dict::make(vm));
  TRY(globals->set(vm, "__name__"_n, name));
  return make(vm, name, globals);
}

Result<Module*> Module::make(Vm& vm, const Str* name, Dict* globals) {
  auto* module = TRY(vm.allocate<Module>(module_type));
  module->name = name;
  module->globals = globals;
  module->definition = nullptr;
  return module;
}

Result<Module*> Module::make(Vm& vm, const NativeModule& definition) {
  auto* module = TRY(vm.allocate<Module>(module_type));
  module->name = definition.name;
  module->globals = nullptr;
  module->definition = &definition;
  for (const Member& member : definition.members) ReceiverWatch::note_function(vm, member.value);
  return module;
}

Value Module::shown_name() const {
  Value own = globals ? globals->get("__name__"_n) : Value();
  return own ? own : Value(name);
}

namespace {

Module* as_module(Value value) { return static_cast<Module*>(value.as_object()); }

void trace_module(Object* object, Marker& marker) {
  auto* module = static_cast<Module*>(object);
  marker.mark(module->name);
  marker.mark(module->globals);
}

constexpr CellKind kModuleKind{.letter = 'M', .trace = trace_module};

Result<void> module_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  Module* module = as_module(self);
  TRY(out.write(vm, "<module '"));
  TRY(print(vm, module->shown_name(), out, PrintStyle::Str));
  Value file = module->globals ? module->globals->get("__file__"_n) : Value();
  if (file) {
    TRY(out.write(vm, "' from '"));
    TRY(print(vm, file, out, PrintStyle::Str));
  }
  return out.write(vm, "'>");
}

/// What a native module offers; absent() if it has no such name.
Result<Value> find_native(Vm& vm, const NativeModule* definition, const Str* name) {
  if (definition->get_attr) {
    Value value = TRY(definition->get_attr(vm, name));
    if (!value.is_absent()) return value;
  }
  for (const Member& member : definition->members)
    if (member.name == name) return member.value;
  return Value::absent();
}

/// What __dict__ shows: of a native module, a copy.
Result<Value> dict_of(Vm& vm, Module* module) {
  if (!module->definition) return module->globals;
  Dict* dict = TRY(Dict::make(vm, module->definition->members.size()));
  TRY(dict->set(vm, "__name__"_n, module->name));
  for (const Member& member : module->definition->members) TRY(dict->set(vm, member.name, member.value));
  dict->freeze();
  return dict;
}

/// The names of a script's module come first, then what its function __getattr__ answers.
Result<Value> module_get_attr(Vm& vm, Value self, const Str* name) {
  Module* module = as_module(self);
  if (module->globals)
    if (Value* slot = module->globals->find(name)) return *slot;
  if (module->definition) {
    Value value = TRY(find_native(vm, module->definition, name));
    if (!value.is_absent()) return value;
    if (name == "__name__"_n) return module->name;
  }
  if (name == "__dict__"_n) return dict_of(vm, module);
  Value hook = module->globals ? module->globals->get("__getattr__"_n) : Value();
  return hook ? vm.call(hook, {name}) : Result<Value>(Value::absent());
}

/// A native module takes only what its definition takes.
Result<bool> module_set_attr(Vm& vm, Value self, const Str* name, Value value) {
  Module* module = as_module(self);
  if (module->definition) return module->definition->set_attr && TRY(module->definition->set_attr(vm, name, value));
  if (!value) return module->globals->remove(name);
  TRY(module->globals->set(vm, name, value));
  return true;
}

}  // namespace

constinit const Type module_type{
    {.name = "module"_n,
     .kind = &kModuleKind,
     .flags = Type::kHashByAddress,
     .slots = {.print = module_print, .get_attr = module_get_attr, .set_attr = module_set_attr}}};

}  // namespace upy
