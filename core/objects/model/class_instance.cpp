#include "objects/model/class_instance.h"

#include "objects/containers/dict.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

namespace upy {

extern const CellKind instance_kind;

namespace {

void trace_shape(Object* object, Marker& marker) {
  auto* shape = static_cast<InstanceShape*>(object);
  marker.mark(shape->type);
  marker.mark(shape->parent);
  marker.mark(shape->name);
  marker.mark(shape->transitions);
  marker.mark(shape->dict_shape);
}

constexpr CellKind kShapeKind{.trace = trace_shape};
constinit const Shape instance_shape_shape{&shape_shape, &kShapeKind, nullptr};

/// The least number of slots, from `slots` on, that fills the last block of an instance's cell.
uint32_t fill_block(uint32_t slots) {
  constexpr size_t kPerBlock = Heap::kBlockSize / sizeof(Value);
  constexpr size_t kHeader = sizeof(ClassInstance) / sizeof(Value);
  size_t words = (kHeader + slots + kPerBlock - 1) / kPerBlock * kPerBlock;
  return static_cast<uint32_t>(words - kHeader);
}

/// A new shape below `parent`; its root if that is null.
Result<InstanceShape*> make_shape(Vm& vm, const Type* type, InstanceShape* parent, const Str* name,
                                  uint32_t inline_capacity) {
  auto* shape = TRY(vm.allocate<InstanceShape>(&instance_shape_shape));
  new (shape) InstanceShape{{&instance_shape_shape, &instance_kind, type}, parent,          name, nullptr, nullptr,
                            parent ? parent->slot_count + 1 : 0,           inline_capacity, 0,    false};
  return shape;
}

}  // namespace

// ---- shapes ----

Result<InstanceShape*> InstanceShape::make_root(Vm& vm, const Type* type, uint32_t slots) {
  return make_shape(vm, type, nullptr, nullptr, fill_block(slots));
}

namespace {

InstanceShape* root_of(InstanceShape* shape) {
  while (shape->parent) shape = shape->parent;
  return shape;
}

Result<InstanceShape*> dict_shape_of(Vm& vm, InstanceShape* shape) {
  InstanceShape* root = root_of(shape);
  if (!root->dict_shape) {
    InstanceShape* made = TRY(make_shape(vm, root->type, nullptr, nullptr, root->inline_capacity));
    made->in_dict = true;
    root->dict_shape = made;
  }
  return root->dict_shape;
}

}  // namespace

Result<InstanceShape*> InstanceShape::with(Vm& vm, const Str* attribute) {
  if (transitions)
    if (Value* known = transitions->find(attribute)) return static_cast<InstanceShape*>(known->as_object());
  if (slot_count == kMaxSlots || (transitions && transitions->count == kMaxTransitions)) return dict_shape_of(vm, this);
  InstanceShape* next = TRY(make_shape(vm, type, this, attribute, inline_capacity));
  if (!transitions) transitions = TRY(Dict::make(vm));
  TRY(transitions->set(vm, attribute, next));
  return next;
}

// ---- instances ----

Result<ClassInstance*> ClassInstance::make(Vm& vm, const Type* type) {
  InstanceShape* root = type->instance_shape;
  if (root->most_slots > root->inline_capacity) [[unlikely]]
    root = const_cast<Type*>(type)->instance_shape = TRY(InstanceShape::make_root(vm, type, root->most_slots));
  uint32_t slots = root->inline_capacity;
  auto* instance = TRY(vm.allocate<ClassInstance>(root, sizeof(ClassInstance) + slots * sizeof(Value)));
  instance->native = {};
  instance->more = nullptr;
  std::fill_n(instance->inline_slots(), slots, Value());
  return instance;
}

Value ClassInstance::get_own(const Str* name) {
  InstanceShape* shape = instance_shape();
  if (shape->in_dict) return static_cast<Dict*>(more)->get(name);
  int index = shape->find(name);
  return index < 0 ? Value() : slot(static_cast<uint32_t>(index));
}

Result<void> ClassInstance::set_own(Vm& vm, const Str* name, Value value) {
  InstanceShape* shape = instance_shape();
  if (!shape->in_dict) {
    int index = shape->find(name);
    if (index >= 0) {
      slot(static_cast<uint32_t>(index)) = value;
      return {};
    }
    InstanceShape* next = TRY(shape->with(vm, name));
    if (!next->in_dict) return append_slot(vm, next, value);
    TRY(move_to_dict(vm));
  }
  return static_cast<Dict*>(more)->set(vm, name, value);
}

/// Moves to the shape `next`, which has one slot more, for `value`.
Result<void> ClassInstance::append_slot(Vm& vm, InstanceShape* next, Value value) {
  constexpr uint32_t kFirstMore = 3;
  if (next->slot_count > next->inline_capacity) {
    uint32_t beyond = next->slot_count - next->inline_capacity;
    auto* storage = static_cast<ValueStorage*>(more);
    if (!storage || vm.capacity(storage) < beyond) {
      auto* larger = TRY(vm.allocate_values(storage ? 2 * vm.capacity(storage) : kFirstMore));
      if (storage) std::copy_n(storage->items(), beyond - 1, larger->items());
      more = larger;
    }
    InstanceShape* root = next->type->instance_shape;
    root->most_slots = std::max(root->most_slots, next->slot_count);
  }
  shape = next;
  slot(next->slot_count - 1) = value;
  return {};
}

Result<void> ClassInstance::move_to_dict(Vm& vm) {
  InstanceShape* next = TRY(dict_shape_of(vm, instance_shape()));
  Dict* dict = TRY(copy_own(vm));
  std::fill_n(inline_slots(), next->inline_capacity, Value());
  more = dict;
  shape = next;
  return {};
}

Result<bool> ClassInstance::delete_own(Vm& vm, const Str* name) {
  InstanceShape* own = instance_shape();
  if (!own->in_dict) {
    int index = own->find(name);
    if (index < 0) return false;
    if (own->name == name) {
      slot(static_cast<uint32_t>(index)) = {};
      shape = own->parent;
      return true;
    }
    TRY(move_to_dict(vm));
  }
  return static_cast<Dict*>(more)->remove(name);
}

Result<Dict*> ClassInstance::copy_own(Vm& vm) {
  InstanceShape* own = instance_shape();
  if (own->in_dict) return static_cast<Dict*>(more)->copy(vm);
  const Str* names[InstanceShape::kMaxSlots];
  for (InstanceShape* each = own; each->name; each = each->parent) names[each->slot_count - 1] = each->name;
  Dict* dict = TRY(Dict::make(vm, own->slot_count));
  for (uint32_t i = 0; i < own->slot_count; i++) TRY(dict->set(vm, names[i], slot(i)));
  return dict;
}

}  // namespace upy
