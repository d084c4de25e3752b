#include "objects/numbers/int.h"

#include <gmp.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "numbers_test.h"
#include "objects/model/emergency.h"
#include "objects/model/operators.h"
#include "objects/numbers/float.h"

/// Integers against GMP's mpz_ functions, over sizes on both sides of each change of method.
namespace upy {
namespace {

class Oracle {
 public:
  Oracle() { mpz_init(z_); }
  explicit Oracle(const std::string& text, int base = 10) { mpz_init_set_str(z_, text.c_str(), base); }
  ~Oracle() { mpz_clear(z_); }
  Oracle(const Oracle&) = delete;
  mpz_ptr get() { return z_; }
  std::string text(int base = 10) {
    std::string out(mpz_sizeinbase(z_, base) + 2, '\0');
    mpz_get_str(out.data(), base, z_);
    out.resize(std::strlen(out.c_str()));
    return out;
  }

 private:
  mpz_t z_;
};

class IntTest : public NumbersTest {
 protected:
  Value parse(const std::string& text, int base = 10) {
    bool negative = text[0] == '-';
    Value n = *parse_int(vm, std::string_view(text).substr(negative), base);
    return negative ? *int_unary(vm, UnaryOp::Neg, n) : n;
  }
  std::string text(Value n, int base = 10) {
    TextWriter out;
    EXPECT_TRUE(write_int(vm, out, n, base));
    return out.text();
  }
  /// A random number of about that many bits, with runs of ones and zeros.
  void random(Oracle& z, size_t bits) {
    mpz_rrandomb(z.get(), state_, bits);
    if (generator_() & 1) mpz_neg(z.get(), z.get());
  }
  Value value(Oracle& z) { return parse(z.text(16), 16); }
  void expect(Oracle& expected, Result<Value> actual, const char* what) {
    ASSERT_TRUE(actual) << what << take_error();
    EXPECT_EQ(expected.text(16), text(*actual, 16)) << what;
    EXPECT_EQ((*actual).is_small_int(),
              mpz_sizeinbase(expected.get(), 2) <= 62 || expected.text(16) == "-4000000000000000");
  }

  IntTest() { gmp_randinit_default(state_); }
  ~IntTest() { gmp_randclear(state_); }

  std::mt19937 generator_{1};
  gmp_randstate_t state_;
};

constexpr size_t kBits[] = {0,   1,    5,    31,   61,    62,    63,    64,    65,    127,   128,    129,
                            500, 1000, 1100, 4000, 16383, 16500, 33000, 65536, 66000, 70000, 140000, 300000};

TEST_F(IntTest, ArithmeticAgreesWithGmp) {
  for (size_t a_bits : kBits) {
    for (size_t b_bits : kBits) {
      Oracle a, b, c;
      random(a, a_bits), random(b, b_bits);
      Value x = value(a), y = value(b);
      mpz_add(c.get(), a.get(), b.get());
      expect(c, int_binary(vm, BinaryOp::Add, x, y), "+");
      mpz_sub(c.get(), a.get(), b.get());
      expect(c, int_binary(vm, BinaryOp::Sub, x, y), "-");
      mpz_mul(c.get(), a.get(), b.get());
      expect(c, int_binary(vm, BinaryOp::Mul, x, y), "*");
      mpz_and(c.get(), a.get(), b.get());
      expect(c, int_binary(vm, BinaryOp::And, x, y), "&");
      mpz_ior(c.get(), a.get(), b.get());
      expect(c, int_binary(vm, BinaryOp::Or, x, y), "|");
      mpz_xor(c.get(), a.get(), b.get());
      expect(c, int_binary(vm, BinaryOp::Xor, x, y), "^");
      int order = mpz_cmp(a.get(), b.get());
      EXPECT_EQ((*int_binary(vm, BinaryOp::Lt, x, y)).is_true(), order < 0);
      EXPECT_EQ((*int_binary(vm, BinaryOp::Ge, x, y)).is_true(), order >= 0);
      EXPECT_EQ((*int_binary(vm, BinaryOp::Eq, x, y)).is_true(), order == 0);
      if (mpz_sgn(b.get()) == 0) {
        EXPECT_EQ(show(int_binary(vm, BinaryOp::Mod, x, y)), "ZeroDivisionError: divide by zero");
        continue;
      }
      mpz_fdiv_q(c.get(), a.get(), b.get());
      expect(c, int_binary(vm, BinaryOp::FloorDiv, x, y), "//");
      mpz_fdiv_r(c.get(), a.get(), b.get());
      expect(c, int_binary(vm, BinaryOp::Mod, x, y), "%");
    }
  }
}

TEST_F(IntTest, SquaresAgreeWithGmp) {
  for (size_t bits : kBits) {
    Oracle a, c;
    random(a, bits);
    Value x = value(a);
    mpz_mul(c.get(), a.get(), a.get());
    expect(c, int_binary(vm, BinaryOp::Mul, x, x), "square");
  }
}

TEST_F(IntTest, ShiftsAgreeWithGmp) {
  for (size_t bits : kBits) {
    for (int count : {0, 1, 61, 62, 63, 64, 65, 128, 1000}) {
      Oracle a, c;
      random(a, bits);
      Value x = value(a), n = Value::small_int(count);
      mpz_mul_2exp(c.get(), a.get(), count);
      expect(c, int_binary(vm, BinaryOp::LShift, x, n), "<<");
      mpz_fdiv_q_2exp(c.get(), a.get(), count);
      expect(c, int_binary(vm, BinaryOp::RShift, x, n), ">>");
      mpz_com(c.get(), a.get());
      expect(c, int_unary(vm, UnaryOp::Invert, x), "~");
      mpz_neg(c.get(), a.get());
      expect(c, int_unary(vm, UnaryOp::Neg, x), "neg");
      mpz_abs(c.get(), a.get());
      expect(c, int_unary(vm, UnaryOp::Abs, x), "abs");
    }
  }
}

TEST_F(IntTest, PowersAgreeWithGmp) {
  for (const char* base : {"0", "1", "-1", "2", "-2", "3", "10", "-7", "4611686018427387903", "-4611686018427387904",
                           "18446744073709551616", "340282366920938463463374607431768211507"}) {
    for (unsigned exponent : {0u, 1u, 2u, 3u, 7u, 63u, 64u, 100u, 1001u}) {
      Oracle a(base), c, modulus("-1000000000000000000000000000057"), e(std::to_string(exponent)), odd("97");
      mpz_pow_ui(c.get(), a.get(), exponent);
      Value x = parse(base), n = Value::small_int(exponent);
      expect(c, int_binary(vm, BinaryOp::Pow, x, n), base);
      mpz_powm_ui(c.get(), a.get(), exponent, odd.get());
      expect(c, int_pow_mod(vm, x, n, Value::small_int(97)), base);
      mpz_pow_ui(c.get(), a.get(), exponent);
      mpz_fdiv_r(c.get(), c.get(), modulus.get());
      expect(c, int_pow_mod(vm, x, n, value(modulus)), base);
    }
  }
}

TEST_F(IntTest, TextAgreesWithGmp) {
  for (int base : {2, 3, 7, 8, 10, 16, 32, 36}) {
    for (size_t bits : kBits) {
      Oracle a;
      random(a, bits);
      EXPECT_EQ(a.text(base), text(value(a), base)) << base << " " << bits;
      EXPECT_EQ(a.text(16), text(parse(a.text(base), base), 16)) << base << " " << bits;
    }
  }
}

TEST_F(IntTest, PowersOfTenKeepTheirZeros) {
  for (int digits : {18, 19, 20, 8191, 8192, 8193, 16384, 16385, 40000}) {
    std::string expected = "1" + std::string(digits, '0');
    EXPECT_EQ(text(*int_binary(vm, BinaryOp::Pow, Value::small_int(10), Value::small_int(digits))), expected);
    EXPECT_EQ(text(parse(expected)), expected);
  }
}

TEST_F(IntTest, BytesRoundTrip) {
  for (size_t bits : kBits) {
    Oracle a;
    random(a, bits);
    Value n = value(a);
    for (ByteOrder order : {ByteOrder::Little, ByteOrder::Big}) {
      std::string bytes(bits / 8 + 3, 'x');
      ASSERT_TRUE(OK(int_to_bytes(vm, n, bytes, order, Signedness::Signed)));
      expect(a, int_from_bytes(vm, bytes, order, Signedness::Signed), "bytes");
      EXPECT_EQ(OK(int_to_bytes(vm, n, bytes, order, Signedness::Unsigned)), int_sign(n) >= 0);
    }
  }
}

TEST_F(IntTest, SignedWidthHasRoomForOneMoreBelow) {
  char two[2];
  Value least = Value::small_int(-32768), most = Value::small_int(32767);
  EXPECT_TRUE(OK(int_to_bytes(vm, least, two, ByteOrder::Big, Signedness::Signed)));
  EXPECT_TRUE(OK(int_to_bytes(vm, most, two, ByteOrder::Big, Signedness::Signed)));
  EXPECT_FALSE(OK(int_to_bytes(vm, Value::small_int(-32769), two, ByteOrder::Big, Signedness::Signed)));
  EXPECT_FALSE(OK(int_to_bytes(vm, Value::small_int(32768), two, ByteOrder::Big, Signedness::Signed)));
}

TEST_F(IntTest, DoublesRoundToEven) {
  EXPECT_EQ(int_to_double(parse("9007199254740993")), 9007199254740992.0);
  EXPECT_EQ(int_to_double(parse("9007199254740995")), 9007199254740996.0);
  EXPECT_EQ(int_to_double(parse("36893488147419103233")), 36893488147419103232.0);
  EXPECT_EQ(int_to_double(parse("36893488147419107329")), 36893488147419111424.0);
  EXPECT_EQ(int_to_double(parse("-" + std::string(400, '9'))), -HUGE_VAL);
}

TEST_F(IntTest, TrueDivisionIsCorrectlyRounded) {
  auto quotient = [&](const std::string& a, const std::string& b) {
    return show(int_binary(vm, BinaryOp::TrueDiv, parse(a), parse(b)));
  };
  EXPECT_EQ(quotient("1" + std::string(400, '0'), "3" + std::string(400, '0')), "0.3333333333333333");
  EXPECT_EQ(quotient("-1", "1" + std::string(320, '0')), "-1e-320");
  EXPECT_EQ(quotient("1", "1" + std::string(400, '0')), "0.0");
  EXPECT_EQ(quotient("9007199254740993", "1"), "9007199254740992.0");
  EXPECT_EQ(quotient("4611686018427387903", "3"), "1.5372286728091292e+18");
}

TEST_F(IntTest, ComparesWithDoublesExactly) {
  auto compare = [&](BinaryOp op, const std::string& n, double d) {
    return (*int_binary(vm, op, parse(n), d)).is_true();
  };
  EXPECT_TRUE(compare(BinaryOp::Gt, "9007199254740993", 9007199254740992.0));
  EXPECT_FALSE(compare(BinaryOp::Eq, "9007199254740993", 9007199254740992.0));
  EXPECT_TRUE(compare(BinaryOp::Eq, "1180591620717411303424", 0x1p70));
  EXPECT_TRUE(compare(BinaryOp::Lt, "1180591620717411303423", 0x1p70));
  EXPECT_TRUE(compare(BinaryOp::Lt, "-1180591620717411303425", -0x1p70));
  EXPECT_TRUE(compare(BinaryOp::Lt, std::string(400, '9'), HUGE_VAL));
  EXPECT_TRUE(compare(BinaryOp::Gt, "-" + std::string(400, '9'), -HUGE_VAL));
  EXPECT_FALSE(compare(BinaryOp::Eq, "1", std::nan("")));
  EXPECT_TRUE(compare(BinaryOp::Ne, "1", std::nan("")));
  EXPECT_TRUE(compare(BinaryOp::Gt, "0", -0.5));
  EXPECT_TRUE(compare(BinaryOp::Lt, "0", 0.5));
}

TEST_F(IntTest, EqualNumbersHashAlike) {
  for (double d : {0.0, 1.0, -1.0, 1e18, 0x1p62, -0x1p62, 0x1p100, -0x1.8p200, 1e300}) {
    Value n = *double_to_int(vm, d);
    EXPECT_EQ(*hash(vm, n), hash_double(d)) << d;
  }
}

TEST_F(IntTest, TooLargeResultsFailAtOnce) {
  Value ten = Value::small_int(10);
  Value exponent = Value::small_int(100000000000);
  EXPECT_EQ(show(int_binary(vm, BinaryOp::Pow, ten, exponent)).substr(0, 11), "MemoryError");
  EXPECT_EQ(show(int_binary(vm, BinaryOp::Pow, ten, parse("1" + std::string(30, '0')))).substr(0, 11), "MemoryError");
  EXPECT_EQ(show(int_binary(vm, BinaryOp::LShift, ten, exponent)).substr(0, 11), "MemoryError");
  EXPECT_EQ(show(int_binary(vm, BinaryOp::LShift, ten, parse("1" + std::string(30, '0')))),
            "OverflowError: overflow converting long int to machine word");
  EXPECT_EQ(show(int_binary(vm, BinaryOp::LShift, Value::small_int(0), exponent)), "0");
}

TEST_F(IntTest, LongWorkCanBeInterrupted) {
  Value big = parse("7" + std::string(200000, '3')), divisor = parse(std::string(100000, '9'));
  interrupt_polls();
  TextWriter out;
  EXPECT_FALSE(int_binary(vm, BinaryOp::Mul, big, big));
  EXPECT_EQ(take_error(), "KeyboardInterrupt: ");
  EXPECT_FALSE(int_binary(vm, BinaryOp::FloorDiv, big, divisor));
  take_error();
  EXPECT_FALSE(write_int(vm, out, big, 10));
  take_error();
  EXPECT_FALSE(int_pow_mod(vm, Value::small_int(3), big, Value::small_int(1000003)));
}

TEST_F(IntTest, SmallResultsNeedNoMemory) {
  Value a = parse("1180591620717411303424"), b = parse("1180591620717411303401");
  vm.emergency().refill();
  vm.heap.set_lock_depth(1);
  EXPECT_EQ(show(int_binary(vm, BinaryOp::Sub, a, b)), "23");
  EXPECT_EQ(show(int_binary(vm, BinaryOp::FloorDiv, a, b)), "1");
  EXPECT_EQ(show(int_binary(vm, BinaryOp::Mod, a, b)), "23");
  EXPECT_EQ(show(int_binary(vm, BinaryOp::RShift, a, Value::small_int(69))), "2");
  EXPECT_EQ(show(int_binary(vm, BinaryOp::And, a, Value::small_int(255))), "0");
  EXPECT_EQ(show(int_binary(vm, BinaryOp::Add, a, b)), "MemoryError: memory allocation failed, heap is locked");
  EXPECT_EQ(show(int_from_bytes(vm, std::string("\0\0\0\0\0\0\0\0\0\0\0\7", 12), ByteOrder::Big, Signedness::Unsigned)),
            "7");
  vm.heap.set_lock_depth(0);
}

/// A chain of all operations on long numbers that should give 0 at last.
Result<Value> long_chain(Vm& vm) {
  auto op = [&](BinaryOp op, Value a, Value b) { return int_binary(vm, op, a, b); };
  Value base = TRY(op(BinaryOp::Pow, Value::small_int(-7), Value::small_int(30001)));
  StrBuilder text;
  TRY(write_int(vm, text, TRY(int_unary(vm, UnaryOp::Abs, base)), 10));
  Value again = TRY(int_unary(vm, UnaryOp::Neg, TRY(parse_int(vm, text.view(), 10))));
  Value square = TRY(op(BinaryOp::Mul, base, again));
  Value rest = TRY(op(BinaryOp::Mod, TRY(op(BinaryOp::Add, square, Value::small_int(-3))), base));
  Value quotient = TRY(op(BinaryOp::FloorDiv, TRY(op(BinaryOp::LShift, square, Value::small_int(77))), base));
  Value shifted = TRY(op(BinaryOp::RShift, quotient, Value::small_int(77)));
  Value same = TRY(op(BinaryOp::Sub, shifted, TRY(op(BinaryOp::Add, rest, Value::small_int(3)))));
  return op(BinaryOp::Xor, TRY(op(BinaryOp::And, same, base)), TRY(op(BinaryOp::Or, same, base)));
}

TEST_F(IntTest, OperandsSurviveACollectionAtEveryAllocation) {
  vm.heap.set_stress(1, 0);
  EXPECT_EQ(show(long_chain(vm)), "0");
}

TEST_F(IntTest, EveryFailedAllocationIsAMemoryError) {
  bool failed = true;
  for (uint32_t nth = 1; failed; nth++) {
    vm.heap.set_stress(0, nth);
    Result<Value> result = long_chain(vm);
    failed = !result;
    vm.heap.set_stress(0, 0);
    EXPECT_EQ(show(result).substr(0, 11), failed ? "MemoryError" : "0");
  }
}

}  // namespace
}  // namespace upy
