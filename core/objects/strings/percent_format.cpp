#include "objects/strings/percent_format.h"

#include <cstdio>
#include <span>

#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/bytes.h"
#include "objects/strings/format.h"

namespace upy {
namespace {

/// One use of the % operator. A conversion is "%" ["(" key ")"] flags [width] ["." precision] type.
class PercentFormatter {
 public:
  PercentFormatter(Vm& vm, const Text& pattern, Value arguments)
      : vm_(vm), pattern_(pattern), all_(pattern.view()), rest_(all_), single_(arguments) {
    if (is_mapping(arguments)) mapping_ = arguments;
    const Tuple* tuple = as_tuple(arguments);
    items_ = tuple ? tuple->view() : std::span<const Value>(&single_, 1);
  }
  PercentFormatter(const PercentFormatter&) = delete;
  PercentFormatter& operator=(const PercentFormatter&) = delete;

  Result<void> format(Writer& out) {
    while (true) {
      const size_t percent = TRY(find_byte(vm_, rest_, '%'));
      TRY(out.write(vm_, rest_.substr(0, percent)));
      if (percent == rest_.size()) break;
      rest_.remove_prefix(percent + 1);
      TRY(convert(out));
      TRY(vm_.poll());
    }
    if (!mapping_ && next_ != items_.size()) return vm_.raise(Error::format_not_all_converted);
    return {};
  }

 private:
  Result<void> convert(Writer& out) {
    if (rest_.starts_with('%')) {
      rest_.remove_prefix(1);
      return out.write(vm_, "%");
    }
    NumberFormat format;
    Value value = rest_.starts_with('(') ? TRY(keyed_argument()) : Value();
    TRY(read_flags(format));
    TRY(read_number(format.width));
    if (format.width < 0) {
      format.align = '<';
      format.width = -format.width;
    }
    if (rest_.starts_with('.')) {
      rest_.remove_prefix(1);
      format.precision = 0;
      TRY(read_number(format.precision));
    }
    if (rest_.empty()) return vm_.raise(Error::incomplete_format);
    if (!value) value = TRY(next_argument());
    format.type = rest_[0];
    TRY(write(value, format, out));
    rest_.remove_prefix(1);
    return {};
  }

  Result<Value> next_argument() {
    if (next_ >= items_.size()) return vm_.raise(Error::format_needs_more);
    return items_[next_++];
  }

  /// A dict, or an object that answers to keys as one.
  static bool is_mapping(Value value) {
    if (as_dict(value)) return true;
    if (!is_class_instance(value) || Text::is_text(value) || as_tuple(value)) return false;
    return !look_up(type_of(value), "__getitem__"_n).is_absent();
  }

  /// The mapping's value for the key in parentheses.
  Result<Value> keyed_argument() {
    if (!mapping_) return vm_.raise(Error::format_needs_dict);
    next_ = items_.size();
    const size_t end = TRY(find_byte(vm_, rest_, ')'));
    if (end == rest_.size()) return vm_.raise(Error::incomplete_key);
    const Str* key = TRY(vm_.strings.intern(rest_.substr(1, end - 1)));
    rest_.remove_prefix(end + 1);
    return get_item(vm_, mapping_, key);
  }

  Result<void> read_flags(NumberFormat& format) {
    bool left = false, zero = false;
    for (; !rest_.empty(); rest_.remove_prefix(1)) {
      TRY(vm_.poll());
      const char flag = rest_[0];
      if (flag == '-')
        left = true;
      else if (flag == '0')
        zero = true;
      else if (flag == '+')
        format.sign = '+';
      else if (flag == ' ')
        format.sign = format.sign == '+' ? '+' : ' ';
      else if (flag == '#')
        format.alternate = true;
      else
        break;
    }
    format.align = left ? '<' : zero ? '=' : '>';
    if (zero && !left) format.fill = "0";
    return {};
  }

  /// A width or precision: digits, or a * that takes an argument.
  Result<void> read_number(int64_t& number) {
    if (!rest_.starts_with('*')) return read_digits(vm_, rest_, number);
    rest_.remove_prefix(1);
    number = TRY(to_int64(vm_, TRY(next_argument())));
    if (number > INT32_MAX || number < -INT32_MAX) return vm_.raise(Error::format_number_too_big);
    return {};
  }

  Result<void> write(Value value, NumberFormat& format, Writer& out) {
    switch (format.type) {
      case 'c':
        return write_character(value, format, out);
      case 'd':
      case 'i':
      case 'u':
        format.type = 'd';
        [[fallthrough]];
      case 'o':
      case 'x':
      case 'X':
        return format_int(vm_, out, TRY(integer(value, format.type)), format);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return format_float(vm_, out, TRY(to_double(vm_, value)), format);
      case 'r':
      case 's':
        return write_text(value, format, out);
      default:
        return unsupported();
    }
  }

  /// The int to write: what int() makes of the value for d, only of one that is an int for all others.
  Result<Value> integer(Value value, char type) { return type == 'd' ? number_to_int(vm_, value) : to_int(vm_, value); }

  Result<void> write_character(Value value, NumberFormat& format, Writer& out) {
    blank_fill(format);
    if (is_int(value)) return write_char(vm_, out, value, format);
    const Str* str = as<Str>(value, str_type);
    if (!str) return vm_.raise(Error::integer_needed);
    if (str->length != 1) return vm_.raise(Error::char_wanted);
    return write_padded(vm_, out, str->view(), format);
  }

  /// A value by its str() or repr(), cut to the precision. A bytes in a bytes pattern goes as it is.
  Result<void> write_text(Value value, NumberFormat& format, Writer& out) {
    blank_fill(format);
    StrBuilder text;
    Bytes* raw = format.type == 's' && !pattern_.is_str() ? as<Bytes>(value, bytes_type) : nullptr;
    if (raw)
      TRY(text.write(vm_, raw->view()));
    else
      TRY(print(vm_, value, text, format.type == 'r' ? PrintStyle::Repr : PrintStyle::Str));
    return write_padded(vm_, out, TRY(cut(text.view(), format.precision)), format);
  }

  Result<std::string_view> cut(std::string_view text, int64_t precision) const {
    if (precision < 0 || text.size() <= static_cast<size_t>(precision)) return text;
    if (!pattern_.is_str()) return text.substr(0, static_cast<size_t>(precision));
    const size_t length = TRY(count_code_points(vm_, text));
    return text.substr(0, TRY(offset_of(vm_, text, length, std::min(length, static_cast<size_t>(precision)))));
  }

  /// Flags for numbers do not change how text is padded.
  static void blank_fill(NumberFormat& format) {
    format.fill = " ";
    if (format.align == '=') format.align = '>';
  }

  Failure unsupported() {
    char code[4];
    const std::string_view type = rest_.substr(0, sequence_length(rest_[0]));
    snprintf(code, sizeof code, "%x", static_cast<uint8_t>(rest_[0]));
    return vm_.raise(Error::unsupported_format_char, {type, code, all_.size() - rest_.size()});
  }

  Vm& vm_;
  const Text& pattern_;
  std::string_view all_, rest_;
  Value single_;
  std::span<const Value> items_;
  Value mapping_;    ///< null if there is none
  size_t next_ = 0;  ///< into items_
};

}  // namespace

Result<Value> format_percent(Vm& vm, const Text& pattern, Value arguments) {
  TRY(vm.check_stack());
  StrBuilder out;
  TRY(PercentFormatter(vm, pattern, arguments).format(out));
  return pattern.make_from(vm, out);
}

}  // namespace upy
