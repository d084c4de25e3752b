#include <cmath>
#include <complex>
#include <numbers>

#include "modules/modules.h"
#include "modules/number_constants.h"
#include "objects/containers/tuple.h"
#include "objects/model/native_function.h"
#include "objects/numbers/complex.h"
#include "objects/numbers/float.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// The cmath module.
namespace upy {

namespace {

using Number = std::complex<double>;

Result<Number> number_of(Vm& vm, Value value) {
  ComplexParts z = TRY(to_complex(vm, value));
  return Number(z.real, z.imag);
}

template <Number (*function)(const Number&)>
Result<Value> apply(Vm& vm, Args args) {
  Number z = function(TRY(number_of(vm, args[0])));
  return make_complex(vm, {z.real(), z.imag()});
}

/// The natural logarithm; of 0 too, unlike CPython's: its real part is -inf.
Number log(const Number& z) { return {std::log(std::hypot(z.real(), z.imag())), std::arg(z)}; }
Number log10(const Number& z) { return log(z) / std::numbers::ln10; }

Result<Value> cmath_phase(Vm& vm, Args args) { return make_float(vm, std::arg(TRY(number_of(vm, args[0])))); }

Result<Value> cmath_polar(Vm& vm, Args args) {
  Number z = TRY(number_of(vm, args[0]));
  Value items[] = {TRY(make_float(vm, std::abs(z))), TRY(make_float(vm, std::arg(z)))};
  return TRY(Tuple::make(vm, items));
}

Result<Value> cmath_rect(Vm& vm, Args args) {
  double r = TRY(to_double(vm, args[0])), phi = TRY(to_double(vm, args[1]));
  return make_complex(vm, {r * std::cos(phi), r * std::sin(phi)});
}

constexpr Member kMembers[] = {
    {"__name__"_n, "cmath"_n},
    {"e"_n, float_constant(std::numbers::e)},
    {"pi"_n, float_constant(std::numbers::pi)},
    {"phase"_n, native<cmath_phase, 1>},
    {"polar"_n, native<cmath_polar, 1>},
    {"rect"_n, native<cmath_rect, 2>},
    {"exp"_n, native<apply<std::exp>, 1>},
    {"log"_n, native<apply<log>, 1>},
    {"log10"_n, native<apply<log10>, 1>},
    {"sqrt"_n, native<apply<std::sqrt>, 1>},
    {"cos"_n, native<apply<std::cos>, 1>},
    {"sin"_n, native<apply<std::sin>, 1>},
};

}  // namespace

constinit const NativeModule cmath_module{.name = "cmath"_n, .members = kMembers};

}  // namespace upy
