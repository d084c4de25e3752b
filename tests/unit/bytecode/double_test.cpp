#include "bytecode/double.h"

#include <gtest/gtest.h>

#include <cmath>

namespace upy {
namespace {

TEST(Double, FloorDivisionRoundsDown) {
  EXPECT_EQ(floor_divide(7, 2), 3);
  EXPECT_EQ(floor_divide(-7, 2), -4);
  EXPECT_EQ(floor_divide(7, -2), -4);
  EXPECT_EQ(floor_divide(1, 0.1), 9);
  EXPECT_TRUE(std::signbit(floor_divide(-0.0, 1)));
}

TEST(Double, ModuloHasTheSignOfTheDivisor) {
  EXPECT_EQ(floor_modulo(7, -2), -1);
  EXPECT_EQ(floor_modulo(-7, 2), 1);
  EXPECT_TRUE(std::signbit(floor_modulo(4, -2)));
}

TEST(Double, DecimalTextIsReadAsFarAsItGoes) {
  EXPECT_EQ(read_decimal("1.5e3x").value, 1500);
  EXPECT_EQ(read_decimal("1.5e3x").length, 5);
  EXPECT_EQ(read_decimal("1.2.3").length, 3);
  EXPECT_EQ(read_decimal("1e").length, 1);
  EXPECT_EQ(read_decimal(".5").value, 0.5);
  for (const char* text : {"", ".", "x", "inf", "nan", "-1", "+1"}) EXPECT_EQ(read_decimal(text).length, 0) << text;
}

TEST(Double, DecimalsThatAreNoDouble) {
  EXPECT_EQ(read_decimal("1e400").value, HUGE_VAL);
  EXPECT_EQ(read_decimal("1e99999999999999999999").value, HUGE_VAL);
  EXPECT_EQ(read_decimal("0.001e400").value, HUGE_VAL);
  EXPECT_EQ(read_decimal(std::string(400, '9')).value, HUGE_VAL);
  EXPECT_EQ(read_decimal("1e-400").value, 0);
  EXPECT_EQ(read_decimal("1000e-99999999999999999999").value, 0);
  EXPECT_EQ(read_decimal("0." + std::string(400, '0') + "1").value, 0);
}

}  // namespace
}  // namespace upy
