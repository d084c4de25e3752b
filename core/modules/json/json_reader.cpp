#include "modules/json/json_reader.h"

#include <cerrno>
#include <string_view>
#include <utility>

#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/model/buffer.h"
#include "objects/model/exception.h"
#include "objects/model/printing.h"
#include "objects/numbers/float.h"
#include "objects/numbers/float_text.h"
#include "objects/numbers/number_text.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/streams/stream.h"
#include "objects/strings/text.h"

namespace upy {
namespace {

/// What stands for the end of the text, in which it can't occur.
constexpr char kEnd = 0;

/// The bytes of a JSON text, one after the other.
class Source {
 public:
  /// The next byte; kEnd at the end.
  virtual Result<char> next(Vm& vm) = 0;

 protected:
  ~Source() = default;
};

/// Bytes in memory, which callbacks that run in a poll may move or change.
class BufferSource final : public Source {
 public:
  explicit BufferSource(Value object) : object_(object) {}

  Result<char> next(Vm& vm) override {
    if (at_ % kPiece == 0) TRY(poll_again(vm));
    return at_ < bytes_.size() ? bytes_[at_++] : kEnd;
  }

 private:
  Result<void> poll_again(Vm& vm) {
    TRY(vm.poll());
    bytes_ = TRY(get_buffer(vm, object_)).view();
    return {};
  }

  Value object_;
  std::string_view bytes_;
  size_t at_ = 0;
};

class StreamSource final : public Source {
 public:
  StreamSource(Value stream, const StreamOps* ops) : stream_(stream), ops_(ops) {}

  Result<char> next(Vm& vm) override {
    TRY(vm.poll());
    char byte = kEnd;
    const size_t count = TRY(ops_->read(vm, stream_, &byte, 1));
    if (count == StreamOps::kWouldBlock) return vm.raise_os_error(EAGAIN);
    return count ? byte : kEnd;
  }

 private:
  Value stream_;
  const StreamOps* ops_;
};

constexpr bool is_ignored(char c) { return c == ',' || c == ':' || c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_number_part(char c) {
  return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}
constexpr bool is_high_surrogate(uint32_t unit) { return (unit & 0xfc00) == 0xd800; }
constexpr bool is_low_surrogate(uint32_t unit) { return (unit & 0xfc00) == 0xdc00; }
constexpr uint32_t joined(uint32_t high, uint32_t low) { return 0x10000 + ((high & 0x3ff) << 10 | (low & 0x3ff)); }

class JsonReader {
 public:
  JsonReader(Vm& vm, Source& source) : vm_(vm), source_(source) {}

  Result<Value> read() {
    TRY(advance());
    open_ = TRY(List::make(vm_));
    while (!result_) TRY(read_element());
    while (is_space(current_)) TRY(advance());
    if (current_ != kEnd) return syntax_error();
    return result_;
  }

 private:
  Failure syntax_error() { return vm_.raise(Error::json_syntax); }

  Result<void> advance() {
    current_ = TRY(source_.next(vm_));
    return {};
  }

  /// A value, the end of the innermost container, or what is ignored between them.
  Result<void> read_element() {
    if (is_ignored(current_)) return advance();
    if (current_ == '[') return begin(TRY(List::make(vm_)));
    if (current_ == '{') return begin(TRY(Dict::make(vm_)));
    if (current_ == ']' || current_ == '}') return end();
    return add(TRY(read_scalar()));
  }

  Result<Value> read_scalar() {
    if (current_ == '"') return read_text();
    if (current_ == '-' || is_digit(current_)) return read_number();
    if (current_ == 'n') return read_word("null", Value::none());
    if (current_ == 't') return read_word("true", Value::boolean(true));
    if (current_ == 'f') return read_word("false", Value::boolean(false));
    return syntax_error();
  }

  // ---- containers ----

  List* innermost_list() {
    const Value container = open_->view().back();
    return is_exactly(container, list_type) ? static_cast<List*>(container.as_object()) : nullptr;
  }

  Result<void> begin(Value container) {
    TRY(advance());
    const bool is_key = open_->size > 0 && !innermost_list() && !key_;
    if (is_key) return syntax_error();
    if (open_->size > 0) TRY(add(container));
    return open_->append(vm_, container);
  }

  Result<void> end() {
    if (open_->size == 0) return syntax_error();
    const Value container = open_->view().back();
    TRY(open_->remove(vm_, open_->size - 1));
    if (open_->size == 0) result_ = container;
    return advance();
  }

  /// Puts a value into the innermost container; it is the result if there is none.
  Result<void> add(Value value) {
    if (open_->size == 0) {
      result_ = value;
    } else if (List* list = innermost_list()) {
      return list->append(vm_, value);
    } else if (!key_) {
      key_ = value;
    } else {
      TRY(static_cast<Dict*>(open_->view().back().as_object())->set(vm_, key_, value));
      key_ = Value();
    }
    return {};
  }

  // ---- scalars ----

  Result<Value> read_word(std::string_view word, Value value) {
    for (const char c : word) {
      if (current_ != c) return syntax_error();
      TRY(advance());
    }
    return value;
  }

  Result<Value> read_number() {
    StrBuilder text;
    while (is_number_part(current_)) {
      TRY(text.write(vm_, {&current_, 1}));
      TRY(advance());
    }
    const auto is_integral = [](char c) { return c != '.' && c != 'e' && c != 'E'; };
    const size_t integral = TRY(count_while(vm_, text.view(), is_integral));
    if (integral == text.size()) return parse_int_text(vm_, text.view(), 10);
    const auto number = parse_float(TRY(shortened(vm_, text.view())));
    return number ? make_float(vm_, *number) : vm_.raise(Error::invalid_number);
  }

  Result<Value> read_text() {
    StrBuilder text;
    TRY(advance());
    while (current_ != '"') TRY(read_character(text));
    TRY(write_high(text));
    TRY(advance());
    if (!TRY(is_well_formed(vm_, text.view()))) return vm_.raise_with(UnicodeError_type, Value());
    return TRY(text.to_str(vm_));
  }

  /// A byte, or what is escaped.
  Result<void> read_character(StrBuilder& text) {
    const bool is_escaped = current_ == '\\';
    if (is_escaped) TRY(advance());
    if (current_ == kEnd) return syntax_error();
    if (is_escaped && current_ == 'u') return write_unit(text, TRY(read_unit()));
    const char meant = is_escaped ? unescaped(current_) : current_;
    TRY(write_high(text));
    TRY(text.write(vm_, {&meant, 1}));
    return advance();
  }

  static constexpr char unescaped(char c) {
    switch (c) {
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      default:
        return c;
    }
  }

  /// The code unit of an escape, from its u on.
  Result<uint32_t> read_unit() {
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++) {
      TRY(advance());
      const int digit = hex_value(current_);
      if (digit < 0) return syntax_error();
      unit = unit << 4 | static_cast<uint32_t>(digit);
    }
    TRY(advance());
    return unit;
  }

  /// Two code units in a row that are surrogates of each other make one code point; one alone stays as it is.
  Result<void> write_unit(StrBuilder& text, uint32_t unit) {
    if (high_ && is_low_surrogate(unit)) return write_code_point(text, joined(std::exchange(high_, 0), unit));
    TRY(write_high(text));
    if (!is_high_surrogate(unit)) return write_code_point(text, unit);
    high_ = unit;
    return {};
  }

  Result<void> write_high(StrBuilder& text) {
    return high_ ? write_code_point(text, std::exchange(high_, 0)) : Result<void>();
  }

  Result<void> write_code_point(StrBuilder& text, uint32_t code_point) {
    char bytes[kMaxSequence];
    return text.write(vm_, {bytes, encode_utf8(code_point, bytes)});
  }

  Vm& vm_;
  Source& source_;
  char current_ = kEnd;
  List* open_ = nullptr;  ///< the containers that were begun and not yet ended, the innermost last
  Value key_;             ///< of the innermost dict, while its value is not yet read
  Value result_;
  uint32_t high_ = 0;  ///< a high surrogate that waits for its other half; 0: none
};

}  // namespace

Result<Value> read_json_buffer(Vm& vm, Value buffer) {
  BufferSource source(buffer);
  return JsonReader(vm, source).read();
}

Result<Value> read_json_stream(Vm& vm, Value stream) {
  StreamSource source(stream, TRY(get_stream(vm, stream, StreamUse::Read)));
  return JsonReader(vm, source).read();
}

}  // namespace upy
