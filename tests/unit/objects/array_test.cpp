
#include "objects/strings/array.h"
#include "objects/containers/list.h"
#include "objects/model/operators.h"
#include "objects/strings/array_items.h"
#include "objects/strings/memoryview.h"
#include "support/test_vm.h"

namespace upy {
namespace {

TEST(Array, LeavesItsOldStorageReadable) {
  TestVm vm;
  Array* array = OK(Array::make_bytearray(vm, "0123456789"));
  const std::string_view before = array->view();
  OK(array->append(vm, std::string(10000, 'x')));
  vm.heap.collect();
  EXPECT_EQ(before, "0123456789");
  EXPECT_EQ(array->view().substr(0, 10), before);
}

TEST(Array, AppendsItself) {
  TestVm vm;
  Array* array = OK(Array::make_bytearray(vm, "abc"));
  for (int i = 0; i < 10; i++) OK(array->append(vm, array->view()));
  EXPECT_EQ(array->count, 3u << 10);
  for (size_t i = 0; i < array->count; i++) ASSERT_EQ(array->data()[i], "abc"[i % 3]);
}

TEST(Array, HasRoomForWhatWasAskedOnly) {
  TestVm vm;
  Array* array = OK(Array::make_bytearray(vm, "ab"));
  EXPECT_EQ(array->capacity, 2u);
  vm.heap.set_lock_depth(1);
  EXPECT_FALSE(array->append(vm, "c"));
  vm.heap.set_lock_depth(0);
  EXPECT_TRUE(vm.take_pending(MemoryError_type));
  EXPECT_EQ(array->view(), "ab");
}

TEST(Array, KeepsItsObjects) {
  TestVm vm;
  Array* array = OK(Array::make_raw(vm, array_type, 'O', 0));
  for (int i = 0; i < 100; i++) {
    List* list = OK(List::make(vm));
    OK(list->append(vm, integer(i)));
    OK(array->append_item(vm, list));
  }
  vm.heap.collect();
  for (int i = 0; i < 100; i++) OK(List::make(vm, 4));
  EXPECT_EQ(repr(vm, OK(load_item(vm, 'O', array->data() + 99 * sizeof(Value)))), "[99]");
  Buffer buffer;
  EXPECT_FALSE(find_buffer(array, buffer));
}

TEST(Array, ItemsKeepTheirValues) {
  TestVm vm;
  char item[8];
  for (char code : {'b', 'B', 'h', 'H', 'i', 'I', 'l', 'L', 'q', 'Q', 'f', 'd', 'P', 'O'}) {
    for (int64_t n : {0, 1, 42, 100}) {
      OK(store_item(vm, code, item, integer(n)));
      Value loaded = OK(load_item(vm, code, item));
      EXPECT_TRUE(OK(equal(vm, loaded, integer(n)))) << code;
    }
  }
  OK(store_item(vm, 'b', item, integer(200)));
  EXPECT_EQ(OK(load_item(vm, 'b', item)), integer(-56));
  OK(store_item(vm, 'H', item, integer(-1)));
  EXPECT_EQ(OK(load_item(vm, 'H', item)), integer(65535));
  EXPECT_FALSE(store_item(vm, 'i', item, "name"_n));
  EXPECT_TRUE(vm.take_pending(TypeError_type));
  for (char code : {'x', 'e', '\0', '?'}) EXPECT_EQ(item_size(code), 0u);
}

TEST(MemoryView, ShowsNoMoreThanItsOwnerHas) {
  TestVm vm;
  Array* array = OK(Array::make_bytearray(vm, "abcdef"));
  Value view = OK(MemoryView::make(vm, array, 2, 3, 'B'));
  Buffer buffer;
  ASSERT_TRUE(find_buffer(view, buffer));
  EXPECT_EQ(buffer.view(), "cde");
  OK(array->append(vm, std::string(1000, 'x')));
  ASSERT_TRUE(find_buffer(view, buffer));
  EXPECT_EQ(buffer.data, array->data() + 2);
  for (size_t count : {4u, 2u, 1u, 0u}) {
    array->count = count;
    ASSERT_TRUE(find_buffer(view, buffer));
    EXPECT_EQ(buffer.size, count > 2 ? count - 2 : 0);
    EXPECT_EQ(OK(length(vm, view)), buffer.size);
  }
}

}  // namespace
}  // namespace upy
