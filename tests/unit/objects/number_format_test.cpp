#include "objects/numbers/number_format.h"

#include <gtest/gtest.h>

#include "numbers_test.h"
#include "objects/numbers/int.h"

namespace upy {
namespace {

class NumberFormatTest : public NumbersTest {
 protected:
  std::string format(Value n, NumberFormat how) {
    TextWriter out;
    EXPECT_TRUE(format_int(vm, out, n, how));
    return out.text();
  }
  std::string format(int64_t n, NumberFormat how) { return format(Value::small_int(n), how); }
  static NumberFormat field(int64_t width, char align, std::string_view fill = " ") {
    NumberFormat how;
    how.width = width;
    how.align = align;
    how.fill = fill;
    return how;
  }
};

TEST_F(NumberFormatTest, Bases) {
  EXPECT_EQ(format(-255, {.type = 'd'}), "-255");
  EXPECT_EQ(format(255, {.type = 'x'}), "ff");
  EXPECT_EQ(format(255, {.type = 'X', .alternate = true}), "0XFF");
  EXPECT_EQ(format(-5, {.type = 'b', .alternate = true}), "-0b101");
  EXPECT_EQ(format(8, {.type = 'o', .alternate = true}), "0o10");
  EXPECT_EQ(format(Value::boolean(true), {.type = 'd'}), "1");
}

TEST_F(NumberFormatTest, SignsAndPrecision) {
  EXPECT_EQ(format(5, {.sign = '+'}), "+5");
  EXPECT_EQ(format(5, {.sign = ' '}), " 5");
  EXPECT_EQ(format(-5, {.sign = '+'}), "-5");
  EXPECT_EQ(format(-5, {.type = 'd', .precision = 3}), "-005");
  EXPECT_EQ(format(0, {.type = 'x', .alternate = true, .precision = 4}), "0x0000");
}

TEST_F(NumberFormatTest, Fields) {
  EXPECT_EQ(format(-42, field(6, '>')), "   -42");
  EXPECT_EQ(format(-42, field(6, '<')), "-42   ");
  EXPECT_EQ(format(-42, field(6, '^')), " -42  ");
  EXPECT_EQ(format(-42, field(6, '=')), "-   42");
  EXPECT_EQ(format(-42, field(6, '=', "0")), "-00042");
  EXPECT_EQ(format(-42, field(2, '>')), "-42");
}

TEST_F(NumberFormatTest, Groups) {
  EXPECT_EQ(format(1234567, {.separator = ','}), "1,234,567");
  EXPECT_EQ(format(123, {.separator = ','}), "123");
  EXPECT_EQ(format(0x12345678, {.type = 'x', .separator = '_'}), "1234_5678");
  NumberFormat padded = field(9, '=', "0");
  padded.separator = ',';
  EXPECT_EQ(format(1234, padded), "0,001,234");
  padded.width = 8;
  EXPECT_EQ(format(1234, padded), "0,001,234");
  padded.width = 7;
  EXPECT_EQ(format(-1234, padded), "-01,234");
}

TEST_F(NumberFormatTest, BigInts) {
  Value n = *int_binary(vm, BinaryOp::Pow, Value::small_int(10), Value::small_int(30));
  EXPECT_EQ(format(n, {.separator = '_'}), "1_000_000_000_000_000_000_000_000_000_000");
  NumberFormat hex = field(40, '=', "0");
  hex.type = 'X';
  hex.alternate = true;
  EXPECT_EQ(format(n, hex), "0X" + std::string(13, '0') + "C9F2C9CD04674EDEA40000000");
}

TEST_F(NumberFormatTest, PaddedTextCountsCodePoints) {
  TextWriter out;
  ASSERT_TRUE(write_padded(vm, out, "äß", {.fill = "·", .align = '^', .width = 5}));
  EXPECT_EQ(out.text(), "·äß··");
}

TEST_F(NumberFormatTest, WideFieldsCanBeInterrupted) {
  TextWriter out;
  interrupt_polls();
  EXPECT_FALSE(format_int(vm, out, Value::small_int(1), field(int64_t{1} << 60, '>')));
}

}  // namespace
}  // namespace upy
