#pragma once

#include <span>

#include "objects/containers/list.h"
#include "objects/runtime/args.h"

namespace upy {

enum class SortOrder : uint8_t { Ascending, Descending };

/// Sorts a list in place; equal items keep their order. `key` is called once for each item; null: the items themselves
/// are compared. If that raises, the list stays as it was; ValueError if its size changed meanwhile.
Result<void> sort(Vm& vm, List* list, Value key, SortOrder order);

/// The same with the arguments of list.sort and sorted: `key` and `reverse` as keywords only.
Result<void> sort(Vm& vm, List* list, Args args);

}  // namespace upy
