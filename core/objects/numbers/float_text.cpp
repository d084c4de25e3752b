#include "objects/numbers/float_text.h"

#include <charconv>
#include <cmath>

#include "bytecode/double.h"
#include "objects/numbers/number_text.h"
#include "objects/runtime/writer.h"

/// Floats to and from text.
namespace upy {

namespace {

/// Whether `text` begins with `word`, in either case; if so it is taken off.
bool take_word(std::string_view& text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); i++)
    if ((text[i] | 0x20) != word[i]) return false;
  text.remove_prefix(word.size());
  return true;
}

}  // namespace

std::optional<double> take_float(std::string_view& text) {
  std::string_view rest = text;
  bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  double d;
  if (take_word(rest, "inf")) {
    take_word(rest, "inity");
    d = HUGE_VAL;
  } else if (take_word(rest, "nan")) {
    d = std::nan("");
  } else {
    DecimalText number = read_decimal(rest);
    if (number.length == 0) return {};
    d = number.value;
    rest.remove_prefix(number.length);
  }
  text = rest;
  return negative ? -d : d;
}

std::optional<double> parse_float(std::string_view text) {
  text = skip_blanks(text);
  auto d = take_float(text);
  if (!skip_blanks(text).empty()) return {};
  return d;
}

std::string_view shortest_text(double d, std::span<char, kFloatText> buffer) {
  if (std::isnan(d)) return "nan";
  char *first = buffer.data(), *last = first + buffer.size();
  char* end = std::to_chars(first, last, d, std::chars_format::scientific).ptr;
  std::string_view text(first, static_cast<size_t>(end - first));
  size_t at = text.find('e');
  if (at == text.npos) return text;
  int exponent = 0;
  std::from_chars(first + at + (text[at + 1] == '+' ? 2 : 1), end, exponent);
  if (exponent < -4 || exponent >= 16) return text;
  end = std::to_chars(first, last, d, std::chars_format::fixed).ptr;
  return {first, static_cast<size_t>(end - first)};
}

Result<void> write_float(Vm& vm, Writer& out, double d) {
  char buffer[kFloatText];
  std::string_view text = shortest_text(d, buffer);
  TRY(out.write(vm, text));
  if (text.find_first_of(".en") == text.npos) TRY(out.write(vm, ".0"));
  return {};
}

}  // namespace upy
