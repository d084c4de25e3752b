#include "interpreter/instructions.h"

#include <algorithm>

#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/containers/range.h"
#include "objects/containers/set.h"
#include "objects/containers/slice.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/generator.h"
#include "objects/model/iteration.h"
#include "objects/model/module.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/bytes.h"
#include "objects/strings/format.h"

namespace upy {

// ---- names ----

Result<Value> load_name(Vm& vm, const Value* (*find_builtin)(const Str*), Value space, const Str* name, Dict* globals) {
  if (auto* dict = as_dict(space)) {
    if (Value* slot = dict->find(name)) return *slot;
  } else if (!space.is_none()) {
    Value found = TRY(get_item(vm, space, name));
    return found;
  }
  if (Value* slot = globals->find(name)) return *slot;
  if (vm.builtins)
    if (Value* slot = vm.builtins->find(name)) return *slot;
  if (const Value* builtin = find_builtin(name)) return *builtin;
  return vm.raise(Error::name_not_defined, {name});
}

Result<void> store_name(Vm& vm, Value space, const Str* name, Value value) {
  if (auto* dict = as_dict(space)) return dict->set(vm, name, value);
  return set_item(vm, space, name, value);
}

Result<void> delete_name(Vm& vm, Value space, const Str* name) {
  auto* dict = as_dict(space);
  if (!dict) return set_item(vm, space, name, Value());
  if (!dict->remove(name)) return vm.raise(Error::name_not_defined, {name});
  return {};
}

Result<void> delete_global(Vm& vm, Dict* globals, const Str* name) {
  if (!globals->remove(name)) return vm.raise(Error::name_not_defined, {name});
  return {};
}

// ---- cells and functions ----

Result<Cell*> make_cell(Vm& vm, Value content) {
  Cell* cell = TRY(vm.allocate<Cell>(cell_type));
  cell->content = content;
  return cell;
}

Result<Value> make_function(Vm& vm, Function* running, Value* registers, const Instr& instr) {
  auto* code = static_cast<Code*>(running->code->children[instr.b].as_object());
  Function* function = TRY(Function::make(vm, code, running->globals));
  for (uint32_t i = 0; i < code->capture_count; i++) {
    Capture capture = code->captures[i];
    function->cells()[i] = capture.from_free ? running->cells()[capture.index] : registers[capture.index];
  }
  if (instr.k & 1) {
    function->defaults = as<Tuple>(registers[instr.c], tuple_type);
    if (!function->defaults || function->defaults->size > code->positional_count) return vm.raise(Error::forged_code);
  }
  if (instr.k & 2) {
    function->keyword_defaults = as<Dict>(registers[instr.c + 1], dict_type);
    if (!function->keyword_defaults) return vm.raise(Error::forged_code);
  }
  return function;
}

// ---- unpacking ----

Result<void> unpack(Vm& vm, Value* to, Value source, size_t count) {
  std::span<const Value> items;
  if (is_exactly(source, tuple_type)) {
    items = static_cast<Tuple*>(source.as_object())->view();
  } else if (is_exactly(source, list_type)) {
    items = static_cast<List*>(source.as_object())->view();
  } else {
    Iteration iteration;
    TRY(iteration.begin(vm, source));
    for (size_t i = 0; i < count; i++) {
      Value item = TRY(iteration.next(vm));
      if (item.is_stop()) return vm.raise(Error::need_more_values, {i});
      to[i] = item;
    }
    if (!TRY(iteration.next(vm)).is_stop()) return vm.raise(Error::too_many_values, {count});
    return {};
  }
  if (items.size() < count) return vm.raise(Error::need_more_values, {items.size()});
  if (items.size() > count) return vm.raise(Error::too_many_values, {count});
  return copy_values(vm, to, items.data(), items.size());
}

Result<void> unpack_ex(Vm& vm, Value* to, Value source, size_t before, size_t after) {
  List* all = TRY(List::make(vm));
  TRY(all->extend(vm, source));
  if (all->size < before + after) return vm.raise(Error::need_more_values, {all->size});
  auto items = all->view();
  List* middle = TRY(List::make(vm, items.subspan(before, all->size - before - after)));
  std::copy_n(items.begin(), before, to);
  to[before] = middle;
  std::copy_n(items.end() - after, after, to + before + 1);
  return {};
}

// ---- building ----

Result<Value> build_map(Vm& vm, const Value* pairs, size_t count) {
  Dict* dict = TRY(Dict::make(vm, count));
  for (size_t i = 0; i < count; i++) TRY(dict->set(vm, pairs[2 * i], pairs[2 * i + 1]));
  return dict;
}

Result<Value> build_set(Vm& vm, const Value* items, size_t count) {
  Set* set = TRY(Set::make(vm));
  for (size_t i = 0; i < count; i++) TRY(set->add(vm, items[i]));
  return set;
}

Result<Value> build_string(Vm& vm, const Value* parts, size_t count) {
  size_t bytes = 0, length = 0;
  for (size_t i = 0; i < count; i++) {
    auto* part = as<Str>(parts[i], str_type);
    if (!part) return vm.raise(Error::forged_code);
    bytes += part->size;
    length += part->length;
  }
  Str* whole = TRY(Str::make_raw(vm, bytes));
  whole->length = static_cast<uint32_t>(length);
  char* to = whole->data();
  for (size_t i = 0; i < count; i++) {
    auto* part = as<Str>(parts[i], str_type);
    TRY(copy_bytes(vm, to, part->view()));
    to += part->size;
  }
  return whole;
}

Result<Value> build_slice(Vm& vm, const Value* parts) { return TRY(Slice(parts[0], parts[1], parts[2]).keep(vm)); }

Result<Value> slice_for(Vm& vm, Value container, const Slice& slice) {
  if (type_of(container)->flags & Type::kSequence) return &slice;
  return TRY(slice.keep(vm));
}

Result<void> list_append(Vm& vm, Value list, Value item) {
  if (!is_exactly(list, list_type)) return vm.raise(Error::forged_code);
  return static_cast<List*>(list.as_object())->append(vm, item);
}

Result<void> list_extend(Vm& vm, Value list, Value items) {
  if (!is_exactly(list, list_type)) return vm.raise(Error::forged_code);
  return static_cast<List*>(list.as_object())->extend(vm, items);
}

Result<Value> list_to_tuple(Vm& vm, Value list) {
  if (!is_exactly(list, list_type)) return vm.raise(Error::forged_code);
  return TRY(Tuple::make(vm, static_cast<List*>(list.as_object())->view()));
}

Result<void> set_add(Vm& vm, Value set, Value item) {
  if (!is_exactly(set, set_type)) return vm.raise(Error::forged_code);
  return static_cast<Set*>(set.as_object())->add(vm, item);
}

Result<void> set_update(Vm& vm, Value set, Value items) {
  if (!is_exactly(set, set_type)) return vm.raise(Error::forged_code);
  Iteration iteration;
  TRY(iteration.begin(vm, items));
  while (true) {
    Value item = TRY(iteration.next(vm));
    if (item.is_stop()) return {};
    TRY(static_cast<Set*>(set.as_object())->add(vm, item));
  }
}

Result<void> map_add(Vm& vm, Value map, Value key, Value value) {
  if (!is_exactly(map, dict_type)) return vm.raise(Error::forged_code);
  return static_cast<Dict*>(map.as_object())->set(vm, key, value);
}

namespace {

Result<void> add_pair(Vm& vm, Dict* dict, Value key, Value value, MapUse use) {
  if (use == MapUse::Keywords) {
    if (!as<Str>(key, str_type)) return vm.raise(Error::keywords_must_be_strings);
    const Str* name = TRY(to_name(vm, key));
    if (dict->find(name)) return vm.raise(Error::multiple_values, {name});
    return dict->set(vm, name, value);
  }
  return dict->set(vm, key, value);
}

}  // namespace

Result<void> map_update(Vm& vm, Value map, Value source, MapUse use) {
  if (!is_exactly(map, dict_type)) return vm.raise(Error::forged_code);
  auto* dict = static_cast<Dict*>(map.as_object());
  if (auto* other = as<Dict>(source, dict_type)) {
    size_t at = 0;
    while (Dict::Entry* entry = other->next(at)) {
      TRY(add_pair(vm, dict, entry->key, entry->value, use));
      TRY(vm.poll());
    }
    return {};
  }
  Value keys = TRY(vm.call_method(source, "keys"_n));
  Iteration iteration;
  TRY(iteration.begin(vm, keys));
  while (true) {
    Value key = TRY(iteration.next(vm));
    if (key.is_stop()) return {};
    TRY(add_pair(vm, dict, key, TRY(get_item(vm, source, key)), use));
  }
}

Result<Value> format(Vm& vm, Value value, char conversion, Value spec) {
  value = TRY(convert(vm, value, conversion));
  if (!spec) {
    if (is_exactly(value, str_type)) return value;
    return TRY(to_str(vm, value));
  }
  auto* text = as<Str>(spec, str_type);
  if (!text) return vm.raise(Error::forged_code);
  return format_value(vm, value, text->view());
}

// ---- import ----

Result<Value> import_from(Vm& vm, Value module, const Str* name) {
  Value found = TRY(find_attr(vm, module, name));
  if (!found.is_absent()) return found;
  if (is_exactly(module, module_type)) {
    auto* package = static_cast<Module*>(module.as_object());
    if (package->globals && package->globals->find("__path__"_n)) {
      StrBuilder full;
      TRY(full.write(vm, package->name->view()));
      TRY(full.write(vm, "."));
      TRY(full.write(vm, name->view()));
      return vm.import(TRY(vm.strings.intern(full.view())));
    }
  }
  return vm.raise(Error::cant_import_name, {name});
}

namespace {

Result<void> define(Vm& vm, Value space, Value name, Value value) {
  return store_name(vm, space, TRY(to_name(vm, name)), value);
}

Result<void> import_listed(Vm& vm, Value module, Value names, Value space) {
  Iteration iteration;
  TRY(iteration.begin(vm, names));
  while (true) {
    Value name = TRY(iteration.next(vm));
    if (name.is_stop()) return {};
    TRY(define(vm, space, name, TRY(get_attr(vm, module, TRY(to_name(vm, name))))));
  }
}

}  // namespace

Result<void> import_star(Vm& vm, Value module, Value space) {
  Value names, receiver;
  if (TRY(find_protected(vm, module, "__all__"_n, names, receiver))) return import_listed(vm, module, names, space);
  Value found = TRY(get_attr(vm, module, "__dict__"_n));
  Dict* dict = as_dict(found);
  if (!dict) return vm.raise(Error::cant_convert_implicitly, {type_of(found), "dict"});
  size_t at = 0;
  while (Dict::Entry* entry = dict->next(at)) {
    auto* name = as<Str>(entry->key, str_type);
    if (name && !name->view().starts_with('_')) TRY(define(vm, space, entry->key, entry->value));
    TRY(vm.poll());
  }
  return {};
}

// ---- loops ----

namespace {

/// Within these bounds the number of items is a small integer too.
bool fits_loop(int64_t n) { return n > kSmallIntMin / 2 && n < kSmallIntMax / 2; }

/// The state of a loop over integers: the next one, how many are left, the step.
void set_range_state(Value* state, int64_t start, int64_t stop, int64_t step) {
  int64_t count = 0;
  if (step > 0 && start < stop) count = (stop - start - 1) / step + 1;
  if (step < 0 && start > stop) count = (start - stop - 1) / -step + 1;
  state[0] = Value::small_int(start);
  state[1] = Value::small_int(count);
  state[2] = Value::small_int(step);
}

}  // namespace

bool start_range_loop(Value* state, size_t count) {
  if (!(state[0] == Value(&range_type))) return false;
  for (size_t i = 1; i <= count; i++)
    if (!state[i].is_small_int()) return false;
  int64_t step = count == 3 ? state[3].as_small_int() : 1;
  if (step == 0) return false;
  int64_t start = count == 1 ? 0 : state[1].as_small_int();
  int64_t stop = state[count == 1 ? 1 : 2].as_small_int();
  if (!fits_loop(start) || !fits_loop(stop) || !fits_loop(step)) return false;
  set_range_state(state, start, stop, step);
  return true;
}

Result<void> start_loop(Vm& vm, Value* state) {
  Value source = state[0];
  state[1] = Value::small_int(0);
  if (is_exactly(source, range_type)) {
    auto* range = static_cast<Range*>(source.as_object());
    if (fits_loop(range->start) && fits_loop(range->stop) && fits_loop(range->step)) {
      set_range_state(state, range->start, range->stop, range->step);
      return {};
    }
  }
  if (type_of(source)->slots.next_at) return {};
  state[0] = TRY(get_iter(vm, source));
  state[1] = Value();
  return {};
}

Result<Value> step_loop(Vm& vm, Value* state) {
  auto next_at = type_of(state[0])->slots.next_at;
  if (!next_at || !state[1].is_small_int()) return get_next(vm, state[0]);
  int64_t cursor = state[1].as_small_int();
  Value item = TRY(next_at(vm, state[0], cursor));
  state[1] = Value::small_int(cursor);
  return item;
}

// ---- delegation ----

namespace {

/// After a failure: the end if it was StopIteration.
Result<Value> end_of_iteration(Vm& vm) {
  Value exception = vm.take_pending(StopIteration_type);
  if (!exception) return Failure{};
  Tuple* args = as_exception(exception)->args;
  vm.stop_value = args->size ? (*args)[0] : Value::none();
  return Value::stop();
}

}  // namespace

Result<Value> send_into(Vm& vm, Value iterator, Value value) {
  if (is_exactly(iterator, generator_type))
    return vm.resume(static_cast<Generator*>(iterator.as_object()), value, Value());
  if (value.is_none()) return get_next(vm, iterator);
  Result<Value> answer = vm.call_method(iterator, "send"_n, {value});
  return answer ? answer : end_of_iteration(vm);
}

Result<Value> throw_into(Vm& vm, Value iterator, Value exception) {
  const Type* type = as_type(exception) ? as_type(exception) : type_of(exception);
  if (is_subtype(type, &GeneratorExit_type)) {
    Value close = TRY(find_attr(vm, iterator, "close"_n));
    if (!close.is_absent()) TRY(vm.call(close, Args(nullptr, 0)));
    return vm.raise(exception);
  }
  if (is_exactly(iterator, generator_type))
    return vm.resume(static_cast<Generator*>(iterator.as_object()), Value::none(), exception);
  Value method = TRY(find_attr(vm, iterator, "throw"_n));
  if (method.is_absent()) return vm.raise(exception);
  Result<Value> answer = vm.call(method, {exception});
  return answer ? answer : end_of_iteration(vm);
}

// ---- calls ----

Result<void> check_keyword_names(Vm& vm, Args args) {
  for (uint32_t i = 0; i < args.keywords; i++)
    if (!is_exactly(args.keyword_name(i), str_type)) return vm.raise(Error::forged_code);
  return {};
}

Result<size_t> spread_size(Vm& vm, const Value* call) {
  size_t keywords = call[3] ? TRY(length(vm, call[3])) : 0;
  return 2 + TRY(length(vm, call[2])) + 2 * keywords;
}

Result<SpreadCall> spread_call(Vm& vm, const Value* call, Value receiver, Value* to, size_t room) {
  Value items = native_of(call[2]);
  std::span<const Value> positional;
  if (is_exactly(items, list_type))
    positional = static_cast<List*>(items.as_object())->view();
  else if (is_exactly(items, tuple_type))
    positional = static_cast<Tuple*>(items.as_object())->view();
  else
    return vm.raise(Error::forged_code);
  Dict* keywords = call[3] ? as<Dict>(call[3], dict_type) : nullptr;
  if (call[3] && !keywords) return vm.raise(Error::forged_code);
  size_t pairs = keywords ? keywords->count : 0;
  if (2 + positional.size() + 2 * pairs > room) return vm.raise(Error::recursion);
  *to++ = call[0];
  *to++ = receiver;
  to = std::copy(positional.begin(), positional.end(), to);
  size_t at = 0;
  while (Dict::Entry* entry = keywords ? keywords->next(at) : nullptr) {
    *to++ = TRY(to_name(vm, entry->key));
    *to++ = entry->value;
    TRY(vm.poll_kill());
  }
  return SpreadCall{static_cast<uint32_t>(positional.size()), static_cast<uint32_t>(pairs)};
}

}  // namespace upy
