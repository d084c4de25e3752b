#include "objects/containers/iterator_tools.h"

#include <algorithm>

#include "objects/containers/iterator.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/iteration.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

namespace {

/// Iterators that are built of others may be nested without end.
Result<Value> next_of(Vm& vm, Value iterator) {
  TRY(vm.check_stack());
  return get_next(vm, iterator);
}

// ---- enumerate ----

struct Enumerate : Object {
  Value iterator;
  int64_t count;
};

constexpr CellKind kEnumerateKind{
    .trace = [](Object* object, Marker& marker) { marker.mark(static_cast<Enumerate*>(object)->iterator); }};

constexpr Parameter kEnumerateParameters[] = {
    {"iterable"_n, Parameter::Kind::Required},
    {"start"_n, Parameter::Kind::Optional, Value::small_int(0)},
};

Result<Value> enumerate_construct(Vm& vm, const Type* type, Args args) {
  Value values[2];
  TRY(parse_arguments(vm, args, kEnumerateParameters, values));
  int64_t start = TRY(to_int64(vm, values[1]));
  Value iterator = TRY(get_iter(vm, values[0]));
  Enumerate* object = TRY(vm.allocate<Enumerate>(*type));
  object->iterator = iterator;
  object->count = start;
  return object;
}

Result<Value> enumerate_next(Vm& vm, Value self) {
  auto* object = static_cast<Enumerate*>(self.as_object());
  Value item = TRY(next_of(vm, object->iterator));
  if (item.is_stop()) return item;
  Value pair[] = {TRY(make_int(vm, object->count)), item};
  object->count = static_cast<int64_t>(static_cast<uint64_t>(object->count) + 1);
  return TRY(Tuple::make(vm, pair));
}

// ---- zip and map ----

/// An object with a function (null for zip) and iterators.
struct Parallel : Object {
  Value function;
  size_t count;
  Value* iterators() { return reinterpret_cast<Value*>(this + 1); }
};

constexpr CellKind kParallelKind{.trace = [](Object* object, Marker& marker) {
  auto* parallel = static_cast<Parallel*>(object);
  marker.mark(parallel->function);
  marker.mark(parallel->iterators(), parallel->count);
}};

Result<Value> make_parallel(Vm& vm, const Type& type, Value function, Args iterables) {
  Tuple* iterators = TRY(Tuple::make(vm, iterables.size()));
  for (uint32_t i = 0; i < iterables.size(); i++) (*iterators)[i] = TRY(get_iter(vm, iterables[i]));
  Parallel* parallel = TRY(vm.allocate<Parallel>(type, sizeof(Parallel) + iterables.size() * sizeof(Value)));
  parallel->function = function;
  parallel->count = iterables.size();
  std::copy_n(iterators->items(), iterables.size(), parallel->iterators());
  return parallel;
}

/// The next item of each iterator, or null if one has ended.
Result<bool> next_of_all(Vm& vm, Parallel* parallel, Value* items) {
  for (size_t i = 0; i < parallel->count; i++) {
    items[i] = TRY(next_of(vm, parallel->iterators()[i]));
    if (items[i].is_stop()) return false;
  }
  return true;
}

Result<Value> zip_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 0, UINT32_MAX));
  return make_parallel(vm, *type, Value(), args);
}

Result<Value> zip_next(Vm& vm, Value self) {
  auto* parallel = static_cast<Parallel*>(self.as_object());
  if (parallel->count == 0) return stop_iteration(vm);
  Tuple* items = TRY(Tuple::make(vm, parallel->count));
  return TRY(next_of_all(vm, parallel, items->items())) ? Value(items) : Value::stop();
}

Result<Value> map_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 2, UINT32_MAX));
  return make_parallel(vm, *type, args[0], args.skip(1));
}

Result<Value> map_next(Vm& vm, Value self) {
  auto* parallel = static_cast<Parallel*>(self.as_object());
  if (parallel->count == 1) {
    Value item = TRY(next_of(vm, parallel->iterators()[0]));
    return item.is_stop() ? item : vm.call(parallel->function, {item});
  }
  Tuple* items = TRY(Tuple::make(vm, parallel->count));
  if (!TRY(next_of_all(vm, parallel, items->items()))) return Value::stop();
  return vm.call(parallel->function, Args(items->items(), static_cast<uint32_t>(items->size)));
}

// ---- filter ----

struct Filter : Object {
  Value function;  ///< None: truth itself
  Value iterator;
};

constexpr CellKind kFilterKind{.trace = [](Object* object, Marker& marker) {
  marker.mark(static_cast<Filter*>(object)->function);
  marker.mark(static_cast<Filter*>(object)->iterator);
}};

Result<Value> filter_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 2, 2));
  Value iterator = TRY(get_iter(vm, args[1]));
  Filter* filter = TRY(vm.allocate<Filter>(*type));
  filter->function = args[0];
  filter->iterator = iterator;
  return filter;
}

Result<Value> filter_next(Vm& vm, Value self) {
  auto* filter = static_cast<Filter*>(self.as_object());
  while (true) {
    Value item = TRY(next_of(vm, filter->iterator));
    if (item.is_stop()) return item;
    Value verdict = filter->function.is_none() ? item : TRY(vm.call(filter->function, {item}));
    if (TRY(truth(vm, verdict))) return item;
    TRY(vm.poll());
  }
}

// ---- reversed ----

struct Reversed : Object {
  Value sequence;
  size_t left;  ///< items to come
};

constexpr CellKind kReversedKind{
    .trace = [](Object* object, Marker& marker) { marker.mark(static_cast<Reversed*>(object)->sequence); }};

/// reversed(x): what x.__reversed__() answers if there is such a method, else an iterator over x[len(x) - 1], … x[0].
Result<Value> reversed_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 1, 1));
  Value method = TRY(find_attr(vm, args[0], "__reversed__"_n));
  if (!method.is_absent()) return vm.call(method, {});
  size_t size = TRY(length(vm, args[0]));
  Reversed* object = TRY(vm.allocate<Reversed>(*type));
  object->sequence = args[0];
  object->left = size;
  return object;
}

Result<Value> reversed_next(Vm& vm, Value self) {
  auto* object = static_cast<Reversed*>(self.as_object());
  if (object->left == 0) return stop_iteration(vm);
  TRY(vm.check_stack());
  object->left--;
  return get_item(vm, object->sequence, TRY(make_int(vm, static_cast<int64_t>(object->left))));
}

}  // namespace

constinit const Type enumerate_type{{
    .name = "enumerate"_n,
    .kind = &kEnumerateKind,
    .flags = Type::kHashByAddress,
    .slots = {.construct = enumerate_construct, .next = enumerate_next},
}};

constinit const Type zip_type{{
    .name = "zip"_n,
    .kind = &kParallelKind,
    .flags = Type::kHashByAddress,
    .slots = {.construct = zip_construct, .next = zip_next},
}};

constinit const Type map_type{{
    .name = "map"_n,
    .kind = &kParallelKind,
    .flags = Type::kHashByAddress,
    .slots = {.construct = map_construct, .next = map_next},
}};

constinit const Type filter_type{{
    .name = "filter"_n,
    .kind = &kFilterKind,
    .flags = Type::kHashByAddress,
    .slots = {.construct = filter_construct, .next = filter_next},
}};

constinit const Type reversed_type{{
    .name = "reversed"_n,
    .kind = &kReversedKind,
    .flags = Type::kHashByAddress,
    .slots = {.construct = reversed_construct, .next = reversed_next},
}};

}  // namespace upy
