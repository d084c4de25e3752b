#include "objects/model/exception.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/format.h"
#include "objects/strings/text_methods.h"

namespace upy {
namespace {

/// A replacement field: "{" [name] ["!" conversion] [":" spec] "}", the braces left out.
struct ReplacementField {
  std::string_view name;
  char conversion = 0;    ///< 'r', 's', or null if there is none
  std::string_view spec;  ///< fields in it are not replaced yet
};

/// One call of str.format.
class Formatter {
 public:
  Formatter(Vm& vm, Args arguments) : vm_(vm), arguments_(arguments) {}

  /// Writes `text` with its fields replaced; specs have fields of their own.
  Result<void> format(std::string_view text, Writer& out) {
    TRY(vm_.check_stack());
    while (true) {
      const size_t brace = TRY(count_while(vm_, text, [](char c) { return c != '{' && c != '}'; }));
      TRY(out.write(vm_, text.substr(0, brace)));
      if (brace == text.size()) return {};
      text.remove_prefix(brace + 1);
      const char kind = text.data()[-1];
      if (text.starts_with(kind)) {
        TRY(out.write(vm_, text.substr(0, 1)));
        text.remove_prefix(1);
        TRY(vm_.poll());
        continue;
      }
      if (kind == '}') return vm_.raise(Error::single_brace);
      TRY(write_field(TRY(read_field(text)), out));
      TRY(vm_.poll());
    }
  }

 private:
  /// Takes a field and its closing brace off the front of `rest`.
  Result<ReplacementField> read_field(std::string_view& rest) {
    ReplacementField field;
    field.name = take(rest, TRY(count_while(vm_, rest, [](char c) { return c != '}' && c != '!' && c != ':'; })));
    if (rest.starts_with('!')) field.conversion = TRY(read_conversion(rest));
    if (rest.starts_with(':')) {
      rest.remove_prefix(1);
      field.spec = take(rest, TRY(spec_length(rest)));
    }
    if (rest.empty()) return vm_.raise(Error::unmatched_brace);
    if (rest[0] != '}') return vm_.raise(Error::colon_expected);
    rest.remove_prefix(1);
    return field;
  }

  static std::string_view take(std::string_view& rest, size_t length) {
    const std::string_view taken = rest.substr(0, length);
    rest.remove_prefix(length);
    return taken;
  }

  Result<char> read_conversion(std::string_view& rest) {
    if (rest.size() == 1) return vm_.raise(Error::conversion_missing);
    const char conversion = rest[1];
    if (conversion != 'r' && conversion != 's' && conversion != 'a')
      return vm_.raise(Error::unknown_conversion, {rest.substr(1, sequence_length(conversion))});
    rest.remove_prefix(2);
    return conversion;
  }

  /// How far the spec at the front of `rest` goes: up to the brace that closes its field.
  Result<size_t> spec_length(std::string_view rest) {
    size_t depth = 0;
    return count_while(vm_, rest, [&](char c) {
      if (c == '{') depth++;
      return c != '}' || depth-- > 0;
    });
  }

  Result<void> write_field(const ReplacementField& field, Writer& out) {
    const Value value = TRY(convert(vm_, TRY(argument(field.name)), field.conversion));
    if (TRY(find_byte(vm_, field.spec, '{')) == field.spec.size()) return write_formatted(vm_, out, value, field.spec);
    StrBuilder spec;
    TRY(format(field.spec, spec));
    return write_formatted(vm_, out, value, spec.view());
  }

  /// The argument a field names: by position, the next one, or a keyword.
  Result<Value> argument(std::string_view name) {
    if (name.empty()) {
      if (next_ == kManual) return vm_.raise(Error::manual_numbering);
      return positional(next_++);
    }
    if (!is_digit(name[0])) return keyword(name);
    if (next_ > 0) return vm_.raise(Error::automatic_numbering);
    int64_t index = 0;
    TRY(read_digits(vm_, name, index));
    if (!name.empty()) return vm_.raise(Error::format_attributes);
    next_ = kManual;
    return positional(index);
  }

  Result<Value> positional(int64_t index) {
    if (index >= arguments_.positional) return vm_.raise(Error::format_index);
    return arguments_[static_cast<uint32_t>(index)];
  }

  Result<Value> keyword(std::string_view name) {
    const size_t length = TRY(count_while(vm_, name, [](char c) { return c != '.' && c != '['; }));
    const Str* key = TRY(vm_.strings.intern(name.substr(0, length)));
    for (uint32_t i = 0; i < arguments_.keywords; i++) {
      if (arguments_.keyword_name(i) != Value(key)) continue;
      if (length < name.size()) return vm_.raise(Error::format_attributes);
      return arguments_.keyword_value(i);
    }
    return vm_.raise_with(KeyError_type, key);
  }

  static constexpr int64_t kManual = -1;

  Vm& vm_;
  Args arguments_;
  int64_t next_ = 0;  ///< the position that the next field without a name means; kManual: fields have numbers
};

}  // namespace

Result<Value> text_format(Vm& vm, Args args) {
  const Text self(args[0]);
  // What runs while values are written may change a bytearray.
  const bool is_fixed = self.kind() != Text::Kind::ByteArray;
  const std::string_view pattern = is_fixed ? self.view() : TRY(Bytes::make(vm, self.view()))->view();
  StrBuilder out;
  TRY(Formatter(vm, args.skip(1)).format(pattern, out));
  return self.make_from(vm, out);
}

}  // namespace upy
