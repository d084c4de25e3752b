#include "interpreter/inline_cache.h"

#include "unit/objects/class_test.h"

namespace upy {
namespace {

/// As many changes as 32 bits can count come to the same number again; these less one, which the test makes itself.
constexpr uint64_t kAllButOne = UINT32_MAX;

class InlineCacheTest : public testing::Test {
 protected:
  const Str* name(std::string_view text) { return name_of(vm_, text); }

  TestVm vm_;
  Site site_{};
};

TEST_F(InlineCacheTest, AClassThatChangedVeryOftenIsLookedUpAgain) {
  Type* type = new_class(vm_, "A");
  ASSERT_TRUE(set_class_attr(vm_, type, name("x"), integer(1)));
  Value instance = OK(ClassInstance::make(vm_, type));
  EXPECT_EQ(OK(load_attr(vm_, site_, name("x"), instance)), integer(1));
  EXPECT_EQ(cached_attr(vm_, site_, instance), integer(1));
  vm_.class_epoch += kAllButOne;
  ASSERT_TRUE(set_class_attr(vm_, type, name("x"), integer(2)));
  EXPECT_FALSE(cached_attr(vm_, site_, instance));
  EXPECT_EQ(OK(load_attr(vm_, site_, name("x"), instance)), integer(2));
}

TEST_F(InlineCacheTest, ADictThatChangedVeryOftenIsLookedUpAgain) {
  Dict* globals = OK(Dict::make(vm_));
  ASSERT_TRUE(store_global(vm_, site_, name("x"), globals, integer(1)));
  const uint64_t version = site_.version;
  EXPECT_EQ(version, globals->version);
  globals->version += kAllButOne;
  ASSERT_TRUE(globals->set(vm_, name("y"), integer(2)));
  EXPECT_NE(version, globals->version);
}

}  // namespace
}  // namespace upy
