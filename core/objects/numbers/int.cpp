#include "objects/numbers/int.h"

#include <charconv>
#include <cmath>
#include <initializer_list>

#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/numbers/big_int.h"
#include "objects/numbers/complex.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int_bytes.h"
#include "objects/numbers/number_text.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/comparison.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/text.h"

/// The int type. Operators on small ints whose result is sure to be small are done on machine words here; all else is
/// done on magnitudes (big_int.h).
namespace upy {

namespace {

constexpr int64_t kExactDouble = int64_t{1} << 53;  // up to here every int is a double

bool is_plain_int(Value value) {
  return value.is_small_int() || value.is_bool() || (value.is_object() && value.as_object()->shape == &big_int_shape);
}

/// A small int for a bool; other ints as they are.
Value unbool(Value n) { return n.is_bool() ? Value::small_int(n.is_true()) : n; }

int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

int64_t floor_mod(int64_t a, int64_t b) {
  int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

Result<Value> make_pair(Vm& vm, Value first, Value second) {
  Value items[] = {first, second};
  return TRY(Tuple::make(vm, items));
}

/// base ** exponent if it fits a machine word.
bool small_power(int64_t base, int64_t exponent, int64_t& result) {
  result = 1;
  while (true) {
    if (exponent & 1 && __builtin_mul_overflow(result, base, &result)) return false;
    exponent >>= 1;
    if (exponent == 0) return true;
    if (__builtin_mul_overflow(base, base, &base)) return false;
  }
}

/// a op b if that can be done on machine words; absent() if not. Errors are left to the general case.
Result<Value> small_binary(Vm& vm, BinaryOp op, int64_t a, int64_t b) {
  int64_t result;
  switch (op) {
    case BinaryOp::Add:
      return make_int(vm, a + b);
    case BinaryOp::Sub:
      return make_int(vm, a - b);
    case BinaryOp::Mul:
      if (__builtin_mul_overflow(a, b, &result)) return Value::absent();
      return make_int(vm, result);
    case BinaryOp::And:
      return Value::small_int(a & b);
    case BinaryOp::Or:
      return Value::small_int(a | b);
    case BinaryOp::Xor:
      return Value::small_int(a ^ b);
    case BinaryOp::LShift:
      if (b < 0 || b > 61 || a > kSmallIntMax >> b || a < kSmallIntMin >> b) return Value::absent();
      return Value::small_int(static_cast<int64_t>(static_cast<uint64_t>(a) << b));
    case BinaryOp::RShift:
      if (b < 0) return Value::absent();
      return Value::small_int(a >> std::min<int64_t>(b, 63));
    case BinaryOp::Pow:
      if (b < 0 || !small_power(a, b, result)) return Value::absent();
      return make_int(vm, result);
    case BinaryOp::TrueDiv:
      if (b == 0 || std::abs(a) > kExactDouble || std::abs(b) > kExactDouble) return Value::absent();
      return make_float(vm, static_cast<double>(a) / static_cast<double>(b));
    case BinaryOp::FloorDiv:
      if (b == 0) return Value::absent();
      return make_int(vm, floor_div(a, b));
    case BinaryOp::Mod:
      if (b == 0) return Value::absent();
      return Value::small_int(floor_mod(a, b));
    case BinaryOp::DivMod:
      if (b == 0) return Value::absent();
      return make_pair(vm, TRY(make_int(vm, floor_div(a, b))), Value::small_int(floor_mod(a, b)));
    default:
      if (!is_comparison(op)) return Value::absent();
      return Value::boolean(holds(op, a <=> b));
  }
}

Result<Value> divide(Vm& vm, BinaryOp op, big::Signed a, big::Signed b) {
  if (b.is_zero()) return vm.raise(Error::divide_by_zero);
  if (op == BinaryOp::TrueDiv) return make_float(vm, TRY(big::true_divide(vm, a, b)));
  Value quotient, remainder;
  TRY(big::floor_divide(vm, a, b, op != BinaryOp::Mod ? &quotient : nullptr,
                        op != BinaryOp::FloorDiv ? &remainder : nullptr));
  if (op == BinaryOp::DivMod) return make_pair(vm, quotient, remainder);
  return op == BinaryOp::FloorDiv ? quotient : remainder;
}

Result<Value> shift(Vm& vm, BinaryOp op, big::Signed n, big::Signed count) {
  if (count.negative) return vm.raise(Error::negative_shift);
  if (count.magnitude.size > 1) {
    if (op == BinaryOp::LShift && !n.is_zero()) return vm.raise(Error::int_too_big);
    return Value::small_int(op == BinaryOp::RShift && n.negative ? -1 : 0);
  }
  uint64_t bits = count.is_zero() ? 0 : count.magnitude.data[0];
  return op == BinaryOp::LShift ? big::shift_left(vm, n, bits) : big::shift_right(vm, n, bits);
}

Result<Value> big_binary(Vm& vm, BinaryOp op, big::Signed a, big::Signed b) {
  switch (op) {
    case BinaryOp::Add:
      return big::add(vm, a, b);
    case BinaryOp::Sub:
      return big::add(vm, a, -b);
    case BinaryOp::Mul:
      return big::multiply(vm, a, b);
    case BinaryOp::TrueDiv:
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
    case BinaryOp::DivMod:
      return divide(vm, op, a, b);
    case BinaryOp::Pow:
      if (b.negative) return float_binary(vm, op, big::to_double(a), big::to_double(b));
      return big::power(vm, a, b);
    case BinaryOp::LShift:
    case BinaryOp::RShift:
      return shift(vm, op, a, b);
    case BinaryOp::And:
    case BinaryOp::Or:
    case BinaryOp::Xor:
      return big::bitwise(vm, op, a, b);
    default:
      if (!is_comparison(op)) return Value::not_implemented();
      return Value::boolean(holds(op, TRY(big::compare(vm, a, b)) <=> 0));
  }
}

Result<void> print_int(Vm& vm, Value self, Writer& out, PrintStyle) { return write_int(vm, out, self, 10); }

Result<Value> binary_int(Vm& vm, BinaryOp op, Value self, Value other) {
  if (is_plain_int(other)) return int_binary(vm, op, self, other);
  if (is_float(other)) return int_binary(vm, plain(op), self, as_double(other));
  if (is_exactly(other, complex_type)) return complex_binary(vm, op, {int_to_double(self)}, TRY(to_complex(vm, other)));
  return Value::not_implemented();
}

Result<Value> reflected_int(Vm& vm, BinaryOp op, Value self, Value other) {
  if (!is_plain_int(other)) return Value::not_implemented();
  return int_binary(vm, op, other, self);
}

Result<bool> int_truth(Vm&, Value self) { return !(unbool(self) == Value::small_int(0)); }

Result<uint64_t> hash_int(Vm& vm, Value self) {
  self = unbool(self);
  if (self.is_small_int()) return static_cast<uint64_t>(self.as_small_int());
  auto* n = static_cast<BigInt*>(self.as_object());
  const uint64_t hash = TRY(big::hash(vm, {reinterpret_cast<const mp_limb_t*>(n->limbs()), n->limb_count}));
  return n->negative ? -hash : hash;
}

/// The int that the first of the special methods answers that the object's class has; absent() if it has none.
Result<Value> ask_for_int(Vm& vm, Value object, std::initializer_list<const Str*> methods) {
  if (!is_class_instance(object)) return Value::absent();
  for (const Str* method : methods) {
    Value answer = TRY(vm.call_special(object, method));
    if (answer.is_absent()) continue;
    if (!is_int(answer)) return vm.raise(Error::cant_convert_to, {type_of(object), "int"});
    return unbool(native_of(answer));
  }
  return Value::absent();
}

/// How an object tells the int that it comes to.
constexpr auto kNumberMethods = {"__int__"_n, "__index__"_n};

/// Whether an object that shows bytes is no text, but has a native __int__.
bool knows_its_int(Value value) { return !Text::is_text(value) && !look_up(type_of(value), "__int__"_n).is_absent(); }

Result<Value> construct_int(Vm& vm, const Type*, Args args) {
  if (args.keywords) return vm.raise(Error::no_keywords);
  if (args.size() > 2) return vm.raise(Error::native_expected_at_most, {2, args.size()});
  if (args.size() == 0) return Value::small_int(0);
  std::string_view text;
  if (args.size() == 2) {
    if (!text_of(args[0], text)) return vm.raise(Error::cant_convert_implicitly, {type_of(args[0]), "str"});
    const int64_t base = TRY(to_int64(vm, args[1]));
    text_of(args[0], text);  // once more: the base may be an object, whose __int__ may have changed it
    return parse_int_text(vm, text, base);
  }
  if (!text_of(args[0], text) || knows_its_int(args[0])) return number_to_int(vm, args[0]);
  Value n = TRY(ask_for_int(vm, args[0], kNumberMethods));  // of a subclass of str
  if (!n.is_absent()) return n;
  text_of(args[0], text);  // once more, as above
  return parse_int_text(vm, text, 10);
}

}  // namespace

// ---- making and taking apart ----

Result<Value> make_int(Vm& vm, int64_t n) {
  if (Value::fits_small_int(n)) [[likely]]
    return Value::small_int(n);
  mp_limb_t magnitude = n < 0 ? -static_cast<uint64_t>(n) : static_cast<uint64_t>(n);
  return big::make(vm, {&magnitude, 1}, n < 0);
}

Result<Value> make_uint(Vm& vm, uint64_t n) {
  mp_limb_t magnitude = n;
  return big::make(vm, {&magnitude, 1}, false);
}

bool is_int(Value value) { return is_plain_int(native_of(value)); }

std::optional<int64_t> int64_of(Value value) {
  value = unbool(native_of(value));
  if (value.is_small_int()) return value.as_small_int();
  if (!is_plain_int(value)) return {};
  auto* n = static_cast<BigInt*>(value.as_object());
  uint64_t magnitude = n->limbs()[0];
  if (n->limb_count > 1 || magnitude > static_cast<uint64_t>(INT64_MAX) + n->negative) return {};
  return static_cast<int64_t>(n->negative ? -magnitude : magnitude);
}

Result<Value> as_index(Vm& vm, Value value) {
  if (is_int(value)) return value;
  Value n = TRY(ask_for_int(vm, value, {"__index__"_n, "__int__"_n}));
  return n.is_absent() ? value : n;
}

Result<Value> as_exact_index(Vm& vm, Value value) {
  Value n = TRY(ask_for_int(vm, value, {"__index__"_n}));
  return n.is_absent() ? value : n;
}

Result<Value> to_int(Vm& vm, Value value) {
  Value n = native_of(TRY(as_index(vm, value)));
  if (!is_plain_int(n)) return vm.raise(Error::cant_convert_to, {type_of(value), "int"});
  return unbool(n);
}

Result<Value> number_to_int(Vm& vm, Value value) {
  Value n = TRY(ask_for_int(vm, value, kNumberMethods));
  Value number = n.is_absent() ? native_of(value) : n;
  if (is_plain_int(number)) return unbool(number);
  if (is_float(number)) return double_to_int(vm, as_double(number));
  if (const Value method = look_up(type_of(number), "__int__"_n); !method.is_absent()) return vm.call(method, {number});
  return vm.raise(Error::cant_convert_to, {type_of(value), "int"});
}

Result<int64_t> to_int64(Vm& vm, Value value) {
  if (value.is_small_int()) [[likely]]
    return value.as_small_int();
  if (auto n = int64_of(TRY(to_int(vm, value)))) return *n;
  return vm.raise(Error::int_too_big);
}

Result<uint64_t> to_bits64(Vm& vm, Value value) {
  big::Operand operand(TRY(to_int(vm, value)));
  big::Signed n = operand;
  uint64_t low = n.is_zero() ? 0 : n.magnitude.data[0];
  return n.negative ? -low : low;
}

int int_sign(Value n) {
  big::Operand operand(native_of(n));
  big::Signed parts = operand;
  return parts.is_zero() ? 0 : parts.negative ? -1 : 1;
}

double int_to_double(Value value) {
  value = unbool(native_of(value));
  if (value.is_small_int()) return static_cast<double>(value.as_small_int());
  big::Operand operand(value);
  return big::to_double(operand);
}

Result<Value> double_to_int(Vm& vm, double d) {
  if (std::isinf(d)) return vm.raise(Error::float_to_int, {"inf"});
  if (std::isnan(d)) return vm.raise(Error::nan_to_int);
  if (std::fabs(d) < 0x1p62) return Value::small_int(static_cast<int64_t>(d));
  int exponent;
  mp_limb_t mantissa = static_cast<uint64_t>(std::ldexp(std::frexp(std::fabs(d), &exponent), 53));
  return big::shift_left(vm, {{&mantissa, 1}, d < 0}, exponent - 53);
}

// ---- operators ----

Result<Value> int_binary(Vm& vm, BinaryOp op, Value a, Value b) {
  op = plain(op);
  a = unbool(a), b = unbool(b);
  if (a.is_small_int() && b.is_small_int()) {
    Value result = TRY(small_binary(vm, op, a.as_small_int(), b.as_small_int()));
    if (!result.is_absent()) return result;
  }
  big::Operand left(a), right(b);
  return big_binary(vm, op, left, right);
}

Result<Value> int_binary(Vm& vm, BinaryOp op, Value n, double d) {
  if (!is_comparison(op)) return float_binary(vm, op, int_to_double(n), d);
  if (std::isnan(d)) return Value::boolean(op == BinaryOp::Ne);
  big::Operand operand(n);
  return Value::boolean(holds(op, big::compare(operand, d) <=> 0));
}

Result<Value> int_unary(Vm& vm, UnaryOp op, Value n) {
  n = unbool(n);
  if (op == UnaryOp::Pos) return n;
  if (op == UnaryOp::Invert) return int_binary(vm, BinaryOp::Sub, Value::small_int(-1), n);
  if (op == UnaryOp::Abs && int_sign(n) >= 0) return n;
  return int_binary(vm, BinaryOp::Sub, Value::small_int(0), n);
}

Result<Value> int_pow_mod(Vm& vm, Value base, Value exponent, Value modulus) {
  big::Operand b(unbool(native_of(base))), e(unbool(native_of(exponent))), m(unbool(native_of(modulus)));
  if (big::Signed(m).is_zero()) return vm.raise(Error::zero_modulus);
  if (big::Signed(e).negative) return vm.raise(Error::negative_modular_power);
  return big::power_mod(vm, b, e, m);
}

Result<Value> int_round(Vm& vm, Value n, int64_t digits) {
  n = unbool(native_of(n));
  if (digits >= 0) return n;
  const big::Operand operand(n);
  const auto bits = static_cast<int64_t>(big::Signed(operand).magnitude.bit_length());
  if (digits < -bits - 1)
    return Value::small_int(0);  // rounded to more than twice the number, be it that it has no bits
  Value unit = TRY(int_binary(vm, BinaryOp::Pow, Value::small_int(10), Value::small_int(-digits)));
  Value rest = TRY(int_binary(vm, BinaryOp::Mod, n, unit));
  Value below = TRY(int_binary(vm, BinaryOp::Sub, n, rest));
  Value twice = TRY(int_binary(vm, BinaryOp::Mul, rest, Value::small_int(2)));
  bool up = TRY(int_binary(vm, BinaryOp::Gt, twice, unit)).is_true();
  if (TRY(int_binary(vm, BinaryOp::Eq, twice, unit)).is_true()) {
    Value quotient = TRY(int_binary(vm, BinaryOp::FloorDiv, n, unit));
    up = TRY(int_binary(vm, BinaryOp::And, quotient, Value::small_int(1))) == Value::small_int(1);
  }
  return up ? int_binary(vm, BinaryOp::Add, below, unit) : below;
}

// ---- text ----

Result<Value> parse_int(Vm& vm, std::string_view digits, int base) {
  const auto fits = [&](char c) { return big::digit_value(c) < static_cast<unsigned>(base); };
  if (TRY(count_while(vm, digits, fits)) < digits.size()) return raise_invalid_int(vm, digits, base);
  if (digits.empty()) return raise_invalid_int(vm, digits, base);
  return big::parse(vm, digits, base, false);
}

Result<void> write_int(Vm& vm, Writer& out, Value n, int base) {
  n = unbool(native_of(n));
  if (!n.is_small_int()) {
    big::Operand operand(n);
    big::Signed parts = operand;
    if (parts.negative) TRY(out.write(vm, "-"));
    return big::write(vm, out, parts.magnitude, base);
  }
  char text[66];
  auto end = std::to_chars(text, text + sizeof text, n.as_small_int(), base).ptr;
  return out.write(vm, {text, static_cast<size_t>(end - text)});
}

// ---- the type ----

constinit const Shape big_int_shape{&shape_shape, &plain_kind, &int_type};

namespace {
constexpr Member kMembers[] = {
    {"from_bytes"_n, native<int_from_bytes_method, 2, 4, NativeFunction::kClassMethod>},
    {"to_bytes"_n, native<int_to_bytes_method, 1, 3, NativeFunction::kKeywords>},
};
}

constinit const Type int_type{{.name = "int"_n,
                               .kind = &plain_kind,
                               .members = kMembers,
                               .slots = {.print = print_int,
                                         .construct = construct_int,
                                         .unary = int_unary,
                                         .binary = binary_int,
                                         .reflected = reflected_int,
                                         .truth = int_truth,
                                         .hash = hash_int}}};

}  // namespace upy
