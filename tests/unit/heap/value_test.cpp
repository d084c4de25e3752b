#include "heap/value.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace upy {
namespace {

TEST(ValueTest, SmallIntsKeepTheirNumber) {
  for (const int64_t n : {int64_t{0}, int64_t{1}, int64_t{-1}, kSmallIntMax, kSmallIntMin}) {
    const Value value = Value::small_int(n);
    EXPECT_TRUE(value.is_small_int());
    EXPECT_FALSE(value.is_immediate_float() || value.is_object() || value.is_singleton());
    EXPECT_EQ(value.as_small_int(), n);
  }
  EXPECT_FALSE(Value::fits_small_int(kSmallIntMax + 1));
  EXPECT_FALSE(Value::fits_small_int(kSmallIntMin - 1));
}

TEST(ValueTest, FloatsOfTheUsualRangeAreImmediate) {
  for (const double d : {0.0, 1.0, -1.0, 0.1, -2.5, 1e76, -1e76, 1e-76, 3.141592653589793}) {
    Value value;
    ASSERT_TRUE(Value::immediate_float(d, value)) << d;
    EXPECT_TRUE(value.is_immediate_float());
    EXPECT_FALSE(value.is_small_int() || value.is_object() || value.is_singleton());
    EXPECT_EQ(value.as_immediate_float(), d);
  }
}

TEST(ValueTest, OtherFloatsAreNot) {
  Value value;
  for (const double d : {-0.0, 1e300, 1e-300, std::numeric_limits<double>::infinity(),
                         std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::denorm_min()}) {
    EXPECT_FALSE(Value::immediate_float(d, value)) << d;
  }
}

TEST(ValueTest, SingletonsDiffer) {
  const Value all[] = {Value::none(),     Value::boolean(true),     Value::boolean(false), Value::stop(),
                       Value::ellipsis(), Value::not_implemented(), Value::absent()};
  for (const Value& a : all) {
    EXPECT_TRUE(a.is_singleton());
    EXPECT_TRUE(a);
    for (const Value& b : all) EXPECT_EQ(a == b, &a == &b);
  }
  EXPECT_TRUE(Value::boolean(true).is_bool() && Value::boolean(false).is_bool());
  EXPECT_FALSE(Value::none().is_bool() || Value::ellipsis().is_bool() || Value::absent().is_bool());
}

TEST(ValueTest, NullIsNothing) {
  const Value null;
  EXPECT_FALSE(null);
  EXPECT_FALSE(null.is_object() || null.is_singleton() || null.is_small_int() || null.is_immediate_float());
}

}  // namespace
}  // namespace upy
