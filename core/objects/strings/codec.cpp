#include "objects/strings/codec.h"

#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/printing.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/array.h"
#include "objects/strings/bytes.h"
#include "objects/strings/text.h"

namespace upy {
namespace {

enum class Encoding : uint8_t { Utf8, Ascii };

Result<Encoding> to_encoding(Vm& vm, Value value) {
  const Str* name = as<Str>(value, str_type);
  if (!name) return vm.raise(Error::cant_convert_implicitly, {type_of(value), "str"});
  if (name->view() == "utf-8" || name->view() == "utf8") return Encoding::Utf8;
  if (name->view() == "ascii") return Encoding::Ascii;
  return vm.raise(Error::unknown_encoding, {name});
}

bool is_ascii(std::string_view bytes) { return ascii_prefix(bytes) == bytes.size(); }

Result<bool> is_ascii(Vm& vm, std::string_view bytes) {
  return TRY(count_while(vm, bytes, [](char c) { return !(c & 0x80); })) == bytes.size();
}

Result<bool> is_valid(Vm& vm, Encoding encoding, std::string_view bytes) {
  return encoding == Encoding::Ascii ? is_ascii(vm, bytes) : is_well_formed(vm, bytes);
}

/// The length of the valid sequence that `bytes`, not empty, begins with; 0 if it begins with none.
size_t valid_prefix(Encoding encoding, std::string_view bytes) {
  const size_t length = sequence_length(bytes[0]);
  const std::string_view sequence = bytes.substr(0, length);
  const bool is_valid = encoding == Encoding::Ascii ? is_ascii(sequence) : is_well_formed(sequence);
  return length <= bytes.size() && is_valid ? length : 0;
}

/// How many of the bytes that are no text count as one error: a lead byte and the continuations that belong to it.
size_t error_length(Encoding encoding, std::string_view bytes) {
  const auto lead = static_cast<uint8_t>(bytes[0]);
  const size_t most = encoding == Encoding::Utf8 && lead >= 0xc0 && lead < 0xf8 ? sequence_length(bytes[0]) : 1;
  size_t length = 1;
  while (length < most && length < bytes.size() && is_continuation(bytes[length])) length++;
  return length;
}

/// Writes what is valid, and has `put_error(bytes)` write what stands in place of each error.
template <typename PutError>
Result<void> write_leniently(Vm& vm, Writer& out, Encoding encoding, std::string_view bytes, PutError put_error) {
  while (!bytes.empty()) {
    const size_t valid = valid_prefix(encoding, bytes), taken = valid ? valid : error_length(encoding, bytes);
    TRY(valid ? out.write(vm, bytes.substr(0, valid)) : put_error(bytes.substr(0, taken)));
    bytes.remove_prefix(taken);
    TRY(vm.poll());
  }
  return {};
}

Result<Value> decode_replacing(Vm& vm, Encoding encoding, std::string_view bytes, std::string_view replacement) {
  StrBuilder out;
  TRY(out.reserve(vm, bytes.size()));
  TRY(write_leniently(vm, out, encoding, bytes, [&](std::string_view) { return out.write(vm, replacement); }));
  return TRY(out.to_str(vm));
}

Failure unicode_error(Vm& vm) { return vm.raise_with(UnicodeError_type, Value()); }

}  // namespace

Result<Value> text_of_host(Vm& vm, std::string_view text) {
  if (TRY(is_well_formed(vm, text))) return TRY(Str::make(vm, text));
  return TRY(Bytes::make(vm, text));
}

Result<void> write_readable(Vm& vm, Writer& out, std::string_view text) {
  if (is_well_formed(text)) return out.write(vm, text);
  return write_leniently(vm, out, Encoding::Utf8, text, [&](std::string_view bytes) -> Result<void> {
    for (const char c : bytes) {
      const auto byte = static_cast<uint8_t>(c);
      const char escape[] = {'\\', 'x', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
      TRY(out.write(vm, {escape, sizeof escape}));
    }
    return {};
  });
}

Result<Str*> readable_text_of_host(Vm& vm, std::string_view text) {
  StrBuilder out;
  TRY(write_readable(vm, out, text));
  return out.to_str(vm);
}

Result<Value> decode_buffer(Vm& vm, Value value, Value encoding_name, Value errors) {
  const std::string_view bytes = TRY(get_buffer(vm, value)).view();
  const Encoding encoding = TRY(to_encoding(vm, encoding_name));
  if (TRY(is_valid(vm, encoding, bytes))) return TRY(Str::make(vm, bytes));
  const Str* handler = errors ? as<Str>(errors, str_type) : nullptr;
  if (handler && handler->view() == "ignore") return decode_replacing(vm, encoding, bytes, "");
  if (handler && handler->view() == "replace") return decode_replacing(vm, encoding, bytes, "\xef\xbf\xbd");
  return unicode_error(vm);
}

Result<Value> encode_str(Vm& vm, const Str* str, Value encoding_name) {
  const Encoding encoding = TRY(to_encoding(vm, encoding_name));
  if (encoding == Encoding::Ascii && !str->is_ascii()) return unicode_error(vm);
  return TRY(Bytes::make(vm, str->view()));
}

Result<Value> bytes_decode(Vm& vm, Args args) {
  return decode_buffer(vm, args[0], args.size() > 1 ? args[1] : Value("utf-8"_n), args.at(2));
}

Result<Value> str_encode(Vm& vm, Args args) {
  return encode_str(vm, static_cast<Str*>(args[0].as_object()), args.size() > 1 ? args[1] : Value("utf-8"_n));
}

namespace {

/// What to put between two bytes in hexadecimal: the first byte of a str or bytes argument, which must be ASCII and is
/// put into `character`; nothing if there is no argument.
Result<std::string_view> hex_separator(Vm& vm, Args args, char& character) {
  if (args.size() < 2) return std::string_view();
  if (!Text::is_text(args[1])) return vm.raise(Error::cant_convert_implicitly, {type_of(args[1]), "str"});
  const std::string_view separator = Text(native_of(args[1])).view().substr(0, 1);
  if (!is_ascii(separator)) return unicode_error(vm);
  return std::string_view(&character, separator.copy(&character, 1));
}

}  // namespace

Result<void> write_hex(Vm& vm, StrBuilder& out, Args args) {
  char character;
  const std::string_view separator = TRY(hex_separator(vm, args, character));
  TRY(out.reserve(vm, TRY(get_buffer(vm, args[0])).size * (2 + separator.size())));
  const size_t begin = out.size();
  return for_each_piece(vm, args[0], [&](std::string_view piece) -> Result<void> {
    for (const char c : piece) {
      const auto byte = static_cast<uint8_t>(c);
      const char digits[] = {kHexDigits[byte >> 4], kHexDigits[byte & 15]};
      if (out.size() > begin) TRY(out.write(vm, separator));
      TRY(out.write(vm, {digits, sizeof digits}));
    }
    return {};
  });
}

Result<void> read_hex(Vm& vm, StrBuilder& out, Value digits) {
  const std::string_view text = TRY(get_buffer(vm, digits)).view();
  TRY(out.reserve(vm, text.size() / 2));
  for (size_t i = 0; i < text.size(); i++) {
    TRY(vm.poll());
    if (is_space(text[i])) continue;
    const int high = hex_value(text[i]);
    const int low = ++i < text.size() ? hex_value(text[i]) : -1;
    if (high < 0 || low < 0) return vm.raise(Error::non_hex_digit);
    const char byte = static_cast<char>(high << 4 | low);
    TRY(out.write(vm, {&byte, 1}));
  }
  return {};
}

Result<Value> buffer_hex(Vm& vm, Args args) {
  StrBuilder out;
  TRY(write_hex(vm, out, args));
  return TRY(out.to_str(vm));
}

Result<Value> bytes_fromhex(Vm& vm, Args args) {
  StrBuilder out;
  TRY(read_hex(vm, out, args[1]));
  const auto* type = static_cast<const Type*>(args[0].as_object());
  if (is_subtype(type, &bytearray_type)) return TRY(Array::make_bytearray(vm, out.view()));
  return out.to_bytes(vm);
}

}  // namespace upy
