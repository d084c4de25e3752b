
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "numbers_test.h"
#include "objects/numbers/float.h"
#include "objects/numbers/float_text.h"
#include "objects/numbers/number_format.h"

namespace upy {
namespace {

class FloatTest : public NumbersTest {
 protected:
  std::string repr(double d) {
    TextWriter out;
    EXPECT_TRUE(write_float(vm, out, d));
    return out.text();
  }
  using NumbersTest::show;
  std::string show(BinaryOp op, double a, double b) { return show(float_binary(vm, op, a, b)); }
  std::string format(double d, NumberFormat how) {
    TextWriter out;
    EXPECT_TRUE(format_float(vm, out, d, how));
    return out.text();
  }
};

TEST_F(FloatTest, ReprIsShortest) {
  EXPECT_EQ(repr(0.1), "0.1");
  EXPECT_EQ(repr(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(repr(8.2), "8.2");
  EXPECT_EQ(repr(-0.0), "-0.0");
  EXPECT_EQ(repr(100), "100.0");
  EXPECT_EQ(repr(1e15), "1000000000000000.0");
  EXPECT_EQ(repr(1e16), "1e+16");
  EXPECT_EQ(repr(1.5e300), "1.5e+300");
  EXPECT_EQ(repr(0.0001), "0.0001");
  EXPECT_EQ(repr(0.00001), "1e-05");
  EXPECT_EQ(repr(5e-324), "5e-324");
  EXPECT_EQ(repr(HUGE_VAL), "inf");
  EXPECT_EQ(repr(-HUGE_VAL), "-inf");
  EXPECT_EQ(repr(-std::nan("")), "nan");
}

TEST_F(FloatTest, ReprReadsBackTheSame) {
  std::mt19937_64 generator(7);
  for (int i = 0; i < 20000; i++) {
    auto d = std::bit_cast<double>(generator());
    if (std::isnan(d)) continue;
    std::optional<double> back = parse_float(repr(d));
    ASSERT_TRUE(back) << repr(d);
    ASSERT_EQ(*back, d);
  }
}

TEST_F(FloatTest, ParsesWhatFloatTakes) {
  EXPECT_EQ(parse_float(" 1.5\n"), 1.5);
  EXPECT_EQ(parse_float("-1000.25e10"), -1000.25e10);
  EXPECT_EQ(parse_float(".5"), 0.5);
  EXPECT_EQ(parse_float("5."), 5.0);
  EXPECT_EQ(parse_float("+Infinity"), HUGE_VAL);
  EXPECT_EQ(parse_float("-INF"), -HUGE_VAL);
  EXPECT_TRUE(std::isnan(*parse_float("NaN")));
  EXPECT_EQ(parse_float("1e400"), HUGE_VAL);
  EXPECT_EQ(parse_float("-1e99999999999999999999"), -HUGE_VAL);
  EXPECT_EQ(parse_float("1e-99999999999999999999"), 0.0);
  EXPECT_EQ(parse_float("0." + std::string(400, '0') + "1e10"), 0.0);
  EXPECT_EQ(parse_float(std::string(400, '1')), HUGE_VAL);
  EXPECT_EQ(parse_float(std::string(400, '1') + "e-399"), 1.1111111111111112);
  for (const char* text : {"", " ", ".", "e5", "1e", "1e+", "--1", "1 2", "1.2.3", "0x10", "infi", "1j", "+-1", "abc"})
    EXPECT_FALSE(parse_float(text)) << text;
}

TEST_F(FloatTest, DivisionGoesDown) {
  EXPECT_EQ(show(BinaryOp::FloorDiv, 7, 2), "3.0");
  EXPECT_EQ(show(BinaryOp::FloorDiv, -7, 2), "-4.0");
  EXPECT_EQ(show(BinaryOp::Mod, -7, 2), "1.0");
  EXPECT_EQ(show(BinaryOp::Mod, 7, -2), "-1.0");
  EXPECT_EQ(show(BinaryOp::Mod, -6, -2), "-0.0");
  EXPECT_EQ(show(BinaryOp::FloorDiv, 1, -0.1), "-10.0");
  EXPECT_EQ(show(BinaryOp::DivMod, -1, 3), "(-1.0, 2.0)");
  EXPECT_EQ(show(BinaryOp::Mod, 1, HUGE_VAL), "1.0");
  for (BinaryOp op : {BinaryOp::TrueDiv, BinaryOp::FloorDiv, BinaryOp::Mod, BinaryOp::DivMod})
    EXPECT_EQ(show(op, 1, 0), "ZeroDivisionError: divide by zero");
}

TEST_F(FloatTest, PowersOfNegativesMayBeComplex) {
  EXPECT_EQ(show(BinaryOp::Pow, -8, 3), "-512.0");
  EXPECT_EQ(show(BinaryOp::Pow, 0, -1), "ZeroDivisionError: divide by zero");
  EXPECT_EQ(show(BinaryOp::Pow, std::nan(""), 0), "1.0");
  EXPECT_EQ(show(BinaryOp::Pow, -1, 0.5), "(6.123233995736766e-17+1j)");
}

TEST_F(FloatTest, RoundsToDecimals) {
  EXPECT_EQ(float_round(2.675, 2), 2.67);
  EXPECT_EQ(float_round(0.5, 0), 0.0);
  EXPECT_EQ(float_round(1.5, 0), 2.0);
  EXPECT_EQ(float_round(1234.56, -2), 1200.0);
  EXPECT_EQ(float_round(1e300, 400), 1e300);
  EXPECT_EQ(float_round(-1e300, -400), 0.0);
  EXPECT_EQ(show(float_round(vm, 2.5)), "2");
  EXPECT_EQ(show(float_round(vm, HUGE_VAL)), "OverflowError: can't convert inf to int");
  EXPECT_EQ(show(float_round(vm, std::nan(""))), "ValueError: can't convert NaN to int");
}

TEST_F(FloatTest, FormatsAsPrintf) {
  std::mt19937_64 generator(5);
  for (int i = 0; i < 20000; i++) {
    auto d = std::bit_cast<double>(generator());
    if (!std::isfinite(d)) continue;
    int precision = static_cast<int>(generator() % 20);
    for (char type : {'e', 'f', 'g', 'E', 'G'}) {
      char expected[400];
      std::snprintf(expected, sizeof expected, (std::string("%.*") + type).c_str(), precision, d);
      NumberFormat how;
      how.type = type;
      how.precision = precision;
      if (type == 'f' && std::fabs(d) >= 1e16) continue;
      ASSERT_EQ(format(d, how), expected) << type << precision;
    }
  }
}

TEST_F(FloatTest, HalvesAreFormattedUp) {
  NumberFormat none{.type = 'f', .precision = 0}, one{.type = 'f', .precision = 1}, e{.type = 'e', .precision = 0};
  EXPECT_EQ(format(0.5, none), "1");
  EXPECT_EQ(format(2.5, none), "3");
  EXPECT_EQ(format(-2.5, none), "-3");
  EXPECT_EQ(format(0.25, one), "0.3");
  EXPECT_EQ(format(0.35, one), "0.3");
  EXPECT_EQ(format(25, e), "3e+01");
  EXPECT_EQ(format(45, e), "5e+01");
}

TEST_F(FloatTest, LongFixedNotationBecomesGeneral) {
  NumberFormat two{.type = 'f', .precision = 2}, none{.type = 'f', .precision = 0};
  EXPECT_EQ(format(8.888e29, two), "888799999999999936383481282560.00");
  EXPECT_EQ(format(8.888e32, two), "8.89e+32");
  EXPECT_EQ(format(1e23, none), "99999999999999991611392");
  EXPECT_EQ(format(-1e40, none), "-1e+40");
}

TEST_F(FloatTest, FieldsAndSigns) {
  auto field = [](int64_t width, char align, std::string_view fill) {
    NumberFormat how;
    how.width = width;
    how.align = align;
    how.fill = fill;
    how.type = 'f';
    how.precision = 2;
    return how;
  };
  EXPECT_EQ(format(-1.5, field(8, '>', " ")), "   -1.50");
  EXPECT_EQ(format(-1.5, field(8, '<', "*")), "-1.50***");
  EXPECT_EQ(format(-1.5, field(8, '^', "é")), "é-1.50éé");
  EXPECT_EQ(format(-1.5, field(8, '=', "0")), "-0001.50");
  EXPECT_EQ(format(HUGE_VAL, field(6, '=', "0")), "000inf");
  NumberFormat how = field(0, '>', " ");
  how.separator = ',';
  EXPECT_EQ(format(1234567.891, how), "1,234,567.89");
  how.sign = '+';
  EXPECT_EQ(format(0.5, how), "+0.50");
  how.precision = 1200;
  EXPECT_EQ(format(0.5, how), "+0.5" + std::string(1199, '0'));
  EXPECT_EQ(format(0.125, NumberFormat{.type = '%', .precision = 1}), "12.5%");
  EXPECT_EQ(format(2, NumberFormat{.type = 'g', .alternate = true}), "2.00000");
  EXPECT_EQ(format(std::nan(""), NumberFormat{.type = 'F'}), "NAN");
}

}  // namespace
}  // namespace upy
