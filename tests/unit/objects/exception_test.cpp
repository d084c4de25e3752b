#include "objects/model/exception.h"

#include "class_test.h"
#include "objects/containers/tuple.h"
#include "objects/model/emergency.h"
#include "support/text_writer.h"

namespace upy {
namespace {

std::string printed(Vm& vm, Value exception) {
  TextWriter out;
  OK(print_exception(vm, exception, out));
  return out.text();
}

Value value_error(Vm& vm, std::initializer_list<Value> args) { return OK(Exception::make(vm, ValueError_type, args)); }

TEST(Exception, TextsHaveTheirArguments) {
  TestVm vm;
  (void)vm.raise(Error::unsupported_binary, {"__add__", &type_type, &object_type});
  EXPECT_EQ(raised(vm), "TypeError(\"unsupported types for __add__: 'type', 'object'\",)");
  (void)vm.raise(Error::too_many_values, {12});
  EXPECT_EQ(raised(vm), "ValueError('too many values to unpack (expected 12)',)");
}

TEST(Exception, LongTextsAreWhole) {
  TestVm vm;
  std::string name(3000, 'x');
  (void)vm.raise(Error::no_module, {std::string_view(name)});
  EXPECT_EQ(raised(vm), "ImportError(\"no module named '" + name + "'\",)");
}

TEST(Exception, IsTakenByItsClassOnly) {
  TestVm vm;
  (void)vm.raise_with(KeyError_type, integer(1));
  EXPECT_FALSE(vm.take_pending(ValueError_type));
  EXPECT_TRUE(vm.pending());
  EXPECT_TRUE(vm.take_pending(LookupError_type));
  EXPECT_FALSE(vm.pending());
}

TEST(Exception, PlacesArePrintedOutermostFirst) {
  TestVm vm;
  Value value = value_error(vm, {integer(5)});
  Exception* exception = as_exception(value);
  for (size_t line = 1; line <= 9; line++)
    exception->add_traceback_entry(vm, name_of(vm, "f.py"), name_of(vm, "g"), line);
  exception->add_traceback_entry(vm, name_of(vm, "main.py"), nullptr, 10);
  std::string text = printed(vm, value);
  EXPECT_TRUE(
      text.starts_with("Traceback (most recent call last):\n"
                       "  File \"main.py\", line 10\n"
                       "  File \"f.py\", line 9, in g\n"));
  EXPECT_TRUE(text.ends_with("  File \"f.py\", line 1, in g\nValueError: 5\n"));
  exception->clear_trace();
  EXPECT_EQ(printed(vm, value), "ValueError: 5\n");
}

TEST(Exception, EmptyTextKeepsTheBlank) {
  TestVm vm;
  EXPECT_EQ(printed(vm, value_error(vm, {})), "ValueError: \n");
  EXPECT_EQ(printed(vm, value_error(vm, {integer(1), integer(2)})), "ValueError: (1, 2)\n");
}

TEST(Exception, OsErrorsNameTheirNumber) {
  TestVm vm;
  (void)vm.raise_os_error(2, "file");
  EXPECT_EQ(printed(vm, vm.take_pending()), "OSError: [Errno 2] ENOENT: file\n");
}

// ---- the emergency reserve ----

/// A heap that is locked, with something set aside.
class EmergencyReserveTest : public testing::Test {
 protected:
  EmergencyReserveTest() { lock(); }
  void lock() {
    vm.heap.set_lock_depth(0);
    vm.emergency().refill();
    vm.heap.set_lock_depth(1);
  }
  Str* text_of(Value exception) { return static_cast<Str*>(as_exception(exception)->args->items()[0].as_object()); }

  TestVm vm;
};

TEST_F(EmergencyReserveTest, TellsTypeTextAndTwoPlaces) {
  const Str* file = "value"_n;
  (void)vm.raise(Error::no_attribute, {&type_type, "value"_n});
  Value value = vm.take_pending();
  for (size_t line = 1; line <= 3; line++) as_exception(value)->add_traceback_entry(vm, file, nullptr, line);
  EXPECT_EQ(printed(vm, value),
            "Traceback (most recent call last):\n"
            "  File \"value\", line 2\n"
            "  File \"value\", line 1\n"
            "AttributeError: 'type' object has no attribute 'value'\n");
}

TEST_F(EmergencyReserveTest, LongTextsAreCutBetweenCharacters) {
  vm.emergency().set_size(10);
  (void)vm.raise(ValueError_type, "12345678\xe2\x82\xac");
  const Str* text = text_of(vm.take_pending());
  EXPECT_EQ(text->view(), "12345678");
  EXPECT_EQ(text->length, 8u);
}

TEST_F(EmergencyReserveTest, ManyArgumentsBecomeNone) {
  Value args[EmergencyReserve::kMaxArgs + 1];
  std::fill(std::begin(args), std::end(args), integer(0));
  EXPECT_EQ(OK(Exception::make(vm, ValueError_type, args))->args->size, 0u);
  EXPECT_EQ(OK(Exception::make(vm, ValueError_type, std::span(args).first(2)))->args->size, 2u);
}

TEST_F(EmergencyReserveTest, WhatWasGivenStaysAsItIs) {
  const auto raise = [this](std::string_view text) {
    (void)vm.raise(ValueError_type, text);
    const Value exception = vm.take_pending();
    as_exception(exception)->add_traceback_entry(vm, "value"_n, nullptr, 1);
    return exception;
  };
  const std::string trace = "Traceback (most recent call last):\n  File \"value\", line 1\n";
  constexpr size_t kCount = EmergencyReserve::kExceptions;
  Value given[kCount];
  for (size_t i = 0; i < kCount; i++) given[i] = raise("number " + std::to_string(i));
  EXPECT_EQ(printed(vm, raise("one too many")), "ValueError: \n");
  lock();
  EXPECT_EQ(printed(vm, raise("after")), trace + "ValueError: after\n");
  for (size_t i = 0; i < kCount; i++)
    EXPECT_EQ(printed(vm, given[i]), trace + "ValueError: number " + std::to_string(i) + "\n");
}

TEST_F(EmergencyReserveTest, WhatIsSetAsideIsNoGarbage) {
  vm.heap.set_lock_depth(0);
  vm.heap.collect();
  for (int i = 0; i < 1000; i++) OK(Str::make(vm, std::string(i, 'x')));
  vm.heap.set_lock_depth(1);
  (void)vm.raise(ValueError_type, "text");
  EXPECT_EQ(printed(vm, vm.take_pending()), "ValueError: text\n");
}

TEST_F(EmergencyReserveTest, WithoutRoomThereIsTheTypeOnly) {
  vm.emergency().set_size(0);
  (void)vm.raise(Error::name_not_defined, {"value"_n});
  Value value = vm.take_pending();
  as_exception(value)->add_traceback_entry(vm, "value"_n, nullptr, 1);
  EXPECT_EQ(printed(vm, value), "NameError: \n");
}

}  // namespace
}  // namespace upy
