#include "objects/containers/sort.h"

#include "objects/containers/merge_sort.h"
#include "objects/model/operators.h"
#include "objects/numbers/float.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

namespace {

// Comparisons of keys that are all of one simple type.

struct SmallIntLess {
  static bool accepts(Value key) { return key.is_small_int(); }
  Result<bool> operator()(Value a, Value b) const { return a.as_small_int() < b.as_small_int(); }
};

struct FloatLess {
  static bool accepts(Value key) { return is_float(key); }
  Result<bool> operator()(Value a, Value b) const { return as_double(a) < as_double(b); }
};

struct StrLess {
  static bool accepts(Value key) { return is_exactly(key, str_type); }
  Vm& vm;
  Result<bool> operator()(Value a, Value b) const { return TRY(compare_bytes(vm, text(a), text(b))) < 0; }
  static std::string_view text(Value value) { return static_cast<Str*>(value.as_object())->view(); }
};

/// Any other keys, or keys of different types.
struct AnyLess {
  Vm& vm;
  Result<bool> operator()(Value a, Value b) const { return less(vm, a, b); }
};

/// A list's items while they are sorted. The list itself is empty meanwhile, so nobody sees or moves them.
class Sorting {
 public:
  Sorting(Vm& vm, List* list)
      : vm_(vm), list_(list), storage_(list->storage), size_(list->size), capacity_(list->capacity) {
    list->abandon();
  }

  Result<void> sort(Value key, SortOrder order) {
    SortElements elements{storage_->items(), nullptr};
    if (key) elements = {TRY(make_keys(key)), storage_->items()};
    SortElements spare{};
    if (size_ > MergeSort<AnyLess>::kShortRun) {
      spare.keys = TRY(vm_.allocate_values(size_ / 2))->items();
      if (key) spare.items = TRY(vm_.allocate_values(size_ / 2))->items();
    }
    if (TRY(all<SmallIntLess>(elements.keys))) return run(elements, spare, order, SmallIntLess());
    if (TRY(all<FloatLess>(elements.keys))) return run(elements, spare, order, FloatLess());
    if (TRY(all<StrLess>(elements.keys))) return run(elements, spare, order, StrLess{vm_});
    return run(elements, spare, order, AnyLess{vm_});
  }

  /// Gives the list its items back. False if it got others meanwhile.
  bool finish() {
    bool untouched = list_->storage == nullptr;
    list_->storage = storage_;
    list_->size = size_;
    list_->capacity = capacity_;
    return untouched;
  }

 private:
  /// key(item) of all items.
  Result<Value*> make_keys(Value key) {
    Value* keys = size_ <= MergeSort<AnyLess>::kShortRun ? few_keys_ : TRY(vm_.allocate_values(size_))->items();
    for (size_t i = 0; i < size_; i++) keys[i] = TRY(vm_.call(key, {storage_->items()[i]}));
    return keys;
  }

  template <typename Less>
  Result<bool> all(const Value* keys) const {
    bool accepted = true;
    TRY(in_slices_while(vm_, size_ * sizeof(Value), [&](size_t at, size_t n) {
      const Value* const first = keys + at / sizeof(Value);
      return accepted = std::all_of(first, first + n / sizeof(Value), Less::accepts);
    }));
    return accepted;
  }

  template <typename Less>
  Result<void> run(SortElements elements, SortElements spare, SortOrder order, Less less) {
    return MergeSort<Less>(vm_, elements, size_, spare, order, less).run();
  }

  Vm& vm_;
  List* list_;
  ValueStorage* storage_;
  size_t size_, capacity_;
  Value few_keys_[MergeSort<AnyLess>::kShortRun];
};

}  // namespace

Result<void> sort(Vm& vm, List* list, Value key, SortOrder order) {
  if (list->size == 0) return {};
  Sorting sorting(vm, list);
  Result<void> outcome = sorting.sort(key, order);
  bool untouched = sorting.finish();
  if (outcome && !untouched) return vm.raise(Error::list_modified_during_sort);
  return outcome;
}

Result<void> sort(Vm& vm, List* list, Args args) {
  static constexpr Parameter kParameters[] = {
      {"key"_n, Parameter::Kind::KeywordOnly, Value::none()},
      {"reverse"_n, Parameter::Kind::KeywordOnly, Value::boolean(false)},
  };
  Value values[2];
  TRY(parse_arguments(vm, args, kParameters, values));
  bool reverse = TRY(truth(vm, values[1]));
  return sort(vm, list, values[0].is_none() ? Value() : values[0],
              reverse ? SortOrder::Descending : SortOrder::Ascending);
}

}  // namespace upy
