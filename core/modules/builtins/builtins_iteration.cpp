#include "modules/builtins/builtins.h"
#include "objects/containers/iterator.h"
#include "objects/containers/list.h"
#include "objects/containers/sort.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

Result<Value> builtin_len(Vm& vm, Args args) { return make_uint(vm, TRY(length(vm, args[0]))); }

/// iter(iterable), or iter(callable, sentinel).
Result<Value> builtin_iter(Vm& vm, Args args) {
  if (args.size() == 1) return get_iter(vm, args[0]);
  if (!is_callable(args[0])) return vm.raise(Error::not_callable, {type_of(args[0])});
  return make_callable_iterator(vm, args[0], args[1]);
}

/// next(iterator[, default]).
Result<Value> builtin_next(Vm& vm, Args args) {
  Value item = TRY(get_next(vm, args[0]));
  if (!item.is_stop()) return item;
  if (args.size() == 2) return args[1];
  return raise_stop_iteration(vm);
}

// ---- reductions ----

namespace {

/// Whether some item's truth is `wanted`.
enum class Wanted : uint8_t { False, True };
Result<bool> has_item(Vm& vm, Value iterable, Wanted wanted) {
  Iteration items;
  TRY(items.begin(vm, iterable));
  while (true) {
    Value item = TRY(items.next(vm));
    if (item.is_stop()) return false;
    if (TRY(truth(vm, item)) == (wanted == Wanted::True)) return true;
  }
}

}  // namespace

Result<Value> builtin_all(Vm& vm, Args args) { return Value::boolean(!TRY(has_item(vm, args[0], Wanted::False))); }
Result<Value> builtin_any(Vm& vm, Args args) { return Value::boolean(TRY(has_item(vm, args[0], Wanted::True))); }

Result<Value> builtin_sum(Vm& vm, Args args) {
  Value sum = args.size() > 1 ? args[1] : Value::small_int(0);
  Iteration items;
  TRY(items.begin(vm, args[0]));
  while (true) {
    Value item = TRY(items.next(vm));
    if (item.is_stop()) return sum;
    sum = TRY(binary(vm, BinaryOp::Add, sum, item));
  }
}

namespace {

/// Keeps the item whose key is the least, or the greatest, so far.
class Extreme {
 public:
  Extreme(BinaryOp better, Value key) : better_(better), key_(key) {}

  Result<void> take(Vm& vm, Value item) {
    Value key = key_.is_none() ? item : TRY(vm.call(key_, {item}));
    if (best_ && !TRY(truth(vm, TRY(binary(vm, better_, key, best_key_))))) return {};
    best_ = item;
    best_key_ = key;
    return {};
  }
  Value best() const { return best_; }  ///< null: there was no item

 private:
  BinaryOp better_;
  Value key_, best_, best_key_;
};

/// min or max of an iterable, or of two arguments and more, with the keywords `key` and `default`.
Result<Value> find_extreme(Vm& vm, Args args, BinaryOp better) {
  constexpr Parameter kParameters[] = {{"key"_n, Parameter::Kind::KeywordOnly, Value::none()},
                                       {"default"_n, Parameter::Kind::KeywordOnly}};
  Value options[2];
  TRY(parse_arguments(vm, args.skip(args.positional), kParameters, options));
  Extreme extreme(better, options[0]);
  if (args.positional > 1) {
    for (uint32_t i = 0; i < args.positional; i++) TRY(extreme.take(vm, args[i]));
    return extreme.best();
  }
  Iteration items;
  TRY(items.begin(vm, args[0]));
  while (true) {
    Value item = TRY(items.next(vm));
    if (item.is_stop()) break;
    TRY(extreme.take(vm, item));
  }
  if (extreme.best()) return extreme.best();
  if (options[1]) return options[1];
  return vm.raise(Error::empty_sequence);
}

}  // namespace

Result<Value> builtin_max(Vm& vm, Args args) { return find_extreme(vm, args, BinaryOp::Gt); }
Result<Value> builtin_min(Vm& vm, Args args) { return find_extreme(vm, args, BinaryOp::Lt); }

/// sorted(iterable, *, key=None, reverse=False).
Result<Value> builtin_sorted(Vm& vm, Args args) {
  if (args.positional > 1) return vm.raise(Error::sorted_key_keyword);
  List* list = TRY(List::make(vm));
  TRY(list->extend(vm, args[0]));
  TRY(sort(vm, list, args.skip(1)));
  return list;
}

}  // namespace upy
