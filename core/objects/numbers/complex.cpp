#include "objects/numbers/complex.h"

#include <cmath>

#include "objects/model/attributes.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/numbers/float.h"
#include "objects/numbers/float_text.h"
#include "objects/numbers/int.h"
#include "objects/numbers/number_text.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// The complex type.
namespace upy {

namespace {

ComplexParts parts_of(Value self) {
  auto* z = static_cast<Complex*>(self.as_object());
  return {z->real, z->imag};
}

ComplexParts multiply(ComplexParts a, ComplexParts b) {
  return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

/// a / b, for b that is not 0.
ComplexParts divide(ComplexParts a, ComplexParts b) {
  if (b.imag == 0) return {a.real / b.real, a.imag / b.real};
  if (b.real == 0) return {a.imag / b.imag, -a.real / b.imag};
  double square = b.real * b.real + b.imag * b.imag;
  return multiply(a, {b.real / square, b.imag / -square});
}

/// a ** b as exp(b ln a), for a that is not 0.
ComplexParts power(ComplexParts a, ComplexParts b) {
  double log = std::log(std::hypot(a.real, a.imag)), angle = std::atan2(a.imag, a.real);
  ComplexParts exponent = multiply({log, angle}, b);
  double size = std::exp(exponent.real);
  return {size * std::cos(exponent.imag), size * std::sin(exponent.imag)};
}

/// One part, with a sign if it follows another.
Result<void> write_part(Vm& vm, Writer& out, double d, std::string_view plus) {
  char buffer[kFloatText];
  if (std::isnan(d) || !std::signbit(d)) TRY(out.write(vm, plus));
  return out.write(vm, shortest_text(d, buffer));
}

Result<void> print_complex(Vm& vm, Value self, Writer& out, PrintStyle) {
  ComplexParts z = parts_of(self);
  if (z.real == 0) {
    TRY(write_part(vm, out, z.imag, ""));
    return out.write(vm, "j");
  }
  TRY(out.write(vm, "("));
  TRY(write_part(vm, out, z.real, ""));
  TRY(write_part(vm, out, z.imag, "+"));
  return out.write(vm, "j)");
}

/// Takes off "j" or a number with "j" behind.
std::optional<double> take_imaginary(std::string_view& text) {
  std::string_view rest = text;
  double sign = rest.starts_with('-') ? -1 : 1;
  auto d = take_float(rest);
  if (!d) {
    if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
    d = sign;
  }
  if (rest.empty() || (rest[0] | 0x20) != 'j') return {};
  text = rest.substr(1);
  return d;
}

/// "3", "2j" or "3+2j" with blanks around the parts.
Result<Value> parse_complex(Vm& vm, std::string_view text) {
  ComplexParts z;
  text = skip_blanks(text);
  if (auto only = take_imaginary(text)) {
    z.imag = *only;
  } else if (auto real = take_float(text)) {
    z.real = *real;
    text = skip_blanks(text);
    if (text.starts_with('+') || text.starts_with('-')) {
      auto imag = take_imaginary(text);
      if (!imag) return vm.raise(Error::invalid_number);
      z.imag = *imag;
    }
  } else {
    return vm.raise(Error::invalid_number);
  }
  if (!skip_blanks(text).empty()) return vm.raise(Error::invalid_number);
  return make_complex(vm, z);
}

Result<Value> construct_complex(Vm& vm, const Type*, Args args) {
  if (args.keywords) return vm.raise(Error::no_keywords);
  if (args.size() > 2) return vm.raise(Error::native_expected_at_most, {2, args.size()});
  if (args.size() == 0) return make_complex(vm, {});
  if (args.size() == 1) {
    std::string_view text;
    if (text_of(args[0], text)) return parse_complex(vm, TRY(shortened(vm, TRY(plain_numeral(vm, text)))));
    if (is_exactly(args[0], complex_type)) return args[0];
    return make_complex(vm, TRY(to_complex(vm, args[0])));
  }
  ComplexParts real = TRY(to_complex(vm, args[0])), imag = TRY(to_complex(vm, args[1]));
  return make_complex(vm, {real.real - imag.imag, real.imag + imag.real});
}

Result<Value> unary_complex(Vm& vm, UnaryOp op, Value self) {
  ComplexParts z = parts_of(self);
  switch (op) {
    case UnaryOp::Pos:
      return self;
    case UnaryOp::Neg:
      return make_complex(vm, {-z.real, -z.imag});
    case UnaryOp::Abs:
      return make_float(vm, std::hypot(z.real, z.imag));
    default:
      return Value::not_implemented();
  }
}

bool is_number(Value value) {
  return !is_class_instance(value) && (is_exactly(value, complex_type) || is_float(value) || is_int(value));
}

Result<Value> binary_complex(Vm& vm, BinaryOp op, Value self, Value other) {
  if (!is_number(other)) return Value::not_implemented();
  return complex_binary(vm, plain(op), parts_of(self), TRY(to_complex(vm, other)));
}

Result<Value> reflected_complex(Vm& vm, BinaryOp op, Value self, Value other) {
  if (!is_number(other)) return Value::not_implemented();
  return complex_binary(vm, plain(op), TRY(to_complex(vm, other)), parts_of(self));
}

Result<bool> complex_truth(Vm&, Value self) {
  ComplexParts z = parts_of(self);
  return z.real != 0 || z.imag != 0;
}

Result<uint64_t> hash_complex(Vm&, Value self) {
  ComplexParts z = parts_of(self);
  return hash_double(z.real) ^ hash_double(z.imag) * 1000003;
}

Result<Value> get_attr_complex(Vm& vm, Value self, const Str* name) {
  if (name == "real"_n) return make_float(vm, parts_of(self).real);
  if (name == "imag"_n) return make_float(vm, parts_of(self).imag);
  return Value::absent();
}

}  // namespace

Result<Value> make_complex(Vm& vm, ComplexParts parts) {
  Complex* z = TRY(vm.allocate<Complex>(complex_type));
  z->real = parts.real;
  z->imag = parts.imag;
  return z;
}

Result<ComplexParts> to_complex(Vm& vm, Value value) {
  if (is_class_instance(value)) {
    Value result = TRY(vm.call_special(value, "__complex__"_n));
    if (is_exactly(result, complex_type)) return parts_of(result);
  }
  if (Value native = native_of(value); is_exactly(native, complex_type)) return parts_of(native);
  Result<double> real = to_double(vm, value);
  if (real) return ComplexParts{*real};
  if (vm.take_pending(TypeError_type)) (void)vm.raise(Error::cant_convert_to, {type_of(value), "complex"});
  return Failure{};
}

Result<Value> complex_binary(Vm& vm, BinaryOp op, ComplexParts a, ComplexParts b) {
  switch (op) {
    case BinaryOp::Add:
      return make_complex(vm, {a.real + b.real, a.imag + b.imag});
    case BinaryOp::Sub:
      return make_complex(vm, {a.real - b.real, a.imag - b.imag});
    case BinaryOp::Mul:
      return make_complex(vm, multiply(a, b));
    case BinaryOp::TrueDiv:
      if (b.real == 0 && b.imag == 0) return vm.raise(Error::complex_divide_by_zero);
      return make_complex(vm, divide(a, b));
    case BinaryOp::FloorDiv:
      return vm.raise(Error::complex_floor_divide);
    case BinaryOp::Pow:
      if (a.real != 0 || a.imag != 0) return make_complex(vm, power(a, b));
      if (b.imag != 0 || b.real < 0) return vm.raise(Error::zero_to_complex_power);
      return make_complex(vm, {b.real == 0 ? 1.0 : 0.0});
    case BinaryOp::Eq:
      return Value::boolean(a.real == b.real && a.imag == b.imag);
    case BinaryOp::Ne:
      return Value::boolean(a.real != b.real || a.imag != b.imag);
    default:
      return Value::not_implemented();
  }
}

constinit const Type complex_type{{.name = "complex"_n,
                                   .kind = &plain_kind,
                                   .slots = {.print = print_complex,
                                             .construct = construct_complex,
                                             .unary = unary_complex,
                                             .binary = binary_complex,
                                             .reflected = reflected_complex,
                                             .truth = complex_truth,
                                             .hash = hash_complex,
                                             .get_attr = get_attr_complex}}};

}  // namespace upy
