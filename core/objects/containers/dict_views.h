#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type dict_keys_type, dict_values_type, dict_items_type;

/// What dict.keys(), dict.values() and dict.items() answer; told apart by their type.
struct DictView : Object {
  Dict* dict;
  static Result<DictView*> make(Vm& vm, const Type& type, Dict* dict);
};

}  // namespace upy
