#pragma once

#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/class.h"
#include "support/test_vm.h"

namespace upy {

inline const Str* name_of(Vm& vm, std::string_view text) { return OK(vm.strings.intern(text)); }

/// A class with those bases and nothing in it.
inline Result<Type*> try_class(Vm& vm, std::string_view name, std::initializer_list<const Type*> bases = {}) {
  Tuple* tuple = OK(Tuple::make(vm, bases.size()));
  std::copy(bases.begin(), bases.end(), tuple->items());
  return make_class(vm, name_of(vm, name), tuple, OK(Dict::make(vm)));
}
inline Type* new_class(Vm& vm, std::string_view name, std::initializer_list<const Type*> bases = {}) {
  return OK(try_class(vm, name, bases));
}

}  // namespace upy
