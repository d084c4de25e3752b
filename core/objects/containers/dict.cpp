#include "objects/containers/dict.h"

#include "objects/containers/dict_views.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

namespace {

constexpr CellKind kDictKind{.letter = 'D', .trace = Dict::trace};

/// The shape of dicts that scripts cannot change.
constinit const Shape frozen_dict_shape{&shape_shape, &kDictKind, &dict_type};

}  // namespace

Dict* as_dict(Value value) {
  value = native_of(value);
  if (!value.is_object()) return nullptr;
  const Type* type = value.as_object()->shape->type;
  return type == &dict_type || type == &ordered_dict_type ? static_cast<Dict*>(value.as_object()) : nullptr;
}

Result<Dict*> Dict::make(Vm& vm, size_t capacity) { return make(vm, dict_type, capacity); }

Result<Dict*> Dict::make(Vm& vm, const Type& type, size_t capacity) {
  Dict* dict = TRY(vm.allocate<Dict>(type));
  dict->initialize();
  TRY(dict->reserve(vm, capacity));
  return dict;
}

void Dict::freeze() { shape = &frozen_dict_shape; }

// ---- by name ----

bool Dict::remove(const Str* name) {
  int64_t at = locate_name(name);
  if (at == kNone) return false;
  remove_at(at);
  return true;
}

Result<void> Dict::set(Vm& vm, const Str* name, Value value) {
  int64_t at = locate_name(name);
  if (at == kNone) at = TRY(add_new(vm, name, name->hash()));
  entries()[at].value = value;
  return {};
}

// ---- by any key ----

namespace {

/// Whether the key is best looked up by its address: an interned string in a dict without keys that might equal it.
bool is_name_in(const Dict* dict, Value key) {
  return is_exactly(key, str_type) && static_cast<const Str*>(key.as_object())->interned &&
         !(dict->table && dict->table->mixed);
}

/// As in MicroPython, an OrderedDict takes any key. Those that have no hash all get the same one.
Result<uint64_t> hash_key_for(Vm& vm, const Dict* dict, Value key) {
  if (dict->shape == &ordered_dict_type.root) {
    const Type* type = type_of(key);
    if (!type->slots.hash && !(type->flags & Type::kHashByAddress)) return uint64_t{0};
  }
  return hash_key(vm, key);
}

}  // namespace

Result<Value> Dict::get(Vm& vm, Value key) {
  if (count == 0) return Value::absent();  // without a question to the key, as in MicroPython
  int64_t at = is_name_in(this, key) ? locate_name(static_cast<const Str*>(key.as_object()))
                                     : TRY(locate(vm, key, TRY(hash_key_for(vm, this, key))));
  return at == kNone ? Value::absent() : entries()[at].value;
}

Result<void> Dict::set(Vm& vm, Value key, Value value) {
  if (is_name_in(this, key)) return set(vm, static_cast<const Str*>(key.as_object()), value);
  int64_t at = TRY(locate_or_add(vm, key, TRY(hash_key_for(vm, this, key))));
  entries()[at].value = value;
  return {};
}

Result<Value> Dict::set_default(Vm& vm, Value key, Value value) {
  int64_t at = TRY(locate_or_add(vm, key, TRY(hash_key_for(vm, this, key))));
  Value& slot = entries()[at].value;
  if (!slot) slot = value;
  return slot;
}

Result<bool> Dict::remove(Vm& vm, Value key, Value* removed) {
  int64_t at = TRY(locate(vm, key, TRY(hash_key_for(vm, this, key))));
  if (at == kNone) return false;
  if (removed) *removed = entries()[at].value;
  remove_at(at);
  return true;
}

Result<Dict*> Dict::copy(Vm& vm) {
  Dict* result = TRY(make(vm, *shape->type, count));
  TRY(result->update(vm, this));
  return result;
}

Result<void> Dict::update(Vm& vm, Dict* other) {
  if (other == this) return {};
  size_t at = 0;
  if (count == 0) {  // nothing to compare with, so no Python runs meanwhile
    TRY(reserve(vm, other->count));
    while (Entry* entry = other->next(at)) {
      const Value value = entry->value;
      entries()[TRY(add_new(vm, entry->key, entry->hash))].value = value;
      TRY(vm.poll_kill());
    }
    return {};
  }
  while (Entry* entry = other->next(at)) {
    Value value = entry->value;
    int64_t target = TRY(locate_or_add(vm, entry->key, entry->hash));
    entries()[target].value = value;
    TRY(vm.poll());
  }
  return {};
}

// ---- construction ----

namespace {

Dict* self_dict(Args args) { return static_cast<Dict*>(args[0].as_object()); }

/// The dict that a method is about to change. TypeError if it is frozen.
Result<Dict*> changing(Vm& vm, Value self) {
  auto* dict = static_cast<Dict*>(self.as_object());
  if (dict->shape == &frozen_dict_shape) return vm.raise_with(TypeError_type, Value());
  return dict;
}

/// Stores one (key, value) of an iterable of pairs.
Result<void> update_from_pair(Vm& vm, Dict* dict, Value pair) {
  Iteration parts;
  TRY(parts.begin(vm, pair));
  Value key = TRY(parts.next(vm));
  Value value = key.is_stop() ? key : TRY(parts.next(vm));
  if (value.is_stop() || !TRY(parts.next(vm)).is_stop()) return vm.raise(Error::dict_update_length);
  return dict->set(vm, key, value);
}

Result<void> update_from_iterable(Vm& vm, Dict* dict, Value iterable) {
  if (Dict* other = as_dict(iterable)) return dict->update(vm, other);
  Iteration pairs;
  TRY(pairs.begin(vm, iterable));
  while (true) {
    Value pair = TRY(pairs.next(vm));
    if (pair.is_stop()) return {};
    TRY(update_from_pair(vm, dict, pair));
  }
}

/// What dict() and update() have in common: at most one positional argument, and keywords.
Result<void> update_from_arguments(Vm& vm, Dict* dict, Args args) {
  TRY(check_arguments(vm, Args(args.values, args.positional), 0, 1));
  if (args.positional == 1) TRY(update_from_iterable(vm, dict, args[0]));
  for (uint32_t i = 0; i < args.keywords; i++) TRY(dict->set(vm, args.keyword_name(i), args.keyword_value(i)));
  return {};
}

Result<Value> dict_construct(Vm& vm, const Type* type, Args args) {
  Dict* dict = TRY(Dict::make(vm, *type, 0));
  TRY(update_from_arguments(vm, dict, args));
  return dict;
}

// ---- operators ----

Result<void> dict_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(vm.check_stack());
  auto* dict = static_cast<Dict*>(self.as_object());
  bool ordered = type_of(self) == &ordered_dict_type;
  TRY(out.write(vm, ordered ? "OrderedDict({" : "{"));
  size_t at = 0;
  bool first = true;
  while (Dict::Entry* entry = dict->next(at)) {
    Value value = entry->value;
    if (!first) TRY(out.write(vm, ", "));
    first = false;
    TRY(print(vm, entry->key, out, PrintStyle::Repr));
    TRY(out.write(vm, ": "));
    TRY(print(vm, value, out, PrintStyle::Repr));
    TRY(vm.poll());
  }
  return out.write(vm, ordered ? "})" : "}");
}

Result<bool> equal_dicts(Vm& vm, Dict* a, Dict* b) {
  if (a->count != b->count) return false;
  size_t at = 0;
  while (Dict::Entry* entry = a->next(at)) {
    Value value = entry->value;
    int64_t other = TRY(b->locate(vm, entry->key, entry->hash));
    if (other == Dict::kNone || !TRY(equal(vm, value, b->entries()[other].value))) return false;
    TRY(vm.poll());
  }
  return true;
}

/// Equality of two OrderedDicts, whose order counts.
Result<bool> equal_in_order(Vm& vm, Dict* a, Dict* b) {
  if (a->count != b->count) return false;
  size_t at = 0, other_at = 0;
  while (true) {
    Dict::Entry* entry = a->next(at);
    Dict::Entry* other = b->next(other_at);
    if (!entry || !other) return entry == other;
    Value value = entry->value, other_value = other->value;
    if (!TRY(equal(vm, entry->key, other->key)) || !TRY(equal(vm, value, other_value))) return false;
    TRY(vm.poll());
  }
}

Result<Value> dict_binary(Vm& vm, BinaryOp op, Value self, Value other_value) {
  TRY(vm.check_stack());
  auto* dict = static_cast<Dict*>(self.as_object());
  Dict* other = as_dict(other_value);
  switch (op) {
    case BinaryOp::Eq:
    case BinaryOp::Ne: {
      if (!other) return Value::not_implemented();
      bool ordered = type_of(self) == &ordered_dict_type && type_of(other) == &ordered_dict_type;
      bool same = TRY(ordered ? equal_in_order(vm, dict, other) : equal_dicts(vm, dict, other));
      return Value::boolean(same == (op == BinaryOp::Eq));
    }
    case BinaryOp::Or: {
      Dict* result = TRY(dict->copy(vm));
      TRY(update_from_iterable(vm, result, other_value));
      return result;
    }
    case BinaryOp::InPlaceOr:
      TRY(update_from_iterable(vm, TRY(changing(vm, self)), other_value));
      return self;
    default:
      return Value::not_implemented();
  }
}

Result<size_t> dict_length(Vm&, Value self) { return size_t{static_cast<Dict*>(self.as_object())->count}; }

Result<Value> dict_get_item(Vm& vm, Value self, Value key) {
  Value value = TRY(static_cast<Dict*>(self.as_object())->get(vm, key));
  if (value.is_absent()) return vm.raise_with(KeyError_type, key);
  return value;
}

Result<void> dict_set_item(Vm& vm, Value self, Value key, Value value) {
  Dict* dict = TRY(changing(vm, self));
  if (value) return dict->set(vm, key, value);
  if (!TRY(dict->remove(vm, key))) return vm.raise_with(KeyError_type, key);
  return {};
}

Result<bool> dict_contains(Vm& vm, Value self, Value key) {
  return !TRY(static_cast<Dict*>(self.as_object())->get(vm, key)).is_absent();
}

Result<Value> dict_next_at(Vm&, Value self, int64_t& cursor) {
  auto at = static_cast<size_t>(cursor);
  Dict::Entry* entry = static_cast<Dict*>(self.as_object())->next(at);
  cursor = static_cast<int64_t>(at);
  return entry ? entry->key : Value::stop();
}

// ---- methods ----

Result<Value> dict_clear(Vm& vm, Args args) {
  TRY(changing(vm, args[0]))->clear();
  return Value::none();
}

Result<Value> dict_copy(Vm& vm, Args args) { return TRY(self_dict(args)->copy(vm)); }

/// A class method: OrderedDict.fromkeys makes an OrderedDict, and that of any other class a dict.
Result<Value> dict_fromkeys(Vm& vm, Args args) {
  bool ordered = args[0] == Value(&ordered_dict_type);
  Dict* dict = TRY(Dict::make(vm, ordered ? ordered_dict_type : dict_type, 0));
  Value value = args.size() > 2 ? args[2] : Value::none();
  Iteration keys;
  TRY(keys.begin(vm, args[1]));
  while (true) {
    Value key = TRY(keys.next(vm));
    if (key.is_stop()) return dict;
    TRY(dict->set(vm, key, value));
  }
}

Result<Value> dict_get(Vm& vm, Args args) {
  Value value = TRY(self_dict(args)->get(vm, args[1]));
  if (!value.is_absent()) return value;
  return args.size() > 2 ? args[2] : Value::none();
}

Result<Value> dict_pop(Vm& vm, Args args) {
  Value value;
  if (TRY(TRY(changing(vm, args[0]))->remove(vm, args[1], &value))) return value;
  if (args.size() > 2) return args[2];
  return vm.raise_with(KeyError_type, args[1]);
}

Result<Value> dict_popitem(Vm& vm, Args args) {
  Dict* dict = TRY(changing(vm, args[0]));
  if (dict->count == 0) return vm.raise(Error::popitem_empty);
  Tuple* item = TRY(Tuple::make(vm, 2));
  uint32_t last = dict->used - 1;
  (*item)[0] = dict->entries()[last].key;
  (*item)[1] = dict->entries()[last].value;
  dict->remove_at(last);
  return item;
}

Result<Value> dict_setdefault(Vm& vm, Args args) {
  return TRY(changing(vm, args[0]))->set_default(vm, args[1], args.size() > 2 ? args[2] : Value::none());
}

Result<Value> dict_update(Vm& vm, Args args) {
  if (args.positional == 0) return vm.raise(Error::native_missing_arguments, {1});
  TRY(update_from_arguments(vm, TRY(changing(vm, args[0])), args.skip(1)));
  return Value::none();
}

Result<Value> dict_items(Vm& vm, Args args) { return TRY(DictView::make(vm, dict_items_type, self_dict(args))); }
Result<Value> dict_keys(Vm& vm, Args args) { return TRY(DictView::make(vm, dict_keys_type, self_dict(args))); }
Result<Value> dict_values(Vm& vm, Args args) { return TRY(DictView::make(vm, dict_values_type, self_dict(args))); }

Result<Value> dict_getitem_method(Vm& vm, Args args) { return dict_get_item(vm, args[0], args[1]); }

Result<Value> dict_setitem_method(Vm& vm, Args args) {
  TRY(dict_set_item(vm, args[0], args[1], args[2]));
  return Value::none();
}

Result<Value> dict_delitem_method(Vm& vm, Args args) {
  TRY(dict_set_item(vm, args[0], args[1], Value()));
  return Value::none();
}

constexpr Member kMembers[] = {
    {"clear"_n, native<dict_clear, 1>},
    {"copy"_n, native<dict_copy, 1>},
    {"fromkeys"_n, native<dict_fromkeys, 2, 3, NativeFunction::kClassMethod>},
    {"get"_n, native<dict_get, 2, 3>},
    {"items"_n, native<dict_items, 1>},
    {"keys"_n, native<dict_keys, 1>},
    {"pop"_n, native<dict_pop, 2, 3>},
    {"popitem"_n, native<dict_popitem, 1>},
    {"setdefault"_n, native<dict_setdefault, 2, 3>},
    {"update"_n, native<dict_update, 1, NativeFunction::kAny, NativeFunction::kKeywords>},
    {"values"_n, native<dict_values, 1>},
    {"__getitem__"_n, native<dict_getitem_method, 2>},
    {"__setitem__"_n, native<dict_setitem_method, 3>},
    {"__delitem__"_n, native<dict_delitem_method, 2>},
};

constexpr Slots kSlots{
    .print = dict_print,
    .construct = dict_construct,
    .binary = dict_binary,
    .length = dict_length,
    .get_item = dict_get_item,
    .set_item = dict_set_item,
    .contains = dict_contains,
    .next_at = dict_next_at,
};

}  // namespace

constinit const Type dict_type{{.name = "dict"_n, .kind = &kDictKind, .members = kMembers, .slots = kSlots}};
constinit const Type ordered_dict_type{
    {.name = "OrderedDict"_n, .kind = &kDictKind, .base = &dict_type, .slots = kSlots}};

}  // namespace upy
