
#include "objects/model/class_instance.h"
#include "class_test.h"

namespace upy {
namespace {

ClassInstance* new_instance(Vm& vm, Type* type) { return OK(ClassInstance::make(vm, type)); }

const Str* numbered(Vm& vm, int n) { return name_of(vm, "attribute" + std::to_string(n)); }

void set_numbered(Vm& vm, ClassInstance* instance, int count) {
  for (int i = 0; i < count; i++) OK(instance->set_own(vm, numbered(vm, i), integer(i)));
}

TEST(ClassInstance, SameAttributesInTheSameOrderGiveOneShape) {
  TestVm vm;
  Type* type = new_class(vm, "A");
  ClassInstance* a = new_instance(vm, type);
  ClassInstance* b = new_instance(vm, type);
  set_numbered(vm, a, 2);
  set_numbered(vm, b, 2);
  EXPECT_EQ(a->shape, b->shape);
  OK(b->set_own(vm, numbered(vm, 0), integer(7)));
  EXPECT_EQ(a->shape, b->shape);
  EXPECT_EQ(b->get_own(numbered(vm, 0)), integer(7));
  EXPECT_FALSE(b->get_own(numbered(vm, 5)));
}

TEST(ClassInstance, ClassLearnsTheRoomItsInstancesNeed) {
  TestVm vm;
  Type* type = new_class(vm, "A");
  ClassInstance* first = new_instance(vm, type);
  uint32_t before = first->instance_shape()->inline_capacity;
  set_numbered(vm, first, 10);
  EXPECT_NE(first->more, nullptr);
  ClassInstance* second = new_instance(vm, type);
  EXPECT_LT(before, 10u);
  EXPECT_GE(second->instance_shape()->inline_capacity, 10u);
  set_numbered(vm, second, 10);
  EXPECT_EQ(second->more, nullptr);
  for (int i = 0; i < 10; i++) {
    EXPECT_EQ(first->get_own(numbered(vm, i)), integer(i));
    EXPECT_EQ(second->get_own(numbered(vm, i)), integer(i));
  }
}

TEST(ClassInstance, TooManyAttributesGoToADict) {
  TestVm vm;
  ClassInstance* instance = new_instance(vm, new_class(vm, "A"));
  int many = static_cast<int>(InstanceShape::kMaxSlots) + 1;
  set_numbered(vm, instance, many - 1);
  EXPECT_FALSE(instance->instance_shape()->in_dict);
  set_numbered(vm, instance, many);
  EXPECT_TRUE(instance->instance_shape()->in_dict);
  for (int i = 0; i < many; i++) EXPECT_EQ(instance->get_own(numbered(vm, i)), integer(i));
}

TEST(ClassInstance, ShapesWithManySuccessorsGiveUp) {
  TestVm vm;
  Type* type = new_class(vm, "A");
  for (uint32_t i = 0; i < InstanceShape::kMaxTransitions; i++)
    OK(new_instance(vm, type)->set_own(vm, numbered(vm, static_cast<int>(i)), integer(1)));
  ClassInstance* known = new_instance(vm, type);
  OK(known->set_own(vm, numbered(vm, 0), integer(1)));
  EXPECT_FALSE(known->instance_shape()->in_dict);
  ClassInstance* unknown = new_instance(vm, type);
  OK(unknown->set_own(vm, name_of(vm, "one_more"), integer(2)));
  EXPECT_TRUE(unknown->instance_shape()->in_dict);
  EXPECT_EQ(unknown->get_own(name_of(vm, "one_more")), integer(2));
}

TEST(ClassInstance, DeletingTheLastAttributeGoesBackToTheShapeBefore) {
  TestVm vm;
  ClassInstance* instance = new_instance(vm, new_class(vm, "A"));
  set_numbered(vm, instance, 1);
  const Shape* one = instance->shape;
  set_numbered(vm, instance, 2);
  EXPECT_TRUE(OK(instance->delete_own(vm, numbered(vm, 1))));
  EXPECT_EQ(instance->shape, one);
  EXPECT_FALSE(OK(instance->delete_own(vm, numbered(vm, 1))));
}

TEST(ClassInstance, DeletingAnotherAttributeKeepsTheRestInOrder) {
  TestVm vm;
  ClassInstance* instance = new_instance(vm, new_class(vm, "A"));
  set_numbered(vm, instance, 4);
  EXPECT_TRUE(OK(instance->delete_own(vm, numbered(vm, 1))));
  EXPECT_EQ(repr(vm, OK(instance->copy_own(vm))), "{'attribute0': 0, 'attribute2': 2, 'attribute3': 3}");
}

TEST(ClassInstance, AnAttributeThatCantBeAddedLeavesTheInstanceAsItWas) {
  TestVm vm;
  ClassInstance* instance = new_instance(vm, new_class(vm, "A"));
  set_numbered(vm, instance, 8);
  const Str* added = name_of(vm, "added");
  for (uint32_t nth = 1; nth < 6; nth++) {
    vm.heap.set_stress(0, nth);
    if (instance->set_own(vm, added, integer(1))) break;
    EXPECT_EQ(raised(vm).substr(0, 11), "MemoryError");
    EXPECT_FALSE(instance->get_own(added));
    for (int i = 0; i < 8; i++) EXPECT_EQ(instance->get_own(numbered(vm, i)), integer(i));
  }
  vm.heap.set_stress(0, 0);
  OK(instance->set_own(vm, added, integer(2)));
  EXPECT_EQ(instance->get_own(added), integer(2));
}

}  // namespace
}  // namespace upy
