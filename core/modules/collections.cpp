#include "modules/modules.h"
#include "objects/containers/deque.h"
#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/containers/named_tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/module.h"
#include "objects/model/native_function.h"
#include "objects/model/printing.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// The module `collections`.
namespace upy {

namespace {

bool is_separator(char c) { return c == ',' || static_cast<unsigned char>(c) <= ' '; }

/// The names in a text, between blanks or commas.
Result<List*> split_names(Vm& vm, const Str* text) {
  List* names = TRY(List::make(vm));
  std::string_view rest = text->view();
  while (true) {
    rest.remove_prefix(TRY(count_while(vm, rest, is_separator)));
    if (rest.empty()) return names;
    const size_t size = TRY(count_while(vm, rest, [](char c) { return !is_separator(c); }));
    TRY(names->append(vm, TRY(vm.strings.intern(rest.substr(0, size)))));
    rest.remove_prefix(size);
    TRY(vm.poll());
  }
}

/// namedtuple(name, fields): fields are one text or an iterable of texts.
Result<Value> namedtuple(Vm& vm, Args args) {
  const Str* name = TRY(to_name(vm, args[0]));
  auto* text = as<Str>(args[1], str_type);
  List* names = text ? TRY(split_names(vm, text)) : TRY(List::make_from(vm, args[1]));
  for (size_t i = 0; i < names->size; i++) {
    names->items()[i] = TRY(to_name(vm, names->items()[i]));
    TRY(vm.poll_kill());
  }
  return TRY(make_named_tuple_type(vm, name, TRY(Tuple::make(vm, names->view()))));
}

constexpr Member kMembers[] = {
    {"OrderedDict"_n, &ordered_dict_type},
    {"deque"_n, &deque_type},
    {"namedtuple"_n, native<namedtuple, 2>},
};

}  // namespace

constinit const NativeModule collections_module{.name = "collections"_n, .members = kMembers};

}  // namespace upy
