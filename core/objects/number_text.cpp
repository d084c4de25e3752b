#include "objects/number_text.h"

#include <algorithm>

#include "objects/big_int.h"
#include "objects/bytes.h"
#include "objects/class_instance.h"
#include "objects/operations.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/utf8.h"
#include "objects/writer.h"

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

Result<std::string_view> without_underscores(Vm& vm, std::string_view text) {
  if (text.find('_') == text.npos) return text;
  ByteStorage* storage = TRY(vm.allocate_bytes(text.size()));
  char* end = std::remove_copy(text.begin(), text.end(), storage->data(), '_');
  return std::string_view(storage->data(), static_cast<size_t>(end - storage->data()));
}

Result<Value> parse_int_text(Vm& vm, std::string_view text, int64_t base) {
  if ((base != 0 && base < 2) || base > 36) return vm.raise(Error::bad_int_base);
  text = skip_blanks(text);
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
    unsigned digit = text[size] == '_' ? 0 : big::digit_value(text[size]);
    if (digit >= radix) break;
    if (text[size] == '_' || is_long) continue;
    is_long = __builtin_mul_overflow(small, uint64_t{radix}, &small) || __builtin_add_overflow(small, digit, &small);
  }
  if (size == 0 || !skip_blanks(text.substr(size)).empty()) return raise_invalid_int(vm, text, base);
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
  if (!(is_well_formed(text) ? write_quoted_str : write_quoted_bytes)(vm, builder, text)) return Failure{};
  auto quoted = builder.to_str(vm);
  if (!quoted) return Failure{};
  return vm.raise(Error::invalid_int, {base, static_cast<const Str*>(*quoted)});
}

}  // namespace upy
