#pragma once

#include "objects/runtime/type.h"

namespace upy {

/// The shape of the instances of a class that have the same attributes, set in the same order: it maps each attribute
/// to a slot. Adding an attribute moves an instance to another shape, found through `transitions`; each class has a
/// tree of them. An instance with more than kMaxSlots attributes, or one that lost an attribute other than its last,
/// keeps them all in a dict instead (kind of shape: `in_dict`); so does one that would give its shape too many
/// transitions.
///
/// A class remembers at the root of its tree how many attributes its instances grew to. When that is more than fits
/// inside them, new instances begin with a new tree, whose instances have the room.
struct InstanceShape : Shape {
  static constexpr uint32_t kMaxSlots = 64;
  static constexpr uint32_t kMaxTransitions = 64;
  InstanceShape* parent;  ///< without the last attribute; null at the root
  const Str* name;        ///< the attribute in slot `slot_count - 1`; null at the root
  Dict* transitions;      ///< attribute name -> InstanceShape; null if none
  InstanceShape*
      dict_shape;  ///< at the root: the shape of instances that keep their attributes in a dict; null until needed
  uint32_t slot_count;
  uint32_t inline_capacity;  ///< slots inside the instance; the others lie in ClassInstance::more
  uint32_t most_slots;       ///< at the root: the most slots that an instance of the class had
  bool in_dict;

  /// The root of a new tree for the instances of a class, with room for that many slots inside them.
  static Result<InstanceShape*> make_root(Vm& vm, const Type* type, uint32_t slots);
  /// The shape with one more attribute; `dict_shape` of the root if slots will not do for that many.
  Result<InstanceShape*> with(Vm& vm, const Str* attribute);

  /// The slot of an attribute, or -1.
  int find(const Str* attribute) const {
    for (const InstanceShape* shape = this; shape->name; shape = shape->parent)
      if (shape->name == attribute) return static_cast<int>(shape->slot_count) - 1;
    return -1;
  }
};

/// An object of a class.
struct ClassInstance : Object {
  Value native;  ///< the object of the class's native base (list, Exception, …) that carries its data; null if none
  Object*
      more;  ///< a ValueStorage of the slots that do not fit inline, or the Dict of an `in_dict` shape; null if none
  Value* inline_slots() { return reinterpret_cast<Value*>(this + 1); }
  InstanceShape* instance_shape() const { return const_cast<InstanceShape*>(static_cast<const InstanceShape*>(shape)); }
  Value& slot(uint32_t index) {
    uint32_t inline_capacity = instance_shape()->inline_capacity;
    return index < inline_capacity ? inline_slots()[index]
                                   : static_cast<ValueStorage*>(more)->items()[index - inline_capacity];
  }

  /// A new instance without attributes; __init__ is not called.
  static Result<ClassInstance*> make(Vm& vm, const Type* type);
  /// The value of its own attribute, or null.
  Value get_own(const Str* name);
  Result<void> set_own(Vm& vm, const Str* name, Value value);
  /// False if there was no such attribute.
  Result<bool> delete_own(Vm& vm, const Str* name);
  /// A new dict of its own attributes, in the order they were set.
  Result<Dict*> copy_own(Vm& vm);

 private:
  Result<void> append_slot(Vm& vm, InstanceShape* next, Value value);
  Result<void> move_to_dict(Vm& vm);
};

inline bool is_class_instance(Value value) {
  return value.is_object() && value.as_object()->shape->type && value.as_object()->shape->type->is_class();
}
inline ClassInstance* as_class_instance(Value value) { return static_cast<ClassInstance*>(value.as_object()); }

/// The value itself, or the native object that an instance of a class derived from a native type carries.
inline Value native_of(Value value) {
  if (!is_class_instance(value)) return value;
  Value native = as_class_instance(value)->native;
  return native ? native : value;
}

/// The object as a T if it is exactly of that native type, or the native part of an instance of a class derived from
/// it; else null. For types whose objects are all on the heap.
template <typename T>
T* as(Value value, const Type& type) {
  value = native_of(value);
  return is_exactly(value, type) ? static_cast<T*>(value.as_object()) : nullptr;
}

}  // namespace upy
