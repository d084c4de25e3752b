#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type property_type;

/// property(get, set, delete); each is None if there is none.
struct Property : Object {
  Value getter, setter, deleter;
};

/// The property's value for an object; AttributeError if it can't be read.
Result<Value> get_property(Vm& vm, Property* property, Value self);
/// Sets or (null value) deletes. False: the property does not allow that.
Result<bool> set_property(Vm& vm, Property* property, Value self, Value value);

}  // namespace upy
