#include "compiler/front/string_literal.h"

#include <algorithm>
#include <cstdint>

#include "bytecode/utf8.h"

namespace upy {

namespace {

constexpr uint32_t kCodePointLimit = 0x110000;

/// What is gone through between two questions whether to end early.
constexpr size_t kPiece = 32 << 10;

/// Calls `use(piece)` for one piece of a text after the other, while it answers true and the compilation goes on.
template <typename Use>
bool for_all_pieces(std::string_view text, FirstError& error, Use use) {
  for (; !text.empty(); text.remove_prefix(std::min(kPiece, text.size())))
    if (error.is_stopped() || !use(text.substr(0, kPiece))) return false;
  return true;
}

/// Quicker than is_utf8, and nearly always enough.
bool is_ascii(std::string_view text, FirstError& error) {
  return for_all_pieces(text, error, [](std::string_view piece) {
    return std::all_of(piece.begin(), piece.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
  });
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
}

/// Decodes the body of one literal. What it writes is never longer than the body.
class Decoder {
 public:
  Decoder(std::string_view body, ContentKind content, char* out)
      : cursor_(body.data()), end_(body.data() + body.size()), content_(content), start_(out), out_(out) {}

  void run(FirstError& error) {
    while (cursor_ != end_ && fault_ == StringFault::None && goes_on(error)) {
      const char c = *cursor_++;
      if (c == '\\' && cursor_ != end_) {
        escape();
      } else {
        *out_++ = c == '\r' ? newline() : c;
      }
    }
  }

  void run_raw(FirstError& error) {
    while (cursor_ != end_ && goes_on(error)) {
      const char c = *cursor_++;
      *out_++ = c == '\r' ? newline() : c;
    }
  }

  StringFault fault() const { return fault_; }
  std::string_view text() const { return {start_, static_cast<size_t>(out_ - start_)}; }

 private:
  bool goes_on(FirstError& error) {
    return (reinterpret_cast<uintptr_t>(cursor_) & (kPiece - 1)) != 0 || !error.is_stopped();
  }

  /// After a CR: takes the LF that may follow.
  char newline() {
    if (cursor_ != end_ && *cursor_ == '\n') ++cursor_;
    return '\n';
  }

  void escape() {
    const char c = *cursor_++;
    switch (c) {
      case '\r':
        newline();
        break;
      case '\n':
        break;
      case '\\':
      case '\'':
      case '"':
        *out_++ = c;
        break;
      case 'a':
        *out_++ = '\a';
        break;
      case 'b':
        *out_++ = '\b';
        break;
      case 't':
        *out_++ = '\t';
        break;
      case 'n':
        *out_++ = '\n';
        break;
      case 'v':
        *out_++ = '\v';
        break;
      case 'f':
        *out_++ = '\f';
        break;
      case 'r':
        *out_++ = '\r';
        break;
      case 'x':
        code_point(hexadecimal(2));
        break;
      case 'u':
        str_only(c, 4);
        break;
      case 'U':
        str_only(c, 8);
        break;
      case 'N':
        name();
        break;
      default:
        if (c >= '0' && c <= '7') {
          --cursor_;
          code_point(octal());
        } else {
          *out_++ = '\\';
          *out_++ = c;
        }
    }
  }

  void str_only(char letter, int digits) {
    if (content_ == ContentKind::Str) {
      code_point(hexadecimal(digits));
    } else {
      *out_++ = '\\';
      *out_++ = letter;
    }
  }

  void name() {
    if (content_ == ContentKind::Str) {
      fault_ = StringFault::NameEscape;
    } else {
      *out_++ = '\\';
      *out_++ = 'N';
    }
  }

  uint32_t hexadecimal(int digits) {
    uint32_t value = 0;
    for (; digits > 0; --digits) {
      const int digit = cursor_ != end_ ? digit_value(*cursor_) : 16;
      if (digit == 16) return kCodePointLimit;
      ++cursor_;
      value = value << 4 | static_cast<uint32_t>(digit);
    }
    return value;
  }

  uint32_t octal() {
    uint32_t value = 0;
    for (int digits = 3; digits > 0 && cursor_ != end_ && *cursor_ >= '0' && *cursor_ <= '7'; --digits) {
      value = value << 3 | static_cast<uint32_t>(*cursor_++ - '0');
    }
    return value;
  }

  void code_point(uint32_t value) {
    if (content_ == ContentKind::Bytes) {
      if (value >= 0x100) fault_ = StringFault::Malformed;
      *out_++ = static_cast<char>(value);
    } else if (value < 0x80) {
      *out_++ = static_cast<char>(value);
    } else if (value < 0x800) {
      *out_++ = static_cast<char>(0xC0 | value >> 6);
      continuation(value);
    } else if (value < 0x10000) {
      *out_++ = static_cast<char>(0xE0 | value >> 12);
      continuation(value >> 6);
      continuation(value);
    } else if (value < kCodePointLimit) {
      *out_++ = static_cast<char>(0xF0 | value >> 18);
      continuation(value >> 12);
      continuation(value >> 6);
      continuation(value);
    } else {
      fault_ = StringFault::Malformed;
    }
  }

  void continuation(uint32_t bits) { *out_++ = static_cast<char>(0x80 | (bits & 0x3F)); }

  const char* cursor_;
  const char* end_;
  ContentKind content_;
  char* start_;
  char* out_;
  StringFault fault_ = StringFault::None;
};

bool is_valid(std::string_view body, ContentKind content, FirstError& error) {
  return content == ContentKind::Bytes || is_ascii(body, error) || is_utf8(body);
}

bool has_none_of(std::string_view body, std::string_view characters, FirstError& error) {
  return for_all_pieces(body, error,
                        [&](std::string_view piece) { return piece.find_first_of(characters) == piece.npos; });
}

}  // namespace

StringFault decode_string(std::string_view body, ContentKind content, Arena& arena, FirstError& error,
                          std::string_view& text) {
  if (!is_valid(body, content, error)) return StringFault::NotUtf8;
  text = body;
  if (has_none_of(body, "\\\r", error)) return StringFault::None;
  Decoder decoder(body, content, static_cast<char*>(arena.allocate(body.size(), 1)));
  decoder.run(error);
  text = decoder.text();
  return decoder.fault();
}

StringFault decode_raw_string(std::string_view body, ContentKind content, Arena& arena, FirstError& error,
                              std::string_view& text) {
  if (!is_valid(body, content, error)) return StringFault::NotUtf8;
  text = body;
  if (has_none_of(body, "\r", error)) return StringFault::None;
  Decoder decoder(body, content, static_cast<char*>(arena.allocate(body.size(), 1)));
  decoder.run_raw(error);
  text = decoder.text();
  return decoder.fault();
}

std::string_view join(std::span<const std::string_view> texts, Arena& arena) {
  if (texts.size() == 1) return texts[0];
  size_t size = 0;
  for (const std::string_view text : texts) size += text.size();
  if (size == 0) return {};
  char* start = static_cast<char*>(arena.allocate(size, 1));
  char* out = start;
  for (const std::string_view text : texts) out = std::copy(text.begin(), text.end(), out);
  return {start, size};
}

}  // namespace upy
