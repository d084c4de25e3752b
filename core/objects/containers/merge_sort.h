#pragma once

#include <algorithm>

#include "objects/containers/sort.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/vm.h"

namespace upy {

/// What is sorted: keys, and the items that go with them. Without a key function the keys are the items.
struct SortElements {
  Value* keys;
  Value* items;  ///< null: the keys are the items

  /// Copies `count` elements, which may overlap.
  Result<void> copy(Vm& vm, size_t to, const SortElements& source, size_t from, size_t count) const {
    TRY(move_values(vm, keys + to, source.keys + from, count));
    return items ? move_values(vm, items + to, source.items + from, count) : Result<void>();
  }
  void copy_one(size_t to, const SortElements& source, size_t from) const {
    keys[to] = source.keys[from];
    if (items) items[to] = source.items[from];
  }
  Result<void> reverse(Vm& vm, size_t from, size_t to) const {
    TRY(reverse_values(vm, keys + from, to - from));
    return items ? reverse_values(vm, items + from, to - from) : Result<void>();
  }
};

/// A stable merge sort of the runs that the elements already contain, merged in the order of powersort (Munro and Wild:
/// Nearly-optimal mergesorts), so sorted or partly sorted elements take little more than one pass. O(n log n)
/// comparisons.
///
/// `Less` is called as less(a, b) for two keys and answers a Result<bool>. It may raise; then the elements are left in
/// some order, each of them still once, but for a kill, which leaves any of them.
template <typename Less>
class MergeSort {
 public:
  /// Up to so many elements need no spare room.
  static constexpr size_t kShortRun = 64;

  /// `spare` has room for half of the elements.
  MergeSort(Vm& vm, SortElements elements, size_t size, SortElements spare, SortOrder order, Less less)
      : vm_(vm), all_(elements), size_(size), spare_(spare), order_(order), less_(less) {}

  Result<void> run() {
    for (size_t start = 0; start < size_;) {
      size_t end = TRY(make_run(start));
      if (depth_ > 0) {
        int boundary = power(runs_[depth_ - 1].start, start, end);
        TRY(merge_down(start, boundary));
        runs_[depth_ - 1].power = boundary;
      }
      runs_[depth_++] = {start, 0};
      start = end;
    }
    return merge_down(size_, 0);
  }

 private:
  struct Run {
    size_t start;
    int power;  ///< of the boundary between this run and the next one
  };
  static constexpr int kMaxPending = 65;  // powers grow along the pending runs, and are at most 64

  /// Whether the key `a` must come before the key `b`.
  Result<bool> precedes(Value a, Value b) {
    TRY(vm_.poll());
    return order_ == SortOrder::Ascending ? less_(a, b) : less_(b, a);
  }

  /// Makes [start, end) sorted and answers its end: the run that is there, lengthened if it is short.
  Result<size_t> make_run(size_t start) {
    size_t end = start + 1;
    if (end == size_) return end;
    if (TRY(precedes(all_.keys[end], all_.keys[end - 1]))) {
      for (end++; end < size_ && TRY(precedes(all_.keys[end], all_.keys[end - 1])); end++) continue;
      TRY(all_.reverse(vm_, start, end));
    } else {
      for (end++; end < size_ && !TRY(precedes(all_.keys[end], all_.keys[end - 1])); end++) continue;
    }
    for (size_t wanted = std::min(size_, start + run_length()); end < wanted; end++) TRY(insert(start, end));
    return end;
  }

  /// Runs are at least so long, chosen so that the number of runs of a random order is near a power of two.
  size_t run_length() const {
    size_t length = size_;
    bool round_up = false;
    while (length > kShortRun) {
      round_up |= length & 1;
      length >>= 1;
    }
    return length + round_up;
  }

  /// Inserts the element at `at` into the sorted ones of [start, at).
  Result<void> insert(size_t start, size_t at) {
    size_t to = TRY(upper_bound(start, at, all_.keys[at]));
    if (to == at) return {};
    Value key = all_.keys[at], item = all_.items ? all_.items[at] : Value();
    TRY(all_.copy(vm_, to + 1, all_, to, at - to));
    all_.keys[to] = key;
    if (all_.items) all_.items[to] = item;
    return {};
  }

  /// The first of [low, high) that `key` must come before.
  Result<size_t> upper_bound(size_t low, size_t high, Value key) {
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      if (TRY(precedes(key, all_.keys[middle])))
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  }

  /// The first of [low, high) that need not come before `key`.
  Result<size_t> lower_bound(size_t low, size_t high, Value key) {
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      if (TRY(precedes(all_.keys[middle], key)))
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  /// How deep the boundary of two neighbouring runs lies in the tree of merges: the first bit in which their midpoints,
  /// as fractions of the whole, differ.
  int power(size_t first, size_t second, size_t end) const {
    size_t a = first + second, b = second + end;  // twice the midpoints
    for (int bit = 1;; bit++) {
      if (a >= size_) {
        a -= size_;
        b -= size_;
      } else if (b >= size_) {
        return bit;
      }
      a <<= 1;
      b <<= 1;
    }
  }

  /// Merges the last two pending runs as long as their boundary lies deeper than `power`, that of the run to come (0:
  /// none comes). The last one ends at `end`.
  Result<void> merge_down(size_t end, int power) {
    while (depth_ > 1 && runs_[depth_ - 2].power > power) {
      TRY(merge(runs_[depth_ - 2].start, runs_[depth_ - 1].start, end));
      depth_--;
    }
    return {};
  }

  /// Merges [first, second) and [second, end), the smaller of which goes to the spare room.
  Result<void> merge(size_t first, size_t second, size_t end) {
    first = TRY(upper_bound(first, second, all_.keys[second]));
    if (first == second) return {};
    end = TRY(lower_bound(second, end, all_.keys[second - 1]));
    return second - first <= end - second ? merge_forward(first, second, end) : merge_backward(first, second, end);
  }

  Result<void> merge_forward(size_t first, size_t second, size_t end) {
    size_t count = second - first, from = 0, to = first;
    TRY(spare_.copy(vm_, 0, all_, first, count));
    Result<void> outcome;
    while (from < count && second < end) {
      Result<bool> right_first = precedes(all_.keys[second], spare_.keys[from]);
      if (!right_first) {
        outcome = Failure{};
        break;
      }
      if (*right_first)
        all_.copy_one(to++, all_, second++);
      else
        all_.copy_one(to++, spare_, from++);
    }
    TRY(all_.copy(vm_, to, spare_, from, count - from));
    return outcome;
  }

  Result<void> merge_backward(size_t first, size_t second, size_t end) {
    size_t count = end - second, to = end;
    TRY(spare_.copy(vm_, 0, all_, second, count));
    Result<void> outcome;
    while (count > 0 && second > first) {
      Result<bool> right_first = precedes(spare_.keys[count - 1], all_.keys[second - 1]);
      if (!right_first) {
        outcome = Failure{};
        break;
      }
      if (*right_first)
        all_.copy_one(--to, all_, --second);
      else
        all_.copy_one(--to, spare_, --count);
    }
    TRY(all_.copy(vm_, second, spare_, 0, count));
    return outcome;
  }

  Vm& vm_;
  SortElements all_;
  size_t size_;
  SortElements spare_;
  SortOrder order_;
  Less less_;
  Run runs_[kMaxPending];
  int depth_ = 0;
};

}  // namespace upy
