// Any text is refused as a number, or is one that survives being written and read again, the same to GMP and strtod.
// The first byte chooses the base.

#include <gmp.h>

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "objects/numbers/float_text.h"
#include "objects/numbers/int.h"
#include "objects/numbers/number_text.h"
#include "objects/runtime/vm.h"
#include "support/test_vm.h"
#include "support/text_writer.h"

namespace upy {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

/// An int that GMP keeps.
class Oracle {
 public:
  Oracle(const std::string& text, int base) { require(mpz_init_set_str(n_, text.c_str(), base) == 0); }
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;
  ~Oracle() { mpz_clear(n_); }

  std::string text(int base) const {
    std::string out(mpz_sizeinbase(n_, base) + 2, '\0');
    out.resize(std::strlen(mpz_get_str(out.data(), base, n_)));
    return out;
  }

 private:
  mpz_t n_;
};

std::string int_text(Vm& vm, Value n, int base) {
  TextWriter out;
  require(bool(write_int(vm, out, n, base)));
  return out.text();
}

/// The sign and digits of a text in lower case; no zeros in front, and only what is a digit in that base.
std::string plain_digits(std::string_view text, int base) {
  static const std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  const std::string_view digits = kDigits.substr(0, base);
  std::string sign, plain;
  for (char c : text) {
    if (c == '-') sign = "-";
    const size_t digit = digits.find(c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
    if (digit != digits.npos && (digit != 0 || !plain.empty())) plain += digits[digit];
  }
  return plain.empty() ? "0" : sign + plain;
}

void check_int(Vm& vm, std::string_view text, int base) {
  Result<Value> read = parse_int_text(vm, text, base);
  if (!read) {
    vm.take_pending();
    return;
  }
  const std::string digits = int_text(vm, *read, base);
  require(plain_digits(text, base) == digits);
  const Oracle oracle(digits, base);
  for (int other : {2, 3, 10, 16, 36}) {
    const std::string written = int_text(vm, *read, other);
    require(written == oracle.text(other));
    Result<Value> again = parse_int_text(vm, written, other);
    require(again && int_text(vm, *again, base) == digits);
  }
}

bool is_same(double a, double b) {
  return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b) || (a != a && b != b);
}

void check_round_trip(double d) {
  char buffer[kFloatText];
  const auto again = parse_float(shortest_text(d, buffer));
  require(again && is_same(*again, d));
}

void check_float(std::string_view text) {
  const auto read = parse_float(text);
  if (!read) return;
  require(is_same(*read, std::strtod(std::string(text).c_str(), nullptr)));
  check_round_trip(*read);
}

}  // namespace
}  // namespace upy

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static upy::TestVm vm;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  upy::check_int(vm, text, 2 + data[0] % 35);
  upy::check_float(text);
  double d;
  if (text.size() >= sizeof d) {
    std::memcpy(&d, text.data(), sizeof d);
    upy::check_round_trip(d);
  }
  return 0;
}
