#include "objects/numbers/number_format.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "objects/model/class_instance.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

namespace {

/// A double has no more than this many decimals, nor significant digits; what is asked for beyond is zeros.
constexpr int kMaxDecimals = 1100;
/// Room for any double with that many decimals.
constexpr size_t kDoubleText = 309 + 1 + kMaxDecimals + 16;

Result<void> write_repeated(Vm& vm, Writer& out, std::string_view unit, int64_t count) {
  constexpr int64_t kTimes = 64;
  char run[4 * kTimes];
  for (int64_t i = 0; i < std::min(count, kTimes); i++) std::memcpy(run + i * unit.size(), unit.data(), unit.size());
  for (; count > 0; count -= kTimes) {
    TRY(out.write(vm, {run, static_cast<size_t>(std::min(count, kTimes)) * unit.size()}));
    TRY(vm.poll());
  }
  return {};
}

/// Blanks before, between sign and digits, and behind.
struct Padding {
  int64_t before = 0, inside = 0, behind = 0;
  Padding(const Field& field, int64_t length) {
    int64_t blanks = std::max<int64_t>(field.width - length, 0);
    switch (field.align) {
      case '<':
        behind = blanks;
        break;
      case '^':
        before = blanks / 2;
        behind = blanks - before;
        break;
      case '=':
        inside = blanks;
        break;
      default:
        before = blanks;
    }
  }
};

/// A number taken apart for its field.
struct NumberText {
  std::string_view sign, prefix;
  int64_t zeros = 0;        ///< in front of the digits
  std::string_view digits;  ///< of the integer part
  std::string_view tail;    ///< fraction and exponent
  int64_t tail_zeros = 0;   ///< between `tail` and `end`
  std::string_view end;
  char separator = 0;  ///< between groups of digits
  int64_t group = 3;
  bool upper_case = false;

  int64_t digit_count() const { return zeros + static_cast<int64_t>(digits.size()); }
  int64_t width_of(int64_t count) const { return count + (separator && count ? (count - 1) / group : 0); }
  int64_t width() const {
    return static_cast<int64_t>(sign.size() + prefix.size() + tail.size() + end.size()) + tail_zeros +
           width_of(digit_count());
  }
};

Result<void> write_digits(Vm& vm, Writer& out, const NumberText& number) {
  char run[256];
  size_t filled = 0;
  int64_t count = number.digit_count();
  for (int64_t i = 0; i < count; i++) {
    char digit = i < number.zeros ? '0' : number.digits[static_cast<size_t>(i - number.zeros)];
    run[filled++] = number.upper_case && digit >= 'a' ? static_cast<char>(digit - 0x20) : digit;
    int64_t left = count - 1 - i;
    if (number.separator && left > 0 && left % number.group == 0) run[filled++] = number.separator;
    if (filled < sizeof run - 1 && left > 0) continue;
    TRY(out.write(vm, {run, filled}));
    filled = 0;
    TRY(vm.poll());
  }
  return {};
}

Result<void> write_number(Vm& vm, Writer& out, NumberText number, const NumberFormat& format) {
  bool finite = !number.digits.empty();
  if (format.align == '=' && format.fill == "0" && number.separator && finite) {
    // Zeros that fill a field are grouped like other digits; one more than fits if a separator would come first.
    while (number.width() < format.width) {
      int64_t missing = format.width - number.width();
      number.zeros += std::max<int64_t>(missing * number.group / (number.group + 1), 1);
    }
  }
  Padding padding(format, number.width());
  TRY(write_repeated(vm, out, format.fill, padding.before));
  TRY(out.write(vm, number.sign));
  TRY(out.write(vm, number.prefix));
  TRY(write_repeated(vm, out, format.fill, padding.inside));
  TRY(write_digits(vm, out, number));
  TRY(out.write(vm, number.tail));
  TRY(write_repeated(vm, out, "0", number.tail_zeros));
  TRY(out.write(vm, number.end));
  return write_repeated(vm, out, format.fill, padding.behind);
}

std::string_view sign_text(bool negative, char sign) {
  if (negative) return "-";
  return sign == '+' ? "+" : sign == ' ' ? " " : "";
}

int base_of(char type) {
  switch (type) {
    case 'b':
      return 2;
    case 'o':
      return 8;
    case 'x':
    case 'X':
      return 16;
    default:
      return 10;
  }
}

std::string_view prefix_of(char type) {
  switch (type) {
    case 'b':
      return "0b";
    case 'o':
      return "0o";
    case 'x':
      return "0x";
    case 'X':
      return "0X";
    default:
      return "";
  }
}

// ---- floats ----

/// Whether d >= 0 lies exactly between two numbers with that many decimals; negative: that many zeros in front of the
/// point.
bool is_half(double d, int decimals) {
  if (decimals >= 0) return std::fmod(std::ldexp(d, decimals + 1), 2) == 1;
  // A half of a greater power of ten has more than 53 bits.
  double unit = std::pow(10.0, -decimals);
  return decimals >= -22 && std::fmod(d, unit) == unit / 2;
}

/// What to give to_chars, which rounds halves to even, so that halves are rounded up; d >= 0.
double nudge(double d, int decimals) {
  if (!is_half(d, decimals)) return d;
  double next = std::nextafter(d, HUGE_VAL);
  return next - d < std::pow(10.0, -decimals) / 4 ? next : d;
}

int exponent_of(double d) {
  char text[32];
  char* end = std::to_chars(text, text + sizeof text, d, std::chars_format::scientific).ptr;
  char* exponent = std::find(text, end, 'e') + 1;
  int value = 0;
  std::from_chars(*exponent == '+' ? exponent + 1 : exponent, end, value);
  return value;
}

/// The digits of a float that is finite and not negative, in a buffer of kDoubleText.
class DoubleText {
 public:
  /// d with that many decimals.
  std::string_view fixed(double d, int decimals) { return put(nudge(d, decimals), std::chars_format::fixed, decimals); }
  /// d as one digit, that many decimals, and an exponent.
  std::string_view scientific(double d, int decimals) {
    return put(nudge(d, decimals - exponent_of(d)), std::chars_format::scientific, decimals);
  }
  /// d with that many significant digits, in the shorter of both forms.
  std::string_view general(double d, int digits) {
    std::string_view text = scientific(d, digits - 1);
    int exponent = 0;
    const char* written = text.data() + text.find('e') + 1;
    std::from_chars(*written == '+' ? written + 1 : written, text.data() + text.size(), exponent);
    return exponent < -4 || exponent >= digits ? text : fixed(d, digits - 1 - exponent);
  }

 private:
  std::string_view put(double d, std::chars_format format, int decimals) {
    char* end = std::to_chars(buffer_, buffer_ + sizeof buffer_, d, format, decimals).ptr;
    return {buffer_, static_cast<size_t>(end - buffer_)};
  }
  char buffer_[kDoubleText];
};

/// Whether fixed notation gives way to general notation, as it does on MicroPython: for numbers beyond 1e16 that would
/// take more than 32 characters.
bool is_too_long(double d, int64_t decimals) { return d >= 1e16 && exponent_of(d) + decimals + 1 > 32; }

/// The mantissa without zeros at the end of its fraction.
std::string_view strip_zeros(std::string_view mantissa) {
  if (mantissa.find('.') == mantissa.npos) return mantissa;
  mantissa = mantissa.substr(0, mantissa.find_last_not_of('0') + 1);
  if (mantissa.ends_with('.')) mantissa.remove_suffix(1);
  return mantissa;
}

/// What follows the mantissa of a text such as "1.5e+20": its exponent, if it has one, with its letter in upper case if
/// the notation is, and the percent sign.
std::string_view end_text(std::string_view text, char type, std::span<char, 8> buffer) {
  std::string_view exponent = text.substr(std::min(text.find('e'), text.size()));
  char* end = std::copy(exponent.begin(), exponent.end(), buffer.data());
  if (!exponent.empty() && type >= 'A' && type <= 'Z') buffer[0] = 'E';
  if (type == '%') *end++ = '%';
  return {buffer.data(), end};
}

}  // namespace

bool is_int_format(char type) { return type == 0 || std::strchr("bdnoxX", type); }
bool is_float_format(char type) { return type == 0 || std::strchr("eEfFgGn%", type); }

Result<void> format_int(Vm& vm, Writer& out, Value n, const NumberFormat& format) {
  n = native_of(n);
  StrBuilder builder;
  TRY(write_int(vm, builder, n.is_bool() ? Value::small_int(n.is_true()) : n, base_of(format.type)));
  NumberText number;
  number.digits = builder.view();
  bool negative = number.digits.starts_with('-');
  if (negative) number.digits.remove_prefix(1);
  number.sign = sign_text(negative, format.sign);
  if (format.alternate) number.prefix = prefix_of(format.type);
  number.zeros = std::max<int64_t>(format.precision - static_cast<int64_t>(number.digits.size()), 0);
  number.separator = format.separator;
  number.group = base_of(format.type) == 10 ? 3 : 4;
  number.upper_case = format.type == 'X';
  return write_number(vm, out, number, format);
}

Result<void> format_float(Vm& vm, Writer& out, double d, const NumberFormat& format) {
  char type = format.type == 0 || format.type == 'n' ? 'g' : format.type;
  char notation = static_cast<char>(type == '%' ? 'f' : type | 0x20);
  NumberText number;
  number.sign = sign_text(std::signbit(d) && !std::isnan(d), format.sign);
  number.separator = format.separator;
  d = std::fabs(type == '%' ? d * 100 : d);
  if (!std::isfinite(d)) {
    bool upper = type >= 'A' && type <= 'Z';
    number.tail = std::isnan(d) ? (upper ? "NAN" : "nan") : (upper ? "INF" : "inf");
    number.end = type == '%' ? "%" : "";
    return write_number(vm, out, number, format);
  }

  int64_t precision = format.precision < 0 ? 6 : format.precision;
  if (notation == 'g') precision = std::max<int64_t>(precision, 1);
  if (notation == 'f' && is_too_long(d, precision)) {
    notation = 'g';
    precision++;
  }
  auto decimals = static_cast<int>(std::min<int64_t>(precision, kMaxDecimals));
  DoubleText digits;
  std::string_view text = notation == 'f'   ? digits.fixed(d, decimals)
                          : notation == 'e' ? digits.scientific(d, decimals)
                                            : digits.general(d, decimals);
  char end[8];
  number.end = end_text(text, type, end);
  std::string_view mantissa = text.substr(0, text.find('e'));
  if (notation == 'g' && !format.alternate) mantissa = strip_zeros(mantissa);
  if (notation != 'g') number.tail_zeros = precision - decimals;
  size_t point = std::min(mantissa.find('.'), mantissa.size());
  number.digits = mantissa.substr(0, point);
  number.tail = mantissa.substr(point);
  if (format.alternate && number.tail.empty()) number.tail = ".";
  return write_number(vm, out, number, format);
}

Result<void> write_padded(Vm& vm, Writer& out, std::string_view text, const Field& field) {
  Padding padding(field, static_cast<int64_t>(TRY(count_code_points(vm, text))));
  TRY(write_repeated(vm, out, field.fill, padding.before + padding.inside));
  TRY(out.write(vm, text));
  return write_repeated(vm, out, field.fill, padding.behind);
}

}  // namespace upy
