#include "objects/strings/format.h"

#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/printing.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {
namespace {

/// A format spec: [[fill]align][sign][#][0][width][,|_][.precision][type]
struct Spec : NumberFormat {
  bool has_align = false;
  bool has_zero = false;  ///< a 0 in front of the width
};

bool is_one_of(std::string_view text, std::string_view characters) {
  return !text.empty() && characters.find(text[0]) != std::string_view::npos;
}

/// Takes the first character off the front of `rest` if it is one of those; else null.
char take_one_of(std::string_view& rest, std::string_view characters) {
  if (!is_one_of(rest, characters)) return 0;
  const char taken = rest[0];
  rest.remove_prefix(1);
  return taken;
}

constexpr std::string_view kAlignments = "<>=^";
constexpr std::string_view kTypes = "bcdeEfFgGnosxX%";

void read_alignment(std::string_view& rest, Spec& spec) {
  const size_t first = rest.empty() ? 0 : sequence_length(rest[0]);
  if (first < rest.size() && is_one_of(rest.substr(first), kAlignments)) {
    spec.fill = rest.substr(0, first);
    rest.remove_prefix(first);
  }
  if (const char align = take_one_of(rest, kAlignments)) {
    spec.align = align;
    spec.has_align = true;
  }
}

Result<Spec> parse(Vm& vm, std::string_view rest) {
  Spec spec;
  spec.fill = {};
  read_alignment(rest, spec);
  if (const char sign = take_one_of(rest, "+- ")) spec.sign = sign;
  spec.alternate = take_one_of(rest, "#");
  spec.has_zero = rest.starts_with('0');
  TRY(read_digits(vm, rest, spec.width));
  spec.separator = take_one_of(rest, ",_");
  if (take_one_of(rest, ".")) TRY(read_digits(vm, rest, spec.precision));
  spec.type = take_one_of(rest, kTypes);
  if (!rest.empty()) return vm.raise(Error::bad_format_spec);
  if (spec.sign != '-' && spec.type == 's') return vm.raise(Error::sign_with_string);
  if (spec.sign != '-' && spec.type == 'c') return vm.raise(Error::sign_with_char);
  return spec;
}

/// Fills in what the spec leaves open, for a number or another value.
void complete(Spec& spec, bool is_number) {
  if (!spec.has_align) spec.align = !is_number ? '<' : spec.has_zero ? '=' : '>';
  if (spec.fill.empty()) spec.fill = spec.has_zero ? "0" : " ";
}

Failure unknown_code(Vm& vm, const Spec& spec, Value value) {
  return vm.raise(Error::unknown_format_code, {std::string_view(&spec.type, 1), type_of(value)});
}

Result<void> write_number(Vm& vm, Writer& out, Value value, Spec& spec) {
  if (is_int(value)) {
    if (spec.type == 'c') return write_char(vm, out, value, spec);
    if (is_int_format(spec.type)) {
      spec.precision = -1;
      return format_int(vm, out, value, spec);
    }
  }
  if (!is_float_format(spec.type)) return unknown_code(vm, spec, value);
  return format_float(vm, out, TRY(to_double(vm, value)), spec);
}

/// The text of a str, or that which a bytes holds in UTF-8.
Result<std::string_view> text_to_format(Vm& vm, Value value) {
  if (const Str* str = as<Str>(value, str_type)) return str->view();
  const Bytes* bytes = as<Bytes>(value, bytes_type);
  if (!bytes) return vm.raise(Error::cant_convert_implicitly, {type_of(value), "str"});
  if (!TRY(is_well_formed(vm, bytes->view()))) return vm.raise_with(UnicodeError_type, Value());
  return bytes->view();
}

Result<void> write_text(Vm& vm, Writer& out, Value value, const Spec& spec) {
  if (spec.align == '=') return vm.raise(Error::align_with_string);
  if (spec.type != 0 && spec.type != 's') return unknown_code(vm, spec, value);
  std::string_view text = TRY(text_to_format(vm, value));
  const size_t length = TRY(count_code_points(vm, text));
  if (spec.precision >= 0 && static_cast<size_t>(spec.precision) < length)
    text = text.substr(0, TRY(offset_of(vm, text, length, static_cast<size_t>(spec.precision))));
  return write_padded(vm, out, text, spec);
}

}  // namespace

Result<Value> convert(Vm& vm, Value value, char conversion) {
  switch (conversion) {
    case 's':
      return TRY(to_str(vm, value));
    case 'r':
      return TRY(to_repr(vm, value));
    case 'a':
      return TRY(to_ascii(vm, value));
    default:
      return value;
  }
}

Result<void> read_digits(Vm& vm, std::string_view& text, int64_t& number) {
  size_t digits = 0;
  int64_t value = 0;
  for (; digits < text.size() && is_digit(text[digits]); digits++) {
    TRY(vm.poll_kill());
    value = value * 10 + (text[digits] - '0');
    if (value > INT32_MAX) return vm.raise(Error::format_number_too_big);
  }
  if (digits) number = value;
  text.remove_prefix(digits);
  return {};
}

Result<void> write_char(Vm& vm, Writer& out, Value code_point, const Field& field) {
  const int64_t code = TRY(to_int64(vm, code_point));
  if (code < 0 || code > kMaxCodePoint) return vm.raise(Error::code_point_out_of_range);
  char text[kMaxSequence];
  return write_padded(vm, out, {text, encode_utf8(static_cast<uint32_t>(code), text)}, field);
}

Result<void> write_formatted(Vm& vm, Writer& out, Value value, std::string_view spec_text) {
  if (is_class_instance(value)) {
    if (!TRY(is_well_formed(vm, spec_text)))
      return vm.raise_with(UnicodeError_type, Value());  // as that of a bytes may be
    Str* argument = TRY(Str::make(vm, spec_text));
    const Value text = TRY(vm.call_special(value, "__format__"_n, {argument}));
    if (!text.is_absent()) {
      const Str* str = as<Str>(text, str_type);
      return str ? out.write(vm, str->view()) : vm.raise(Error::cant_convert_implicitly, {type_of(text), "str"});
    }
  }
  if (spec_text.empty()) return print(vm, value, out, PrintStyle::Str);
  Spec spec = TRY(parse(vm, spec_text));
  const bool is_number = is_int(value) || is_float(native_of(value));
  complete(spec, is_number);
  return is_number ? write_number(vm, out, value, spec) : write_text(vm, out, value, spec);
}

Result<Value> format_value(Vm& vm, Value value, std::string_view spec) {
  if (spec.empty() && is_exactly(value, str_type)) return value;
  StrBuilder out;
  TRY(write_formatted(vm, out, value, spec));
  return TRY(out.to_str(vm));
}

}  // namespace upy
