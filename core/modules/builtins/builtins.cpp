#include "modules/builtins/builtins.h"

#include <array>

#include "modules/modules.h"
#include "objects/containers/dict.h"
#include "objects/containers/iterator_tools.h"
#include "objects/containers/list.h"
#include "objects/containers/range.h"
#include "objects/containers/set.h"
#include "objects/containers/slice.h"
#include "objects/containers/tuple.h"
#include "objects/model/bound_method.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/model/property.h"
#include "objects/model/super.h"
#include "objects/numbers/complex.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/array.h"
#include "objects/strings/bytes.h"
#include "objects/strings/memoryview.h"

/// The names of the builtins, and the module builtins.
///
/// They stand in one static table, found by hash. What a script stores in the module goes to the dict Vm::builtins,
/// which comes first; while there is none, the interpreter caches addresses in the table.
namespace upy {

namespace {

struct Builtin {
  uint32_t hash;
  Member member;
};

template <FixedText text>
constexpr Builtin named(Value value) {
  return {hash_bytes(text.view()), {operator""_n<text>(), value}};
}

constexpr uint8_t kAny = NativeFunction::kAny;
constexpr uint8_t kKeywords = NativeFunction::kKeywords;

constexpr Builtin kBuiltins[] = {
    // functions
    named<"__build_class__">(native<builtin_build_class, 2, kAny>),
    named<"__import__">(native<builtin_import, 1, 5>),
    named<"__repl_print__">(native<builtin_repl_print, 1>),
    named<"abs">(native<builtin_abs, 1>),
    named<"all">(native<builtin_all, 1>),
    named<"any">(native<builtin_any, 1>),
    named<"bin">(native<builtin_bin, 1>),
    named<"callable">(native<builtin_callable, 1>),
    named<"chr">(native<builtin_chr, 1>),
    named<"compile">(native<builtin_compile, 3, 6>),
    named<"delattr">(native<builtin_delattr, 2>),
    named<"dir">(native<builtin_dir, 0, 1>),
    named<"divmod">(native<builtin_divmod, 2>),
    named<"eval">(native<builtin_eval, 1, 3>),
    named<"exec">(native<builtin_exec, 1, 3>),
    named<"execfile">(native<builtin_execfile, 1, 3>),
    named<"getattr">(native<builtin_getattr, 2, 3>),
    named<"globals">(native<builtin_globals, 0>),
    named<"hasattr">(native<builtin_hasattr, 2>),
    named<"hash">(native<builtin_hash, 1>),
    named<"help">(native<builtin_help, 0, 1>),
    named<"hex">(native<builtin_hex, 1>),
    named<"id">(native<builtin_id, 1>),
    named<"input">(native<builtin_input, 0, 1>),
    named<"isinstance">(native<builtin_isinstance, 2>),
    named<"issubclass">(native<builtin_issubclass, 2>),
    named<"iter">(native<builtin_iter, 1, 2>),
    named<"len">(native<builtin_len, 1>),
    named<"locals">(native<builtin_locals, 0>),
    named<"max">(native<builtin_max, 1, kAny, kKeywords>),
    named<"min">(native<builtin_min, 1, kAny, kKeywords>),
    named<"next">(native<builtin_next, 1, 2>),
    named<"oct">(native<builtin_oct, 1>),
    named<"open">(native<builtin_open, 0, 4, kKeywords>),
    named<"ord">(native<builtin_ord, 1>),
    named<"pow">(native<builtin_pow, 2, 3>),
    named<"print">(native<builtin_print, 0, kAny, kKeywords>),
    named<"repr">(native<builtin_repr, 1>),
    named<"round">(native<builtin_round, 1, 2>),
    named<"setattr">(native<builtin_setattr, 3>),
    named<"sorted">(native<builtin_sorted, 1, kAny, kKeywords>),
    named<"sum">(native<builtin_sum, 1, 2>),
    // types
    named<"bool">(&bool_type),
    named<"bytearray">(&bytearray_type),
    named<"bytes">(&bytes_type),
    named<"classmethod">(&class_method_type),
    named<"complex">(&complex_type),
    named<"dict">(&dict_type),
    named<"enumerate">(&enumerate_type),
    named<"filter">(&filter_type),
    named<"float">(&float_type),
    named<"frozenset">(&frozenset_type),
    named<"int">(&int_type),
    named<"list">(&list_type),
    named<"map">(&map_type),
    named<"memoryview">(&memoryview_type),
    named<"object">(&object_type),
    named<"property">(&property_type),
    named<"range">(&range_type),
    named<"reversed">(&reversed_type),
    named<"set">(&set_type),
    named<"slice">(&slice_type),
    named<"staticmethod">(&static_method_type),
    named<"str">(&str_type),
    named<"super">(&super_type),
    named<"tuple">(&tuple_type),
    named<"type">(&type_type),
    named<"zip">(&zip_type),
    // singletons
    named<"Ellipsis">(Value::ellipsis()),
    named<"NotImplemented">(Value::not_implemented()),
// exceptions
#define EXCEPTION(name, base) named<#name>(&name##_type),
#define MODULE_EXCEPTION(name, base)
#include "defs/exceptions.def"
#undef EXCEPTION
};
constexpr size_t kCount = std::size(kBuiltins);

constexpr std::array<Member, kCount + 1> make_members() {
  std::array<Member, kCount + 1> members{{{"__name__"_n, "builtins"_n}}};
  for (size_t i = 0; i < kCount; i++) members[i + 1] = kBuiltins[i].member;
  return members;
}
constexpr std::array<Member, kCount + 1> kMembers = make_members();

/// Open addressing by hash: an index into kMembers, 0 for an empty slot.
constexpr size_t kSlots = 512;
constexpr std::array<uint8_t, kSlots> make_index() {
  std::array<uint8_t, kSlots> index{};
  for (size_t i = 0; i < kCount; i++) {
    size_t slot = kBuiltins[i].hash % kSlots;
    while (index[slot]) slot = (slot + 1) % kSlots;
    index[slot] = static_cast<uint8_t>(i + 1);
  }
  return index;
}
constexpr std::array<uint8_t, kSlots> kIndex = make_index();
static_assert(kCount < 256 && kCount < kSlots / 2);

/// Makes every inline cache that knows the address of a builtin look again.
void forget_cached_builtins(Vm& vm) {
  auto touch = [](Value module) {
    if (is_exactly(module, module_type))
      if (Dict* globals = static_cast<Module*>(module.as_object())->globals) globals->version++;
  };
  if (vm.main_globals) vm.main_globals->version++;
  size_t at = 0;
  while (Dict::Entry* entry = vm.modules ? vm.modules->next(at) : nullptr) touch(entry->value);
}

Result<Value> get_stored(Vm& vm, const Str* name) {
  Value stored = vm.builtins ? vm.builtins->get(name) : Value();
  return stored ? stored : Value::absent();
}

}  // namespace

const Value* find_builtin(const Str* name) {
  for (size_t slot = name->hash() % kSlots; kIndex[slot]; slot = (slot + 1) % kSlots)
    if (kMembers[kIndex[slot]].name == name) return &kMembers[kIndex[slot]].value;
  return name == kMembers[0].name ? &kMembers[0].value : nullptr;  // __name__, where globals have none
}

Result<bool> set_builtin(Vm& vm, const Str* name, Value value) {
  if (!value) return vm.builtins && vm.builtins->remove(name);
  if (!vm.builtins) {
    vm.builtins = TRY(Dict::make(vm));
    forget_cached_builtins(vm);
  }
  TRY(vm.builtins->set(vm, name, value));
  return true;
}

constinit const NativeModule builtins_module{"builtins"_n, kMembers, get_stored, set_builtin};

}  // namespace upy
