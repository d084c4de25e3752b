#pragma once

#include "objects/containers/tuple.h"
#include "objects/runtime/str.h"

namespace upy {

/// Tuples whose items have names too.
///
/// Each type that collections.namedtuple makes is a native type made at run time, derived from tuple; the names stand
/// in the shape of its objects. attr_tuple_type is the nameless static relative, for what native modules hand out
/// (sys.implementation, …): `constinit const NamedTupleShape shape{attr_tuple_type, names}` with a StaticTuple of
/// names.
struct NamedTupleShape : Shape {
  const Tuple* fields;  ///< interned strings
  constexpr NamedTupleShape(const Type& type, const Tuple& fields)
      : Shape(&shape_shape, &tuple_kind, &type), fields(&fields) {}
};

/// The type of static named tuples. Its name is "tuple"; they print as `(name=value, …)`.
extern const Type attr_tuple_type;

/// The names of a named tuple's items; null for anything else.
const Tuple* field_names(Value value);

/// namedtuple(name, fields): `fields` is a tuple of interned strings.
Result<Type*> make_named_tuple_type(Vm& vm, const Str* name, Tuple* fields);

}  // namespace upy
