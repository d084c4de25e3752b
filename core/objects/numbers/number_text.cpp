#include "objects/numbers/number_text.h"

#include <algorithm>
#include <cstdio>

#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/printing.h"
#include "objects/numbers/big_int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/bytes.h"
#include "objects/strings/text.h"

namespace upy {

namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// The base that a prefix 0x, 0o or 0b tells, or 0.
int base_of_prefix(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 0;
  switch (text[1] | 0x20) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
  }
}

}  // namespace

bool text_of(Value value, std::string_view& text) {
  value = native_of(value);
  if (is_exactly(value, str_type)) {
    text = static_cast<Str*>(value.as_object())->view();
    return true;
  }
  Buffer buffer;
  auto* get_buffer = type_of(value)->slots.buffer;
  if (!get_buffer || !get_buffer(value, buffer)) return false;
  text = buffer.view();
  return true;
}

std::string_view skip_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

namespace {

Result<std::string_view> without_underscores(Vm& vm, std::string_view text) {
  if (TRY(find_byte(vm, text, '_')) == text.size()) return text;
  ByteStorage* storage = TRY(vm.allocate_bytes(text.size()));
  char* end = storage->data();
  TRY(in_slices(vm, text.size(), [&](size_t at, size_t n) {
    const std::string_view slice = text.substr(at, n);
    end = std::remove_copy(slice.begin(), slice.end(), end, '_');
  }));
  return std::string_view(storage->data(), static_cast<size_t>(end - storage->data()));
}

}  // namespace

Result<std::string_view> plain_numeral(Vm& vm, std::string_view text) {
  const size_t size = text.size();
  const bool is_word = TRY(find_byte(vm, text, 'n')) < size || TRY(find_byte(vm, text, 'N')) < size;
  return is_word ? text : without_underscores(vm, text);
}

namespace {

/// More digits than tell any double from its neighbours, and from the halves between them.
constexpr size_t kMostDigits = 800;

/// Takes the digits and the point of a decimal number off the front of `text`. They are `digits` times a power of ten:
/// no more of them than matter.
struct Mantissa {
  char digits[kMostDigits + 1];
  size_t size = 0;  ///< 0: there is no number
  int64_t exponent = 0;

  Result<void> take(Vm& vm, std::string_view& text) {
    bool has_point = false, is_number = false, is_more = false;
    for (; !text.empty() && (is_digit(text[0]) || (text[0] == '.' && !has_point)); text.remove_prefix(1)) {
      TRY(vm.poll_kill());
      if (text[0] == '.') {
        has_point = true;
        continue;
      }
      is_number = true;
      const bool is_leading_zero = size == 0 && text[0] == '0', has_room = size < kMostDigits;
      if (!is_leading_zero && has_room) digits[size++] = text[0];
      if (!has_room) is_more |= text[0] != '0';
      if (has_room ? has_point : !has_point) exponent += has_room ? -1 : 1;
    }
    if (is_number && size == 0) digits[size++] = '0';
    if (is_more) {
      digits[size++] = '1';
      exponent--;
    }
    return {};
  }
};

/// Takes "e", a sign and digits off the front of `text`, if they are there: the exponent, or as much as is beyond any
/// double.
Result<int64_t> take_exponent(Vm& vm, std::string_view& text) {
  constexpr int64_t kBeyond = int64_t{1} << 50;
  std::string_view rest = text;
  if (rest.empty() || (rest[0] | 0x20) != 'e') return int64_t{0};
  rest.remove_prefix(1);
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.empty() || !is_digit(rest[0])) return int64_t{0};
  int64_t exponent = 0;
  for (; !rest.empty() && is_digit(rest[0]); rest.remove_prefix(1)) {
    exponent = std::min(exponent * 10 + (rest[0] - '0'), kBeyond);
    TRY(vm.poll_kill());
  }
  text = rest;
  return negative ? -exponent : exponent;
}

}  // namespace

Result<std::string_view> shortened(Vm& vm, std::string_view text) {
  if (text.size() <= kSlice) return text;
  ByteStorage* storage = TRY(vm.allocate_bytes(kSlice));
  size_t size = 0;
  while (!text.empty() && size < kSlice - 2 * kMostDigits) {
    char* const out = storage->data() + size;
    Mantissa mantissa;
    TRY(mantissa.take(vm, text));
    if (mantissa.size) {
      std::copy_n(mantissa.digits, mantissa.size, out);
      const int64_t exponent = mantissa.exponent + TRY(take_exponent(vm, text));
      size += mantissa.size + snprintf(out + mantissa.size, kMostDigits, "e%lld", static_cast<long long>(exponent));
    } else if (const size_t blanks = TRY(count_while(vm, text, is_blank))) {
      *out = ' ';
      text.remove_prefix(blanks);
      size++;
    } else if (!text.empty()) {
      *out = text[0];
      text.remove_prefix(1);
      size++;
    }
  }
  return std::string_view(storage->data(), size);
}

Result<Value> parse_int_text(Vm& vm, std::string_view text, int64_t base) {
  if ((base != 0 && base < 2) || base > 36) return vm.raise(Error::bad_int_base);
  text.remove_prefix(TRY(count_while(vm, text, is_blank)));
  bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  int prefix = base_of_prefix(text);
  // With base 0 a number that begins with 0 can only be zero.
  auto radix = static_cast<unsigned>(base ? base : prefix ? prefix : text.size() > 1 && text[0] == '0' ? 1 : 10);
  if (prefix && static_cast<int>(radix) == prefix) text.remove_prefix(2);

  uint64_t small = 0;
  size_t size = 0;
  bool is_long = false;
  for (; size < text.size(); size++) {
    TRY(vm.poll_kill());
    unsigned digit = text[size] == '_' ? 0 : big::digit_value(text[size]);
    if (digit >= radix) break;
    if (text[size] == '_' || is_long) continue;
    is_long = __builtin_mul_overflow(small, uint64_t{radix}, &small) || __builtin_add_overflow(small, digit, &small);
  }
  const std::string_view behind = text.substr(size);
  if (size == 0 || TRY(count_while(vm, behind, is_blank)) < behind.size()) return raise_invalid_int(vm, text, base);
  if (is_long) {
    // Parsing polls: callbacks may change the bytes of a buffer, but not a copy.
    Bytes* digits = TRY(Bytes::make(vm, TRY(without_underscores(vm, text.substr(0, size)))));
    return big::parse(vm, digits->view(), static_cast<int>(radix), negative);
  }
  mp_limb_t magnitude = small;
  return big::make(vm, {&magnitude, 1}, negative);
}

Failure raise_invalid_int(Vm& vm, std::string_view text, int64_t base) {
  StrBuilder builder;  // the text may be that of a bytes object
  if (!(TRY(is_well_formed(vm, text)) ? write_quoted_str : write_quoted_bytes)(vm, builder, text)) return Failure{};
  auto quoted = builder.to_str(vm);
  if (!quoted) return Failure{};
  return vm.raise(Error::invalid_int, {base, static_cast<const Str*>(*quoted)});
}

}  // namespace upy
