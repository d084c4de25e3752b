#include "objects/runtime/type.h"

#include "class_test.h"
#include "objects/containers/list.h"
#include "objects/model/property.h"
#include "objects/strings/bytes.h"

namespace upy {
namespace {

TEST(Type, LooksUpDepthFirst) {
  TestVm vm;
  Type* a = new_class(vm, "A");
  Type* b = new_class(vm, "B", {a});
  Type* c = new_class(vm, "C", {a});
  Type* d = new_class(vm, "D", {b, c});
  const Str* x = name_of(vm, "x");
  EXPECT_TRUE(look_up(d, x).is_absent());
  OK(set_class_attr(vm, c, x, integer(3)));
  EXPECT_EQ(look_up(d, x), integer(3));
  OK(set_class_attr(vm, a, x, integer(1)));
  const Type* owner = nullptr;
  EXPECT_EQ(look_up(d, x, &owner), integer(1));
  EXPECT_EQ(owner, a);
}

TEST(Type, WhatObjectHasIsFoundInObjectOnly) {
  TestVm vm;
  EXPECT_FALSE(look_up(&object_type, "__init__"_n).is_absent());
  EXPECT_TRUE(look_up(new_class(vm, "A"), "__init__"_n).is_absent());
  EXPECT_TRUE(look_up(new_class(vm, "B", {&object_type}), "__init__"_n).is_absent());
  EXPECT_TRUE(look_up(&list_type, "__init__"_n).is_absent());
}

TEST(Type, Subtypes) {
  TestVm vm;
  Type* a = new_class(vm, "A", {&list_type});
  Type* b = new_class(vm, "B");
  Type* c = new_class(vm, "C", {b, a});
  EXPECT_TRUE(is_subtype(c, a));
  EXPECT_TRUE(is_subtype(c, b));
  EXPECT_TRUE(is_subtype(c, &list_type));
  EXPECT_TRUE(is_subtype(c, &object_type));
  EXPECT_FALSE(is_subtype(a, b));
  EXPECT_FALSE(is_subtype(&list_type, a));
  EXPECT_TRUE(is_subtype(&KeyError_type, &LookupError_type));
}

TEST(Type, ClassesHaveOneNativeBaseAtMost) {
  TestVm vm;
  Type* a = new_class(vm, "A", {&list_type});
  EXPECT_EQ(new_class(vm, "B", {a})->native, &list_type);
  EXPECT_FALSE(try_class(vm, "C", {a, &str_type}));
  EXPECT_EQ(raised(vm), "TypeError('multiple bases have instance lay-out conflict',)");
  EXPECT_FALSE(try_class(vm, "D", {&none_type}));
  EXPECT_EQ(raised(vm), "TypeError(\"type 'NoneType' isn't an acceptable base type\",)");
}

TEST(Type, FlagsTellWhatInstancesMustLookFor) {
  TestVm vm;
  Type* a = new_class(vm, "A");
  EXPECT_FALSE(a->flags & (Type::kHasAccessors | Type::kException));
  OK(set_class_attr(vm, a, "__setattr__"_n, integer(1)));
  EXPECT_TRUE(a->flags & Type::kHasAccessors);
  EXPECT_TRUE(new_class(vm, "B", {a})->flags & Type::kHasAccessors);
  EXPECT_TRUE(new_class(vm, "E", {&ValueError_type})->flags & Type::kException);
}

TEST(Type, AccessorsComeTooLateForASubclassedClass) {
  TestVm vm;
  Type* a = new_class(vm, "A");
  new_class(vm, "B", {a});
  EXPECT_FALSE(set_class_attr(vm, a, "__setattr__"_n, integer(1)));
  EXPECT_EQ(raised(vm), "AttributeError(\"can't add special method to already-subclassed class\",)");
  OK(set_class_attr(vm, a, name_of(vm, "plain"), integer(1)));
}

TEST(Type, EveryChangeOfAClassMovesTheEpoch) {
  TestVm vm;
  Type* a = new_class(vm, "A");
  const Str* x = name_of(vm, "x");
  for (Value value : {integer(1), integer(2), Value()}) {
    uint32_t before = vm.class_epoch;
    OK(set_class_attr(vm, a, x, value));
    EXPECT_NE(vm.class_epoch, before);
  }
}

}  // namespace
}  // namespace upy
