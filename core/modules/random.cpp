#include "modules/modules.h"
#include "objects/containers/range.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"

/// random: pseudo-random numbers by the Yasmarang generator, one sequence for each instance; seeded by the clock.
namespace upy {

namespace {

/// Yasmarang (Ilya Levin, public domain): 32 bits of output, about 112 bits of state.
struct Generator32 final : ModuleState {
  static constexpr char kKey = 0;
  explicit Generator32(Vm& vm) { seed(static_cast<uint32_t>(vm.ports.clock.realtime_ns())); }

  void seed(uint32_t value) {
    pad = value;
    n = 69;
    d = 233;
    dat = 0;
  }
  uint32_t next() {
    pad += dat + d * n;
    pad = (pad << 3) + (pad >> 29);
    n = pad | 2;
    d ^= (pad << 31) + (pad >> 1);
    dat ^= static_cast<uint8_t>(pad) ^ static_cast<uint8_t>(d >> 8) ^ 1;
    return pad ^ (d << 5) ^ (pad >> 18) ^ (uint32_t{dat} << 1);
  }

  uint32_t pad, n, d;
  uint8_t dat;
};

uint32_t bits(Vm& vm) { return vm.state<Generator32>().next(); }

/// A number below `limit`, which is not 0, all equally likely.
uint64_t below(Vm& vm, uint64_t limit) {
  uint64_t mask = ~uint64_t{0} >> __builtin_clzll(limit | 1);
  uint64_t number;
  do {
    number = (uint64_t{bits(vm)} << 32 | bits(vm)) & mask;
  } while (number >= limit);
  return number;
}

/// In [0, 1): 53 bits of a double.
double unit(Vm& vm) {
  uint64_t high = bits(vm) >> 5, low = bits(vm) >> 6;
  return static_cast<double>(high << 26 | low) * 0x1p-53;
}

Result<Value> random_random(Vm& vm, Args) { return make_float(vm, unit(vm)); }

/// seed([number]): without one, from the clock.
Result<Value> random_seed(Vm& vm, Args args) {
  uint64_t seed = static_cast<uint64_t>(vm.ports.clock.realtime_ns());
  if (args.size() > 0 && !args[0].is_none()) seed = TRY(to_bits64(vm, args[0]));
  vm.state<Generator32>().seed(static_cast<uint32_t>(seed));
  return Value::none();
}

Result<Value> random_getrandbits(Vm& vm, Args args) {
  int64_t count = TRY(to_int64(vm, args[0]));
  if (count < 0 || count > 32) return vm.raise(Error::random_bits);
  return Value::small_int(count == 0 ? 0 : bits(vm) >> (32 - count));
}

/// start + step * n below stop, at random.
Result<Value> pick(Vm& vm, int64_t start, int64_t stop, int64_t step) {
  if (step == 0) return vm.raise(Error::random_range);
  Range range{{}, start, stop, step};
  if (range.length() == 0) return vm.raise(Error::random_range);
  return make_int(vm, range.at(below(vm, range.length())));
}

/// randrange(stop), randrange(start, stop[, step]).
Result<Value> random_randrange(Vm& vm, Args args) {
  int64_t first = TRY(to_int64(vm, args[0]));
  if (args.size() == 1) return pick(vm, 0, first, 1);
  int64_t stop = TRY(to_int64(vm, args[1]));
  return pick(vm, first, stop, args.size() > 2 ? TRY(to_int64(vm, args[2])) : 1);
}

/// randint(a, b): both ends included.
Result<Value> random_randint(Vm& vm, Args args) {
  int64_t low = TRY(to_int64(vm, args[0])), high = TRY(to_int64(vm, args[1]));
  if (high == INT64_MAX) return vm.raise(Error::int_too_big);
  return pick(vm, low, high + 1, 1);
}

Result<Value> random_uniform(Vm& vm, Args args) {
  double low = TRY(to_double(vm, args[0])), high = TRY(to_double(vm, args[1]));
  return make_float(vm, low + (high - low) * unit(vm));
}

Result<Value> random_choice(Vm& vm, Args args) {
  size_t count = TRY(length(vm, args[0]));
  if (count == 0) return vm.raise(Error::choice_from_empty);
  return get_item(vm, args[0], TRY(make_uint(vm, below(vm, count))));
}

constexpr Member kMembers[] = {
    {"__name__"_n, Value("random"_n)},
    {"choice"_n, native<random_choice, 1>},
    {"getrandbits"_n, native<random_getrandbits, 1>},
    {"randint"_n, native<random_randint, 2>},
    {"random"_n, native<random_random, 0>},
    {"randrange"_n, native<random_randrange, 1, 3>},
    {"seed"_n, native<random_seed, 0, 1>},
    {"uniform"_n, native<random_uniform, 2>},
};

}  // namespace

constinit const NativeModule random_module{"random"_n, kMembers};

}  // namespace upy
