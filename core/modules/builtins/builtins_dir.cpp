#include <algorithm>

#include "modules/builtins/builtins.h"
#include "modules/registry.h"
#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/containers/named_tuple.h"
#include "objects/containers/sort.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/printing.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// dir() and help(): what an object has.
namespace upy {

namespace {

// ---- collecting names ----

Result<void> add_name(Vm& vm, Dict* names, const Str* name) { return names->set(vm, name, Value::none()); }

Result<void> add_keys(Vm& vm, Dict* names, Dict* source) {
  size_t at = 0;
  while (Dict::Entry* entry = source->next(at)) {
    TRY(names->set(vm, entry->key, Value::none()));
    TRY(vm.poll());
  }
  return {};
}

/// The names of a type itself.
Result<void> add_own(Vm& vm, Dict* names, const Type* type) {
  if (type->is_class()) return add_keys(vm, names, type->dict);
  for (const Member& member : type->members) TRY(add_name(vm, names, member.name));
  return {};
}

/// The names of a type and all of its bases but `object`.
Result<void> add_type(Vm& vm, Dict* names, const Type* type) {
  if (type->is_class()) {
    TRY(add_own(vm, names, type));
    for (Value ancestor : type->ancestors->view()) TRY(add_own(vm, names, as_type(ancestor)));
    return {};
  }
  for (; type && type != &object_type; type = type->base) TRY(add_own(vm, names, type));
  return {};
}

/// Names that an object answers to but nowhere lists: all predefined strings are tried.
Result<void> add_computed(Vm& vm, Dict* names, Value object) {
  static constexpr const Str* kPredefined[] = {
#define STR(text) &static_str<text>,
#include "defs/strings.def"
#undef STR
  };
  for (const Str* name : kPredefined) {
    Value value = TRY(find_attr(vm, object, name));
    if (!value.is_absent()) TRY(add_name(vm, names, name));
  }
  return {};
}

Result<void> add_object(Vm& vm, Dict* names, Value object) {
  TRY(add_name(vm, names, "__class__"_n));
  if (Type* type = as_type(object)) {
    for (const Str* name : {"__name__"_n, "__bases__"_n, "__dict__"_n}) TRY(add_name(vm, names, name));
    return type == &object_type ? add_own(vm, names, type) : add_type(vm, names, type);
  }
  if (is_class_instance(object)) {
    TRY(add_name(vm, names, "__dict__"_n));
    TRY(add_keys(vm, names, TRY(as_class_instance(object)->copy_own(vm))));
    Value native = native_of(object);
    if (native != object) TRY(add_object(vm, names, native));
  } else if (is_exactly(object, module_type)) {
    auto* module = static_cast<Module*>(object.as_object());
    if (module->globals) TRY(add_keys(vm, names, module->globals));
    if (module->definition) TRY(add_computed(vm, names, object));
    return {};
  } else if (const Tuple* fields = field_names(object)) {
    for (Value field : fields->view()) TRY(names->set(vm, field, Value::none()));
  } else if (type_of(object)->slots.get_attr) {
    TRY(add_computed(vm, names, object));
  }
  if (!is_class_instance(object) && type_of(object)->slots.next) TRY(add_name(vm, names, "__next__"_n));
  return add_type(vm, names, type_of(object));
}

Result<Value> sorted_keys(Vm& vm, Dict* names) {
  List* list = TRY(List::make(vm, names->count));
  size_t at = 0;
  while (Dict::Entry* entry = names->next(at)) {
    TRY(list->append(vm, entry->key));
    TRY(vm.poll());
  }
  TRY(sort(vm, list, Value(), SortOrder::Ascending));
  return list;
}

}  // namespace

Result<Value> names_of(Vm& vm, Value object) {
  Dict* names = TRY(Dict::make(vm));
  TRY(add_object(vm, names, object));
  return sorted_keys(vm, names);
}

/// dir(): the names in the running code's namespace. dir(object): what its __dir__ says, else all it is known to have.
Result<Value> builtin_dir(Vm& vm, Args args) {
  if (args.size() == 0) {
    Dict* names = TRY(Dict::make(vm));
    TRY(add_keys(vm, names, vm.current_namespace()));
    return sorted_keys(vm, names);
  }
  Value own = is_class_instance(args[0]) ? TRY(vm.call_special(args[0], "__dir__"_n)) : Value::absent();
  return own.is_absent() ? names_of(vm, args[0]) : own;
}

// ---- help ----

namespace {

constexpr std::string_view kWelcome =
    "upyd runs MicroPython scripts, each in an interpreter of its own.\n"
    "\n"
    "At a prompt:\n"
    "  Ctrl-A  on an empty line: raw mode, for programs that type\n"
    "  Ctrl-B  on an empty line: back to the normal prompt\n"
    "  Ctrl-C  interrupts what is running\n"
    "  Ctrl-D  on an empty line: leaves\n"
    "  Ctrl-E  on an empty line: takes a pasted text as it is, up to Ctrl-D\n"
    "\n"
    "help(x) tells what x has, help('modules') which modules can be imported.\n";

Result<void> write_member(Vm& vm, Writer& out, Value name, Value value) {
  TRY(out.write(vm, "  "));
  TRY(print(vm, name, out, PrintStyle::Str));
  TRY(out.write(vm, " -- "));
  TRY(print(vm, value, out, PrintStyle::Str));
  return out.write(vm, "\n");
}

Result<void> write_members(Vm& vm, Writer& out, Dict* dict) {
  size_t at = 0;
  while (Dict::Entry* entry = dict->next(at)) TRY(write_member(vm, out, entry->key, entry->value));
  return {};
}

/// "object X is of type T", and the members of X if it is a type or module, else those of T.
Result<void> describe(Vm& vm, Writer& out, Value object) {
  const Type* type = type_of(object);
  TRY(out.write(vm, "object "));
  TRY(print(vm, object, out, PrintStyle::Str));
  TRY(out.write(vm, " is of type "));
  TRY(out.write(vm, type->name->view()));
  TRY(out.write(vm, "\n"));
  Value owner = type == &module_type || type == &type_type ? object : Value(type);
  Dict* members = as_dict(TRY(get_attr(vm, owner, "__dict__"_n)));
  return members ? write_members(vm, out, members) : Result<void>();
}

/// The native modules by name, column by column.
Result<void> write_modules(Vm& vm, Writer& out) {
  constexpr size_t kColumns = 4, kWidth = 18;
  auto modules = native_modules();
  size_t rows = (modules.size() + kColumns - 1) / kColumns;
  for (size_t row = 0; row < rows; row++) {
    for (size_t i = row; i < modules.size(); i += rows) {
      std::string_view name = modules[i].module->name->view();
      TRY(out.write(vm, name));
      bool last = i + rows >= modules.size();
      for (size_t width = name.size(); !last && width < kWidth; width++) TRY(out.write(vm, " "));
    }
    TRY(out.write(vm, "\n"));
  }
  return out.write(vm, "Modules in the directories of sys.path can be imported too.\n");
}

}  // namespace

/// help([object]), help('modules').
Result<Value> builtin_help(Vm& vm, Args args) {
  ConsoleWriter out(Console::Stream::Out);
  if (args.size() == 0) {
    TRY(out.write(vm, kWelcome));
  } else if (Str* topic = as<Str>(args[0], str_type); topic && topic->view() == "modules") {
    TRY(write_modules(vm, out));
  } else {
    TRY(describe(vm, out, args[0]));
  }
  return Value::none();
}

}  // namespace upy
