#include "objects/containers/list.h"
#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/runtime/vm.h"
#include "unit/objects/class_test.h"

namespace upy {
namespace {

/// The function of list.append and what it is called on when it is looked up in a list.
struct Append {
  explicit Append(Vm& vm) { EXPECT_TRUE(OK(find_method(vm, OK(List::make(vm)), "append"_n, function, receiver))); }
  Value function, receiver;
};

Value receiver_for(Vm& vm, const Type& owner, Value self) {
  Result<Value> receiver = native_receiver(vm, &owner, self);
  return receiver ? *receiver : Value();
}

TEST(Receivers, AreOfTheTypeOrDerivedFromIt) {
  TestVm vm;
  Value list = OK(List::make(vm));
  EXPECT_EQ(receiver_for(vm, list_type, list), list);
  for (Value other : {integer(5), Value(OK(Dict::make(vm))), Value("append"_n), Value::none(), Value(&list_type)}) {
    EXPECT_FALSE(receiver_for(vm, list_type, other));
    EXPECT_EQ(raised(vm), "TypeError('argument has wrong type',)");
  }
}

TEST(Receivers, AreTheNativePartsOfInstances) {
  TestVm vm;
  Value list = OK(List::make(vm));
  ClassInstance* instance = OK(ClassInstance::make(vm, new_class(vm, "A", {&list_type})));
  EXPECT_FALSE(receiver_for(vm, list_type, instance));
  EXPECT_EQ(raised(vm), "AttributeError('call super().__init__() first',)");
  instance->native = list;
  EXPECT_EQ(receiver_for(vm, list_type, instance), list);
  EXPECT_FALSE(receiver_for(vm, dict_type, instance));
  EXPECT_EQ(raised(vm), "TypeError('argument has wrong type',)");
}

TEST(ReceiversDeathTest, AnotherOneIsNoticedWhereANativeBegins) {
  if (!cell_watch::kOn) GTEST_SKIP() << "only builds with assertions watch";
  TestVm vm;
  Append append(vm);
  auto* native = static_cast<const NativeFunction*>(append.function.as_object());
  Value arguments[] = {append.receiver, integer(1)};
  EXPECT_TRUE(bool(call_native(vm, native, Args(arguments, 2))));
  arguments[0] = integer(5);
  EXPECT_DEATH((void)call_native(vm, native, Args(arguments, 2)), "a method of 'list' was called with a 'int'");
}

}  // namespace
}  // namespace upy
