#include "objects/strings/text.h"

#include "objects/containers/list.h"
#include "objects/strings/array.h"
#include "objects/strings/bytes.h"
#include "objects/strings/text_methods.h"
#include "support/test_vm.h"

namespace upy {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

Value call(Vm& vm, NativeFn method, std::initializer_list<Value> values) {
  Result<Value> result = method(vm, Args(const_cast<Value*>(values.begin()), static_cast<uint32_t>(values.size())));
  return result ? *result : Value();
}

Value str(Vm& vm, std::string_view text) { return OK(Str::make(vm, text)); }

// ---- sizes ----

TEST(StrBuilder, GrowsToTheLongestStringAndNoFurther) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "ThreadSanitizer would touch some times as much memory of its own";
#endif
  constexpr size_t kThree = size_t{3} << 30;
  TestVm vm({.heap_bytes = size_t{12} << 30});
  StrBuilder out;
  ASSERT_TRUE(out.extend(vm, kThree));  // which nobody touches
  out.commit(kThree);
  for (const size_t more : {Str::kMaxSize - kThree + 1, kThree, size_t{1} << 44, SIZE_MAX - kThree, SIZE_MAX}) {
    EXPECT_FALSE(out.extend(vm, more)) << more;
    EXPECT_TRUE(raised(vm).starts_with("MemoryError")) << more;
  }
  EXPECT_TRUE(out.extend(vm, Str::kMaxSize - kThree));
  EXPECT_EQ(out.size(), kThree);
}

// ---- searching ----

TEST(FindText, CrossesThePiecesBetweenPolls) {
  TestVm vm;
  const std::string needle = "needle";
  for (size_t at : {0u, 1u, 65530u, 65531u, 65535u, 65536u, 65537u, 131066u, 131072u, 199990u, 199994u}) {
    std::string text(200000, '.');
    text.replace(at, needle.size(), needle);
    EXPECT_EQ(OK(find_first(vm, text, needle)), at);
    EXPECT_EQ(OK(find_last(vm, text, needle)), at);
  }
}

TEST(FindText, FindsTheFirstAndTheLast) {
  TestVm vm;
  std::string text(300000, 'a');
  EXPECT_EQ(OK(find_first(vm, text, "b")), kNowhere);
  EXPECT_EQ(OK(find_last(vm, text, "ab")), kNowhere);
  EXPECT_EQ(OK(find_first(vm, text, "aa")), 0u);
  EXPECT_EQ(OK(find_last(vm, text, "aa")), text.size() - 2);
  EXPECT_EQ(OK(find_first(vm, text, std::string(100000, 'a'))), 0u);
  EXPECT_EQ(OK(find_last(vm, text, std::string(100000, 'a'))), 200000u);
  EXPECT_EQ(OK(find_first(vm, "short", "longer than that")), kNowhere);
  EXPECT_EQ(OK(find_last(vm, "short", "longer than that")), kNowhere);
  EXPECT_EQ(OK(find_first(vm, "abc", "")), 0u);
  EXPECT_EQ(OK(find_last(vm, "abc", "")), 3u);
}

TEST(FindText, CanBeInterrupted) {
  TestVm vm;
  vm.reasons = 1;
  vm.on_poll = [&]() -> Result<void> { return vm.raise(KeyboardInterrupt_type, ""); };
  const std::string text(1 << 20, 'a');
  EXPECT_FALSE(find_first(vm, text, "b"));
  EXPECT_TRUE(vm.take_pending());
  EXPECT_FALSE(find_last(vm, text, "ab"));
  EXPECT_TRUE(vm.take_pending());
  vm.reasons = kReasonKill;
  char out[1 << 18];
  EXPECT_FALSE(fill_repeated(vm, out, "xyz", sizeof out / 3));
  EXPECT_TRUE(vm.take_pending());
}

TEST(FillRepeated, RepeatsWholeUnits) {
  TestVm vm;
  for (size_t size : {1u, 2u, 3u, 7u, 1000u, 70000u}) {
    std::string unit;
    for (size_t i = 0; i < size; i++) unit += static_cast<char>('a' + i % 26);
    for (size_t count : {0u, 1u, 2u, 5u, 100u}) {
      std::string expected, out(size * count, '?');
      for (size_t i = 0; i < count; i++) expected += unit;
      OK(fill_repeated(vm, out.data(), unit, count));
      ASSERT_EQ(out, expected) << size << " * " << count;
    }
  }
}

// ---- what callbacks may do while a method works ----

TEST(Text, JoinNoticesThatItsListHasChanged) {
  TestVm vm(Config{.heap_bytes = 16 << 20});
  List* list = OK(List::make(vm));
  Value item = str(vm, "item");
  for (int i = 0; i < 10000; i++) OK(list->append(vm, item));
  int polls = 0;
  vm.reasons = 1;
  for (size_t size : {0u, 5000u, 20000u}) {
    polls = 0;
    vm.on_poll = [&]() -> Result<void> {
      if (++polls != 15000) return {};  // all items are measured, and half of them copied
      while (list->size > size) TRY(list->remove(vm, list->size - 1));
      while (list->size < size) TRY(list->append(vm, item));
      return {};
    };
    EXPECT_FALSE(call(vm, text_join, {""_n, list}));
    EXPECT_EQ(raised(vm), "RuntimeError('text changed while it was worked on',)");
    while (list->size < 10000) OK(list->append(vm, item));
    while (list->size > 10000) OK(list->remove(vm, list->size - 1));
  }
}

TEST(Text, ReplaceNoticesThatItsBytearrayHasChanged) {
  TestVm vm(Config{.heap_bytes = 16 << 20});
  Array* array = OK(Array::make_bytearray(vm, std::string(100000, 'a')));
  bool changed = false;
  vm.reasons = 1;
  vm.on_poll = [&]() -> Result<void> {
    std::fill_n(array->data(), array->count, std::exchange(changed, true) ? 'a' : 'b');
    return {};
  };
  Value a = OK(Bytes::make(vm, "a")), longer = OK(Bytes::make(vm, "longer"));
  EXPECT_FALSE(call(vm, text_replace, {array, a, longer}));
  EXPECT_EQ(raised(vm), "RuntimeError('text changed while it was worked on',)");
}

TEST(Text, SearchesABytearrayThatShrinksMeanwhile) {
  TestVm vm(Config{.heap_bytes = 16 << 20});
  Array* array = OK(Array::make_bytearray(vm, std::string(1 << 20, 'a')));
  vm.reasons = 1;
  vm.on_poll = [&]() -> Result<void> {
    array->count = 0;
    array->storage = nullptr;
    array->capacity = 0;
    vm.heap.collect();
    return {};
  };
  Value b = OK(Bytes::make(vm, "b"));
  EXPECT_EQ(call(vm, text_find, {array, b}), integer(-1));
  EXPECT_TRUE(call(vm, text_split, {OK(Array::make_bytearray(vm, std::string(1 << 18, 'a'))), b}));
}

// ---- results ----

TEST(Text, SharesWhatItNeedNotCopy) {
  TestVm vm;
  Value whole = str(vm, "nothing to do");
  EXPECT_EQ(call(vm, text_strip, {whole}), whole);
  EXPECT_EQ(call(vm, text_replace, {whole, str(vm, "xyz"), str(vm, "a")}), whole);
  Value array = OK(Array::make_bytearray(vm, "abc"));
  EXPECT_NE(call(vm, text_strip, {array}), array);
}

TEST(Str, ShortestOnesAreStatic) {
  TestVm vm;
  vm.heap.set_lock_depth(1);
  EXPECT_EQ(OK(Str::make(vm, "")), ""_n);
  for (int c = 0; c < 128; c++) {
    const char text = static_cast<char>(c);
    EXPECT_EQ(OK(Str::make(vm, {&text, 1})), ascii_strs[static_cast<size_t>(c)]);
  }
  EXPECT_TRUE(Bytes::make(vm, ""));
  vm.heap.set_lock_depth(0);
}

TEST(Str, HasTheSameHashHoweverItWasMade) {
  TestVm vm;
  EXPECT_EQ(OK(Str::make(vm, "append"))->hash(), "append"_n->hash());
  EXPECT_NE(OK(Str::make(vm, "append"))->hash(), OK(Str::make(vm, "appenD"))->hash());
  EXPECT_EQ(OK(OK(Bytes::make(vm, "append"))->hash(vm)), OK(OK(Bytes::make(vm, "append"))->hash(vm)));
}

TEST(Str, OfAnySizeIsAMemoryError) {
  TestVm vm;
  for (size_t size : {size_t{UINT32_MAX} - 8, size_t{UINT32_MAX}, size_t{1} << 40, SIZE_MAX}) {
    EXPECT_FALSE(Str::make_raw(vm, size));
    EXPECT_TRUE(vm.take_pending(MemoryError_type));
    EXPECT_FALSE(Bytes::make_raw(vm, size));
    EXPECT_TRUE(vm.take_pending(MemoryError_type));
    EXPECT_FALSE(Array::make_raw(vm, array_type, 'd', size));
    EXPECT_TRUE(vm.take_pending(MemoryError_type));
  }
}

// ---- builder ----

TEST(StrBuilder, CollectsTextOfAnyLength) {
  TestVm vm;
  for (size_t length : {0u, 1u, 103u, 104u, 105u, 1000u, 5000u, 300000u}) {
    StrBuilder text, bytes;
    std::string expected;
    while (expected.size() < length) {
      const std::string piece = std::to_string(expected.size()).substr(0, length - expected.size());
      OK(text.write(vm, piece));
      OK(bytes.write(vm, piece));
      expected += piece;
    }
    Str* str = OK(text.to_str(vm));
    EXPECT_EQ(str->view(), expected);
    EXPECT_EQ(str->length, expected.size());
    EXPECT_EQ(str->data()[length], 0);
    Value made = OK(bytes.to_bytes(vm));
    EXPECT_EQ(static_cast<Bytes*>(made.as_object())->view(), expected);
    EXPECT_EQ(text.size() + bytes.size(), 0u);
  }
}

TEST(StrBuilder, CountsCodePoints) {
  TestVm vm;
  StrBuilder text;
  for (int i = 0; i < 3000; i++) OK(text.write(vm, "\xe2\x82\xac"));
  Str* str = OK(text.to_str(vm));
  EXPECT_EQ(str->length, 3000u);
  EXPECT_EQ(str->size, 9000u);
}

TEST(StrBuilder, DoesNotNeedTwiceItsText) {
  TestVm vm(Config{.heap_bytes = 1 << 20});
  StrBuilder text;
  OK(text.reserve(vm, 900 << 10));
  for (int i = 0; i < 900; i++) OK(text.write(vm, std::string(1024, 'x')));
  EXPECT_EQ(OK(text.to_str(vm))->size, 900u << 10);
}

// ---- repr ----

TEST(WriteQuoted, EscapesWhatIsNoCharacter) {
  TestVm vm;
  EXPECT_EQ(repr(vm, str(vm, "it's")), "\"it's\"");
  EXPECT_EQ(repr(vm, str(vm, "'\"")), "'\\'\"'");
  EXPECT_EQ(repr(vm, str(vm, "\x7f\x01\n\\\xc3\xa4")), "'\\x7f\\x01\\n\\\\\xc3\xa4'");
  EXPECT_EQ(repr(vm, str(vm, "\xed\xa0\x80\xf4\x90\x80\x80")), "'\\ud800\\U00110000'");
  EXPECT_EQ(repr(vm, OK(Bytes::make(vm, "a\x80\xff"))), "b'a\\x80\\xff'");
}

}  // namespace
}  // namespace upy
