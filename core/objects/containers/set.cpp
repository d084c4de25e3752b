#include "objects/containers/set.h"

#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/model/native_function.h"
#include "objects/model/printing.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

Set* as_set(Value value) {
  value = native_of(value);
  return is_exactly(value, set_type) || is_exactly(value, frozenset_type) ? static_cast<Set*>(value.as_object())
                                                                          : nullptr;
}

Result<Set*> Set::make(Vm& vm, const Type& type) {
  Set* set = TRY(vm.allocate<Set>(type));
  set->initialize();
  return set;
}

Result<Set*> Set::make_from(Vm& vm, const Type& type, Value iterable) {
  Set* set = TRY(make(vm, type));
  TRY(set->update(vm, iterable));
  return set;
}

Result<void> Set::add(Vm& vm, Value value) {
  TRY(locate_or_add(vm, value, TRY(hash_key(vm, value))));
  return {};
}

Result<bool> Set::contains(Vm& vm, Value value) { return TRY(locate(vm, value, TRY(hash_key(vm, value)))) != kNone; }

Result<bool> Set::remove(Vm& vm, Value value) {
  int64_t at = TRY(locate(vm, value, TRY(hash_key(vm, value))));
  if (at != kNone) remove_at(at);
  return at != kNone;
}

namespace {

Set* self_set(Value self) { return static_cast<Set*>(self.as_object()); }

/// The items of any iterable with their hashes, which those of sets need not be asked for.
class HashedItems {
 public:
  Result<void> begin(Vm& vm, Value iterable) {
    set_ = as_set(iterable);
    if (set_) return {};
    return items_.begin(vm, iterable);
  }
  /// Whether there is another one.
  Result<bool> next(Vm& vm, SetEntry& item) {
    if (!set_) {
      item.key = TRY(items_.next(vm));
      if (item.key.is_stop()) return false;
      item.hash = TRY(hash_key(vm, item.key));
      return true;
    }
    TRY(vm.poll());
    SetEntry* entry = set_->next(at_);
    if (entry) item = *entry;
    return entry != nullptr;
  }

 private:
  Set* set_ = nullptr;
  size_t at_ = 0;
  Iteration items_;
};

/// Calls visit(item) for each item of an iterable; a Result<void>.
template <typename Visit>
Result<void> for_each(Vm& vm, Value iterable, Visit visit) {
  HashedItems items;
  TRY(items.begin(vm, iterable));
  SetEntry item{};
  while (TRY(items.next(vm, item))) TRY(visit(item));
  return {};
}

Result<Set*> copy(Vm& vm, Set* set) {
  Set* result = TRY(Set::make(vm, *set->shape->type));
  TRY(result->reserve(vm, set->count));
  size_t at = 0;
  while (SetEntry* entry = set->next(at)) {
    TRY(result->add_new(vm, entry->key, entry->hash));
    TRY(vm.poll_kill());
  }
  return result;
}

/// Gives the set the entries of another one, which is not used any more.
void take_entries(Set* set, Set* from) {
  set->table = from->table;
  set->used = from->used;
  set->count = from->count;
  set->version++;
}

/// The value if it is a set, else a new set of its items.
Result<Set*> to_set(Vm& vm, Value value) {
  if (Set* set = as_set(value)) return set;
  return Set::make_from(vm, set_type, value);
}

// ---- the operations, on a set that is changed ----

Result<void> subtract(Vm& vm, Set* set, Value other) {
  if (as_set(other) == set) {
    set->clear();
    return {};
  }
  return for_each(vm, other, [&](SetEntry& item) -> Result<void> {
    int64_t at = TRY(set->locate(vm, item.key, item.hash));
    if (at != Set::kNone) set->remove_at(at);
    return {};
  });
}

Result<void> symmetric_subtract(Vm& vm, Set* set, Value iterable) {
  Set* other = TRY(to_set(vm, iterable));
  if (other == set) {
    set->clear();
    return {};
  }
  return for_each(vm, other, [&](SetEntry& item) -> Result<void> {
    int64_t at = TRY(set->locate(vm, item.key, item.hash));
    if (at == Set::kNone)
      TRY(set->add_new(vm, item.key, item.hash));
    else
      set->remove_at(at);
    return {};
  });
}

/// A new set of the items that are in both.
Result<Set*> intersection(Vm& vm, Set* set, Value other) {
  Set* result = TRY(Set::make(vm, *set->shape->type));
  TRY(for_each(vm, other, [&](SetEntry& item) -> Result<void> {
    if (TRY(set->locate(vm, item.key, item.hash)) != Set::kNone) TRY(result->locate_or_add(vm, item.key, item.hash));
    return {};
  }));
  return result;
}

Result<bool> is_subset(Vm& vm, Set* set, Set* other) {
  if (set->count > other->count) return false;
  bool all = true;
  HashedItems items;
  TRY(items.begin(vm, set));
  SetEntry item{};
  while (all && TRY(items.next(vm, item))) all = TRY(other->locate(vm, item.key, item.hash)) != Set::kNone;
  return all;
}

}  // namespace

Result<void> Set::update(Vm& vm, Value iterable) {
  return for_each(vm, iterable, [&](SetEntry& item) -> Result<void> {
    TRY(locate_or_add(vm, item.key, item.hash));
    return {};
  });
}

namespace {

constexpr CellKind kKind{.trace = Set::trace};

Result<Value> set_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 0, 1));
  if (args.size() == 1 && type == &frozenset_type && is_exactly(args[0], frozenset_type)) return args[0];
  return args.size() == 0 ? TRY(Set::make(vm, *type)) : TRY(Set::make_from(vm, *type, args[0]));
}

// ---- operators ----

Result<void> set_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(vm.check_stack());
  Set* set = self_set(self);
  bool frozen = type_of(self) == &frozenset_type;
  if (set->count == 0) return out.write(vm, frozen ? "frozenset()" : "set()");
  TRY(out.write(vm, frozen ? "frozenset({" : "{"));
  size_t at = 0;
  bool first = true;
  while (SetEntry* entry = set->next(at)) {
    if (!first) TRY(out.write(vm, ", "));
    first = false;
    TRY(print(vm, entry->key, out, PrintStyle::Repr));
    TRY(vm.poll());
  }
  return out.write(vm, frozen ? "})" : "}");
}

Result<bool> compare(Vm& vm, BinaryOp op, Set* a, Set* b) {
  switch (op) {
    case BinaryOp::Lt:
      return a->count < b->count && TRY(is_subset(vm, a, b));
    case BinaryOp::Le:
      return is_subset(vm, a, b);
    case BinaryOp::Gt:
      return a->count > b->count && TRY(is_subset(vm, b, a));
    case BinaryOp::Ge:
      return is_subset(vm, b, a);
    case BinaryOp::Eq:
      return a->count == b->count && TRY(is_subset(vm, a, b));
    default:
      return a->count != b->count || !TRY(is_subset(vm, a, b));
  }
}

Result<Value> set_binary(Vm& vm, BinaryOp op, Value self, Value other_value) {
  Set* set = self_set(self);
  Set* other = as_set(other_value);
  if (!other) return Value::not_implemented();
  TRY(vm.check_stack());
  if (is_comparison(op)) return Value::boolean(TRY(compare(vm, op, set, other)));
  bool in_place = is_in_place(op) && type_of(self) == &set_type;
  switch (plain(op)) {
    case BinaryOp::And: {
      Set* result = TRY(intersection(vm, set, other));
      if (!in_place) return result;
      take_entries(set, result);
      return self;
    }
    case BinaryOp::Or: {
      Set* target = in_place ? set : TRY(copy(vm, set));
      TRY(target->update(vm, other));
      return target;
    }
    case BinaryOp::Sub: {
      Set* target = in_place ? set : TRY(copy(vm, set));
      TRY(subtract(vm, target, other));
      return target;
    }
    case BinaryOp::Xor: {
      Set* target = in_place ? set : TRY(copy(vm, set));
      TRY(symmetric_subtract(vm, target, other));
      return target;
    }
    default:
      return Value::not_implemented();
  }
}

/// A hash that does not depend on the order of the items.
Result<uint64_t> frozenset_hash(Vm& vm, Value self) {
  uint64_t result = 0x72e8ef4d;
  size_t at = 0;
  while (SetEntry* entry = self_set(self)->next(at)) {
    result += (entry->hash ^ entry->hash >> 29) * 0xbf58476d1ce4e5b9;
    TRY(vm.poll());
  }
  return result;
}

Result<size_t> set_length(Vm&, Value self) { return size_t{self_set(self)->count}; }

Result<bool> set_contains(Vm& vm, Value self, Value item) { return self_set(self)->contains(vm, item); }

Result<Value> set_next_at(Vm&, Value self, int64_t& cursor) {
  auto at = static_cast<size_t>(cursor);
  SetEntry* entry = self_set(self)->next(at);
  cursor = static_cast<int64_t>(at);
  return entry ? entry->key : Value::stop();
}

// ---- methods ----

Result<Value> set_add(Vm& vm, Args args) {
  TRY(self_set(args[0])->add(vm, args[1]));
  return Value::none();
}

Result<Value> set_clear(Vm&, Args args) {
  self_set(args[0])->clear();
  return Value::none();
}

Result<Value> set_copy(Vm& vm, Args args) { return TRY(copy(vm, self_set(args[0]))); }

Result<Value> set_discard(Vm& vm, Args args) {
  TRY(self_set(args[0])->remove(vm, args[1]));
  return Value::none();
}

Result<Value> set_remove(Vm& vm, Args args) {
  if (!TRY(self_set(args[0])->remove(vm, args[1]))) return vm.raise_with(KeyError_type, args[1]);
  return Value::none();
}

/// Takes out the oldest item.
Result<Value> set_pop(Vm& vm, Args args) {
  Set* set = self_set(args[0]);
  size_t at = 0;
  SetEntry* entry = set->next(at);
  if (!entry) return vm.raise(Error::pop_from_empty_set);
  Value item = entry->key;
  set->remove_at(static_cast<int64_t>(at) - 1);
  return item;
}

Result<Value> set_difference_update(Vm& vm, Args args) {
  for (uint32_t i = 1; i < args.size(); i++) TRY(subtract(vm, self_set(args[0]), args[i]));
  return Value::none();
}

Result<Value> set_difference(Vm& vm, Args args) {
  Set* result = TRY(copy(vm, self_set(args[0])));
  for (uint32_t i = 1; i < args.size(); i++) TRY(subtract(vm, result, args[i]));
  return result;
}

Result<Value> set_intersection(Vm& vm, Args args) { return TRY(intersection(vm, self_set(args[0]), args[1])); }

Result<Value> set_intersection_update(Vm& vm, Args args) {
  take_entries(self_set(args[0]), TRY(intersection(vm, self_set(args[0]), args[1])));
  return Value::none();
}

Result<Value> set_isdisjoint(Vm& vm, Args args) {
  bool disjoint = true;
  HashedItems items;
  TRY(items.begin(vm, args[1]));
  SetEntry item{};
  while (disjoint && TRY(items.next(vm, item)))
    disjoint = TRY(self_set(args[0])->locate(vm, item.key, item.hash)) == Set::kNone;
  return Value::boolean(disjoint);
}

Result<Value> set_issubset(Vm& vm, Args args) {
  return Value::boolean(TRY(is_subset(vm, self_set(args[0]), TRY(to_set(vm, args[1])))));
}

Result<Value> set_issuperset(Vm& vm, Args args) {
  return Value::boolean(TRY(is_subset(vm, TRY(to_set(vm, args[1])), self_set(args[0]))));
}

Result<Value> set_symmetric_difference_update(Vm& vm, Args args) {
  TRY(symmetric_subtract(vm, self_set(args[0]), args[1]));
  return Value::none();
}

Result<Value> set_symmetric_difference(Vm& vm, Args args) {
  Set* result = TRY(copy(vm, self_set(args[0])));
  TRY(symmetric_subtract(vm, result, args[1]));
  return result;
}

Result<Value> set_update(Vm& vm, Args args) {
  for (uint32_t i = 1; i < args.size(); i++) TRY(self_set(args[0])->update(vm, args[i]));
  return Value::none();
}

Result<Value> set_union(Vm& vm, Args args) {
  Set* result = TRY(copy(vm, self_set(args[0])));
  for (uint32_t i = 1; i < args.size(); i++) TRY(result->update(vm, args[i]));
  return result;
}

Result<Value> set_contains_method(Vm& vm, Args args) {
  return Value::boolean(TRY(self_set(args[0])->contains(vm, args[1])));
}

constexpr uint8_t kAny = NativeFunction::kAny;

// What both have comes first.
constexpr Member kMembers[] = {
    {"copy"_n, native<set_copy, 1>},
    {"difference"_n, native<set_difference, 1, kAny>},
    {"intersection"_n, native<set_intersection, 2>},
    {"isdisjoint"_n, native<set_isdisjoint, 2>},
    {"issubset"_n, native<set_issubset, 2>},
    {"issuperset"_n, native<set_issuperset, 2>},
    {"symmetric_difference"_n, native<set_symmetric_difference, 2>},
    {"union"_n, native<set_union, 1, kAny>},
    {"__contains__"_n, native<set_contains_method, 2>},
    {"add"_n, native<set_add, 2>},
    {"clear"_n, native<set_clear, 1>},
    {"discard"_n, native<set_discard, 2>},
    {"difference_update"_n, native<set_difference_update, 1, kAny>},
    {"intersection_update"_n, native<set_intersection_update, 2>},
    {"pop"_n, native<set_pop, 1>},
    {"remove"_n, native<set_remove, 2>},
    {"symmetric_difference_update"_n, native<set_symmetric_difference_update, 2>},
    {"update"_n, native<set_update, 1, kAny>},
};
constexpr size_t kFrozenMembers = 9;

constexpr Slots kFrozenSlots{
    .print = set_print,
    .construct = set_construct,
    .binary = set_binary,
    .hash = frozenset_hash,
    .length = set_length,
    .contains = set_contains,
    .next_at = set_next_at,
};

constexpr Slots without_hash(Slots slots) {
  slots.hash = nullptr;
  return slots;
}

}  // namespace

constinit const Type set_type{
    {.name = "set"_n, .kind = &kKind, .members = kMembers, .slots = without_hash(kFrozenSlots)}};
constinit const Type frozenset_type{
    {.name = "frozenset"_n, .kind = &kKind, .members = std::span(kMembers, kFrozenMembers), .slots = kFrozenSlots}};

}  // namespace upy
