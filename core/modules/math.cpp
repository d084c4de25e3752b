#include <algorithm>
#include <cmath>
#include <numbers>

#include "modules/modules.h"
#include "modules/number_constants.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/native_function.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// The math module.
namespace upy {

namespace {

constinit const BoxedFloat kInfinity{{&float_type.root}, HUGE_VAL};
constinit const BoxedFloat kNan{{&float_type.root}, __builtin_nan("")};

/// A function of one number. nan or infinity out of nothing of the kind is a domain error.
template <double (*function)(double)>
Result<Value> apply(Vm& vm, Args args) {
  double x = TRY(to_double(vm, args[0])), y = function(x);
  if ((std::isnan(y) && !std::isnan(x)) || (std::isinf(y) && !std::isinf(x))) return vm.raise(Error::math_domain);
  return make_float(vm, y);
}

template <double (*function)(double, double)>
Result<Value> apply2(Vm& vm, Args args) {
  double a = TRY(to_double(vm, args[0])), b = TRY(to_double(vm, args[1])), y = function(a, b);
  bool from_nan = std::isnan(a) || std::isnan(b), from_inf = std::isinf(a) || std::isinf(b);
  if ((std::isnan(y) && !from_nan) || (std::isinf(y) && !from_inf)) return vm.raise(Error::math_domain);
  return make_float(vm, y);
}

/// A function that rounds to an int; ints stay as they are.
template <double (*function)(double)>
Result<Value> apply_rounding(Vm& vm, Args args) {
  if (is_int(args[0])) return int_unary(vm, UnaryOp::Pos, native_of(args[0]));
  return double_to_int(vm, function(TRY(to_double(vm, args[0]))));
}

template <bool (*test)(double)>
Result<Value> apply_test(Vm& vm, Args args) {
  return Value::boolean(test(TRY(to_double(vm, args[0]))));
}

/// A function of one number that has no domain; large results are infinity.
template <double (*function)(double)>
Result<Value> apply_everywhere(Vm& vm, Args args) {
  return make_float(vm, function(TRY(to_double(vm, args[0]))));
}

double degrees(double x) { return x * (180 / std::numbers::pi); }
double radians(double x) { return x * (std::numbers::pi / 180); }

Result<Value> make_pair(Vm& vm, Value first, Value second) {
  Value items[] = {first, second};
  return TRY(Tuple::make(vm, items));
}

Result<double> logarithm(Vm& vm, Value value) {
  double x = TRY(to_double(vm, value));
  if (x <= 0) return vm.raise(Error::math_domain);
  return std::log(x);
}

Result<Value> math_log(Vm& vm, Args args) {
  double log = TRY(logarithm(vm, args[0]));
  if (args.size() == 1) return make_float(vm, log);
  double base = TRY(logarithm(vm, args[1]));
  if (base == 0) return vm.raise(Error::divide_by_zero);
  return make_float(vm, log / base);
}

Result<Value> math_frexp(Vm& vm, Args args) {
  int exponent = 0;
  double fraction = std::frexp(TRY(to_double(vm, args[0])), &exponent);
  return make_pair(vm, TRY(make_float(vm, fraction)), Value::small_int(exponent));
}

Result<Value> math_ldexp(Vm& vm, Args args) {
  double x = TRY(to_double(vm, args[0]));
  int64_t exponent = TRY(to_int64(vm, args[1]));
  return make_float(vm, std::ldexp(x, static_cast<int>(std::clamp<int64_t>(exponent, -10000, 10000))));
}

Result<Value> math_modf(Vm& vm, Args args) {
  double whole, fraction = std::modf(TRY(to_double(vm, args[0])), &whole);
  return make_pair(vm, TRY(make_float(vm, fraction)), TRY(make_float(vm, whole)));
}

Result<Value> math_isclose(Vm& vm, Args args) {
  double relative = 1e-9, absolute = 0;
  for (uint32_t i = 0; i < args.keywords; i++) {
    Value name = args.keyword_name(i);
    if (!(name == Value("rel_tol"_n)) && !(name == Value("abs_tol"_n))) return vm.raise(Error::extra_keywords);
    (name == Value("rel_tol"_n) ? relative : absolute) = TRY(to_double(vm, args.keyword_value(i)));
  }
  double a = TRY(to_double(vm, args[0])), b = TRY(to_double(vm, args[1]));
  if (relative < 0 || absolute < 0) return vm.raise(Error::math_domain);
  if (a == b) return Value::boolean(true);
  double difference = std::fabs(a - b);
  if (std::isinf(difference)) return Value::boolean(false);
  return Value::boolean(difference <= absolute || difference <= std::fabs(relative * a) ||
                        difference <= std::fabs(relative * b));
}

/// first * (first + 1) * … * last, by halves, so that factors of about equal length meet.
Result<Value> product(Vm& vm, int64_t first, int64_t last) {
  TRY(vm.poll());
  if (first == last) return make_int(vm, first);
  int64_t middle = first + (last - first) / 2;
  Value low = TRY(product(vm, first, middle)), high = TRY(product(vm, middle + 1, last));
  return int_binary(vm, BinaryOp::Mul, low, high);
}

Result<Value> math_factorial(Vm& vm, Args args) {
  int64_t n = TRY(to_int64(vm, args[0]));
  if (n < 0) return vm.raise(Error::negative_factorial);
  if (n < 2) return Value::small_int(1);
  auto real = static_cast<double>(n);
  double bytes = real * (std::log2(real) - std::numbers::log2e) / 8;  // a little less than it takes
  if (bytes > static_cast<double>(vm.heap.limit())) return vm.too_large(static_cast<size_t>(std::min(bytes, 0x1p63)));
  return product(vm, 2, n);
}

constexpr Member kMembers[] = {
    {"__name__"_n, "math"_n},
    {"e"_n, float_constant(std::numbers::e)},
    {"pi"_n, float_constant(std::numbers::pi)},
    {"tau"_n, float_constant(2 * std::numbers::pi)},
    {"inf"_n, &kInfinity},
    {"nan"_n, &kNan},
    {"sqrt"_n, native<apply<::sqrt>, 1>},
    {"pow"_n, native<apply2<::pow>, 2>},
    {"exp"_n, native<apply<::exp>, 1>},
    {"expm1"_n, native<apply<::expm1>, 1>},
    {"log"_n, native<math_log, 1, 2>},
    {"log2"_n, native<apply<::log2>, 1>},
    {"log10"_n, native<apply<::log10>, 1>},
    {"cosh"_n, native<apply<::cosh>, 1>},
    {"sinh"_n, native<apply<::sinh>, 1>},
    {"tanh"_n, native<apply<::tanh>, 1>},
    {"acosh"_n, native<apply<::acosh>, 1>},
    {"asinh"_n, native<apply<::asinh>, 1>},
    {"atanh"_n, native<apply<::atanh>, 1>},
    {"cos"_n, native<apply<::cos>, 1>},
    {"sin"_n, native<apply<::sin>, 1>},
    {"tan"_n, native<apply<::tan>, 1>},
    {"acos"_n, native<apply<::acos>, 1>},
    {"asin"_n, native<apply<::asin>, 1>},
    {"atan"_n, native<apply<::atan>, 1>},
    {"atan2"_n, native<apply2<::atan2>, 2>},
    {"ceil"_n, native<apply_rounding<::ceil>, 1>},
    {"copysign"_n, native<apply2<::copysign>, 2>},
    {"fabs"_n, native<apply<::fabs>, 1>},
    {"floor"_n, native<apply_rounding<::floor>, 1>},
    {"fmod"_n, native<apply2<::fmod>, 2>},
    {"frexp"_n, native<math_frexp, 1>},
    {"ldexp"_n, native<math_ldexp, 2>},
    {"modf"_n, native<math_modf, 1>},
    {"isfinite"_n, native<apply_test<std::isfinite>, 1>},
    {"isinf"_n, native<apply_test<std::isinf>, 1>},
    {"isnan"_n, native<apply_test<std::isnan>, 1>},
    {"isclose"_n, native<math_isclose, 2, 2, NativeFunction::kKeywords>},
    {"trunc"_n, native<apply_rounding<::trunc>, 1>},
    {"radians"_n, native<apply_everywhere<radians>, 1>},
    {"degrees"_n, native<apply_everywhere<degrees>, 1>},
    {"factorial"_n, native<math_factorial, 1>},
    {"erf"_n, native<apply<::erf>, 1>},
    {"erfc"_n, native<apply<::erfc>, 1>},
    {"gamma"_n, native<apply<::tgamma>, 1>},
    {"lgamma"_n, native<apply<::lgamma>, 1>},
};

}  // namespace

constinit const NativeModule math_module{.name = "math"_n, .members = kMembers};

}  // namespace upy
