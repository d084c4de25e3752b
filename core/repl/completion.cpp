#include "repl/completion.h"

#include <algorithm>

#include "bytecode/utf8.h"
#include "modules/builtins/builtins.h"
#include "modules/modules.h"
#include "modules/registry.h"
#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/runtime/str.h"

namespace upy {

namespace {

constexpr std::string_view kImport = "import ", kFrom = "from ";

bool is_of_name(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return letter || (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0;
}

/// The names and dots that a text ends in: "a.b.c".
std::string_view chain_of(std::string_view text) {
  size_t begin = text.size();
  while (begin > 0 && (is_of_name(text[begin - 1]) || text[begin - 1] == '.')) begin--;
  return text.substr(begin);
}

/// Whether the text asks for a module: nothing but a name follows `import` or `from`.
bool asks_for_module(std::string_view text, std::string_view name) {
  const std::string_view before = text.substr(0, text.size() - name.size());
  return before == kImport || before == kFrom;
}

/// A global name or builtin; absent() if there is none.
Result<Value> find_global(Vm& vm, const Str* name) {
  if (const Value value = vm.main_globals->get(name)) return value;
  const Value* builtin = find_builtin(name);
  return builtin ? *builtin : Value::absent();
}

/// The object that a chain of names stands for; absent() if one of them is unknown.
Result<Value> find_object(Vm& vm, std::string_view chain) {
  size_t dot = chain.find('.');
  Value object = TRY(find_global(vm, TRY(vm.strings.intern(chain.substr(0, dot)))));
  while (dot != chain.npos && !object.is_absent()) {
    chain.remove_prefix(dot + 1);
    dot = chain.find('.');
    object = TRY(find_attr(vm, object, TRY(vm.strings.intern(chain.substr(0, dot)))));
  }
  return object;
}

/// Gathers the names that begin with one; those with an underscore only if it has one.
class Matches {
 public:
  explicit Matches(std::string_view beginning) : beginning_(beginning) {}

  void add(std::string_view name) {
    if (!name.starts_with(beginning_) || (beginning_.empty() && name.starts_with('_'))) return;
    names_.emplace_back(name);
  }
  bool is_empty() const { return names_.empty(); }

  Completion completion() && {
    std::sort(names_.begin(), names_.end());
    Completion result{.common = names_.front().substr(beginning_.size())};
    const std::string& last = names_.back();
    size_t same = 0;  // what the first and the last have in common, all have
    while (same < result.common.size() && beginning_.size() + same < last.size() &&
           result.common[same] == last[beginning_.size() + same])
      same++;
    while (same > 0 && same < result.common.size() && is_continuation(result.common[same])) same--;
    result.common.resize(same);
    if (names_.size() > 1) result.candidates = std::move(names_);
    return result;
  }

 private:
  std::string_view beginning_;
  std::vector<std::string> names_;
};

void add_modules(Matches& matches) {
  for (const RegisteredModule& entry : native_modules()) matches.add(entry.module->name->view());
}

void add_globals(Vm& vm, Matches& matches) {
  size_t at = 0;
  while (const Dict::Entry* entry = vm.main_globals->next(at))
    if (const Str* name = as<Str>(entry->key, str_type)) matches.add(name->view());
}

Result<void> add_attributes(Vm& vm, Value object, Matches& matches) {
  List* names = as<List>(TRY(names_of(vm, object)), list_type);
  for (size_t i = 0; i < names->size; i++)
    if (const Str* name = as<Str>(names->items()[i], str_type)) matches.add(name->view());
  return {};
}

}  // namespace

Result<Completion> complete(Vm& vm, std::string_view text) {
  const std::string_view chain = chain_of(text);
  const size_t dot = chain.rfind('.');
  Matches matches(dot == chain.npos ? chain : chain.substr(dot + 1));
  if (dot != chain.npos) {
    const Value object = TRY(find_object(vm, chain.substr(0, dot)));
    if (!object.is_absent()) TRY(add_attributes(vm, object, matches));
  } else if (asks_for_module(text, chain)) {
    add_modules(matches);
  } else {
    add_globals(vm, matches);
  }
  if (!matches.is_empty()) return std::move(matches).completion();
  const bool may_import = !text.empty() && chain.size() == text.size() && kImport.starts_with(chain);
  return Completion{.common = may_import ? std::string(kImport.substr(chain.size())) : ""};
}

}  // namespace upy
