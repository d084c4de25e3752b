#include "objects/runtime/interner.h"

#include <vector>

#include "support/test_vm.h"

namespace upy {
namespace {

std::string name(int n) { return "some_name_" + std::to_string(n); }

TEST(Interner, KnowsPredefinedStringsAndCharacters) {
  TestVm vm;
  EXPECT_EQ(OK(vm.strings.intern("append")), "append"_n);
  EXPECT_EQ(OK(vm.strings.intern("")), ""_n);
  EXPECT_EQ(OK(vm.strings.intern("q")), ascii_strs['q']);
  EXPECT_EQ(OK(vm.strings.intern("*")), "*"_n);
  EXPECT_EQ("*"_n, ascii_strs['*']);
  EXPECT_EQ(vm.strings.count(), 0u);
}

TEST(Interner, KeepsOneStringForEachText) {
  TestVm vm;
  std::vector<const Str*> first;
  for (int i = 0; i < 500; i++) first.push_back(OK(vm.strings.intern(name(i))));
  Str* kept = OK(Str::make(vm, name(0)));  // the strings themselves are not on the native stack
  EXPECT_EQ(OK(vm.strings.intern(kept)), vm.strings.find(name(0)));
  for (int i = 0; i < 500; i++) EXPECT_EQ(vm.strings.find(name(i)), first[static_cast<size_t>(i)]);
  EXPECT_EQ(vm.strings.count(), 500u);
}

TEST(Interner, TurnsAStringIntoTheInternedOne) {
  TestVm vm;
  Str* str = OK(Str::make(vm, "brand_new"));
  EXPECT_FALSE(str->interned);
  EXPECT_EQ(OK(vm.strings.intern(str)), str);
  EXPECT_TRUE(str->interned);
  EXPECT_EQ(vm.strings.find("brand_new"), str);
}

TEST(Interner, RefusesLongNames) {
  TestVm vm;
  EXPECT_TRUE(vm.strings.intern(std::string(255, 'n')));
  EXPECT_FALSE(vm.strings.intern(std::string(256, 'n')));
  EXPECT_EQ(raised(vm), "RuntimeError('name too long',)");
  EXPECT_FALSE(vm.strings.intern(OK(Str::make(vm, std::string(256, 'm')))));
  EXPECT_EQ(raised(vm), "RuntimeError('name too long',)");
}

TEST(Interner, ForgetsWhatNobodyUses) {
  TestVm vm;
  for (int i = 0; i < 1000; i++) OK(vm.strings.intern(name(i)));
  const Str* used = OK(vm.strings.intern("still_used"));
  vm.heap.collect();
  EXPECT_LT(vm.strings.count(), 100u);
  EXPECT_EQ(vm.strings.find("still_used"), used);
  for (int i = 0; i < 1000; i++) OK(vm.strings.intern(name(i)));
  EXPECT_EQ(vm.strings.count(), 1001u);
  EXPECT_TRUE(used->interned);
}

TEST(Interner, TellsItsStringsOldestFirst) {
  TestVm vm;
  const Str* kept[] = {OK(vm.strings.intern("name_b")), OK(vm.strings.intern("name_a")),
                       OK(vm.strings.intern("name_c"))};
  vm.heap.collect();
  std::vector<const Str*> seen;
  vm.strings.each([&](const Str* str) {
    seen.push_back(str);
    return true;
  });
  EXPECT_EQ(seen, std::vector<const Str*>(std::begin(kept), std::end(kept)));
  EXPECT_EQ(vm.strings.text_bytes(), 21u);
}

TEST(Interner, ChargesItsTables) {
  TestVm vm(Config{.heap_bytes = 64 << 10});
  for (int i = 0; i < 100000; i++) {
    if (vm.strings.intern(name(i))) continue;
    vm.take_pending();
    break;
  }
  EXPECT_LE(vm.strings.table_bytes(), vm.heap.external());
}

}  // namespace
}  // namespace upy
