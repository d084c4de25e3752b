#include "objects/numbers/float.h"

#include <charconv>
#include <cmath>

#include "bytecode/double.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/numbers/complex.h"
#include "objects/numbers/float_text.h"
#include "objects/numbers/int.h"
#include "objects/numbers/number_text.h"
#include "objects/runtime/comparison.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// The float type.
namespace upy {

namespace {

Result<Value> divide(Vm& vm, BinaryOp op, double a, double b) {
  if (b == 0) return vm.raise(Error::divide_by_zero);
  if (op == BinaryOp::TrueDiv) return make_float(vm, a / b);
  if (op == BinaryOp::FloorDiv) return make_float(vm, floor_divide(a, b));
  if (op == BinaryOp::Mod) return make_float(vm, floor_modulo(a, b));
  Value pair[] = {TRY(make_float(vm, floor_divide(a, b))), TRY(make_float(vm, floor_modulo(a, b)))};
  return TRY(Tuple::make(vm, pair));
}

Result<Value> power(Vm& vm, double a, double b) {
  if (a == 0 && b < 0 && !std::isinf(b)) return vm.raise(Error::divide_by_zero);
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b))
    return complex_binary(vm, BinaryOp::Pow, {a}, {b});
  return make_float(vm, std::pow(a, b));
}

Result<void> print_float(Vm& vm, Value self, Writer& out, PrintStyle) { return write_float(vm, out, as_double(self)); }

Result<Value> construct_float(Vm& vm, const Type*, Args args) {
  if (args.keywords) return vm.raise(Error::no_keywords);
  if (args.size() > 1) return vm.raise(Error::native_expected_at_most, {1, args.size()});
  if (args.size() == 0) return make_float(vm, 0);
  if (is_float(args[0])) return args[0];
  std::string_view text;
  if (!text_of(args[0], text)) return make_float(vm, TRY(to_double(vm, args[0])));
  if (auto d = parse_float(TRY(shortened(vm, TRY(plain_numeral(vm, text)))))) return make_float(vm, *d);
  return vm.raise(Error::invalid_number);
}

Result<Value> unary_float(Vm& vm, UnaryOp op, Value self) {
  double d = as_double(self);
  switch (op) {
    case UnaryOp::Neg:
      return make_float(vm, -d);
    case UnaryOp::Pos:
      return self;
    case UnaryOp::Abs:
      return std::signbit(d) ? make_float(vm, -d) : self;
    default:
      return Value::not_implemented();
  }
}

Result<Value> binary_float(Vm& vm, BinaryOp op, Value self, Value other) {
  op = plain(op);
  if (is_float(other)) return float_binary(vm, op, as_double(self), as_double(other));
  if (is_exactly(other, complex_type)) return complex_binary(vm, op, {as_double(self)}, TRY(to_complex(vm, other)));
  if (is_class_instance(other) || !is_int(other)) return Value::not_implemented();
  if (is_comparison(op)) return int_binary(vm, mirrored(op), other, as_double(self));
  return float_binary(vm, op, as_double(self), int_to_double(other));
}

Result<Value> reflected_float(Vm& vm, BinaryOp op, Value self, Value other) {
  if (is_class_instance(other) || !(is_float(other) || is_int(other))) return Value::not_implemented();
  return float_binary(vm, plain(op), TRY(to_double(vm, other)), as_double(self));
}

Result<bool> float_truth(Vm&, Value self) { return as_double(self) != 0; }

Result<uint64_t> hash_float(Vm&, Value self) { return hash_double(as_double(self)); }

Result<Value> float_is_integer(Vm&, Args args) {
  double d = as_double(args[0]);
  return Value::boolean(std::isfinite(d) && d == std::floor(d));
}

}  // namespace

Result<Value> make_boxed_float(Vm& vm, double d) {
  BoxedFloat* box = TRY(vm.allocate<BoxedFloat>(float_type));
  box->value = d;
  return box;
}

Result<double> to_double(Vm& vm, Value value) {
  if (is_float(value)) return as_double(value);
  if (is_class_instance(value)) {
    Value result = TRY(vm.call_special(value, "__float__"_n));
    if (is_float(result)) return as_double(result);
    if (Value native = native_of(value); is_float(native)) return as_double(native);
    value = TRY(as_exact_index(vm, value));
  }
  if (is_int(value)) return int_to_double(value);
  return vm.raise(Error::cant_convert_to, {type_of(value), "float"});
}

Result<Value> float_binary(Vm& vm, BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::Add:
      return make_float(vm, a + b);
    case BinaryOp::Sub:
      return make_float(vm, a - b);
    case BinaryOp::Mul:
      return make_float(vm, a * b);
    case BinaryOp::TrueDiv:
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
    case BinaryOp::DivMod:
      return divide(vm, op, a, b);
    case BinaryOp::Pow:
      return power(vm, a, b);
    default:
      return is_comparison(op) ? Value::boolean(holds(op, a <=> b)) : Value::not_implemented();
  }
}

uint64_t hash_double(double d) {
  if (d != std::floor(d) || std::isinf(d)) {
    auto bits = std::bit_cast<uint64_t>(d) * 0x9e3779b97f4a7c15;
    return bits ^ bits >> 32;
  }
  if (d >= -0x1p62 && d < 0x1p62) return static_cast<uint64_t>(static_cast<int64_t>(d));
  // mantissa * 2**shift modulo 2**61 - 1: a rotation of 61 bits.
  int exponent;
  auto mantissa = static_cast<uint64_t>(std::ldexp(std::frexp(std::fabs(d), &exponent), 53));
  unsigned shift = (exponent - 53) % 61;
  uint64_t hash = shift ? (mantissa << shift & kIntHashModulus) | mantissa >> (61 - shift) : mantissa;
  if (hash == kIntHashModulus) hash = 0;
  return d < 0 ? -hash : hash;
}

Result<Value> float_round(Vm& vm, double d) { return double_to_int(vm, std::nearbyint(d)); }

double float_round(double d, int64_t digits) {
  if (!std::isfinite(d) || digits > 330) return d;
  if (digits < -308) return std::copysign(0.0, d);
  if (digits < 0) {
    double unit = std::pow(10.0, static_cast<double>(-digits));
    return std::nearbyint(d / unit) * unit;
  }
  char text[700];
  char* end = std::to_chars(text, text + sizeof text, d, std::chars_format::fixed, static_cast<int>(digits)).ptr;
  std::from_chars(text, end, d);
  return d;
}

namespace {
constexpr Member kMembers[] = {{"is_integer"_n, native<float_is_integer, 1>}};
}

constinit const Type float_type{{.name = "float"_n,
                                 .kind = &plain_kind,
                                 .members = kMembers,
                                 .slots = {.print = print_float,
                                           .construct = construct_float,
                                           .unary = unary_float,
                                           .binary = binary_float,
                                           .reflected = reflected_float,
                                           .truth = float_truth,
                                           .hash = hash_float}}};

}  // namespace upy
