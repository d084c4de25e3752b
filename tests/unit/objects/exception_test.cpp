#include "objects/model/exception.h"

#include "class_test.h"
#include "objects/containers/tuple.h"
#include "objects/model/emergency.h"
#include "objects/runtime/writer.h"

namespace upy {
namespace {

std::string printed(Vm& vm, Value exception) {
  HostWriter out;
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
  for (size_t line = 1; line <= 9; line++) exception->add_place(vm, name_of(vm, "f.py"), name_of(vm, "g"), line);
  exception->add_place(vm, name_of(vm, "main.py"), nullptr, 10);
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

TEST(EmergencyReserve, TellsTypeTextAndTwoPlaces) {
  TestVm vm;
  const Str* file = name_of(vm, "f.py");
  vm.heap.set_lock_depth(1);
  (void)vm.raise(Error::no_attribute, {&type_type, "value"_n});
  Value value = vm.take_pending();
  for (size_t line = 1; line <= 3; line++) as_exception(value)->add_place(vm, file, nullptr, line);
  EXPECT_EQ(printed(vm, value),
            "Traceback (most recent call last):\n"
            "  File \"f.py\", line 2\n"
            "  File \"f.py\", line 1\n"
            "AttributeError: 'type' object has no attribute 'value'\n");
}

TEST(EmergencyReserve, LongTextsAreCutBetweenCharacters) {
  TestVm vm;
  vm.heap.set_lock_depth(1);
  vm.emergency().set_size(10);
  (void)vm.raise(ValueError_type, "12345678\xe2\x82\xac");
  auto* text = static_cast<Str*>(as_exception(vm.take_pending())->args->items()[0].as_object());
  EXPECT_EQ(text->view(), "12345678");
  EXPECT_EQ(text->length, 8u);
}

TEST(EmergencyReserve, ManyArgumentsBecomeNone) {
  TestVm vm;
  vm.heap.set_lock_depth(1);
  Value args[EmergencyReserve::kMaxArgs + 1];
  std::fill(std::begin(args), std::end(args), integer(0));
  EXPECT_EQ(OK(Exception::make(vm, ValueError_type, std::span(args).first(2)))->args->size, 2u);
  EXPECT_EQ(OK(Exception::make(vm, ValueError_type, args))->args->size, 0u);
}

TEST(EmergencyReserve, TheNextExceptionTakesThePlacesOver) {
  TestVm vm;
  const Str* file = name_of(vm, "f.py");
  Exception* first = as_exception(value_error(vm, {}));
  Exception* second = as_exception(value_error(vm, {}));
  vm.heap.set_lock_depth(1);
  first->add_place(vm, file, nullptr, 1);
  EXPECT_EQ(first->trace_size, 1u);
  second->add_place(vm, file, nullptr, 2);
  EXPECT_EQ(first->trace_size, 0u);
  EXPECT_EQ(second->trace_size, 1u);
}

TEST(EmergencyReserve, WithoutRoomThereIsTheTypeOnly) {
  TestVm vm;
  vm.heap.set_lock_depth(1);
  vm.emergency().set_size(0);
  (void)vm.raise(Error::name_not_defined, {"value"_n});
  Value value = vm.take_pending();
  as_exception(value)->add_place(vm, "value"_n, nullptr, 1);
  EXPECT_EQ(printed(vm, value), "NameError: \n");
}

TEST(EmergencyReserve, TextsAreNotInterned) {
  TestVm vm;
  vm.heap.set_lock_depth(1);
  (void)vm.raise(ValueError_type, "first_text");
  auto* text = static_cast<Str*>(as_exception(vm.take_pending())->args->items()[0].as_object());
  vm.heap.set_lock_depth(0);
  const Str* interned = OK(vm.strings.intern(text));
  EXPECT_NE(interned, text);
  vm.heap.set_lock_depth(1);
  (void)vm.raise(ValueError_type, "second_text");
  EXPECT_EQ(interned->view(), "first_text");
}

}  // namespace
}  // namespace upy
