#include "modules/builtins.h"
#include "objects/array.h"
#include "objects/bytes.h"
#include "objects/class_instance.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/number_format.h"
#include "objects/operations.h"
#include "objects/str.h"
#include "objects/writer.h"

namespace upy {

Result<Value> builtin_abs(Vm& vm, Args args) { return unary(vm, UnaryOp::Abs, args[0]); }
Result<Value> builtin_divmod(Vm& vm, Args args) { return binary(vm, BinaryOp::DivMod, args[0], args[1]); }

// ---- text of ints ----

namespace {

/// "0x1f", "-0b101": an int in the notation of a format type, with its prefix.
Result<Value> write_with_prefix(Vm& vm, Value n, char type) {
  if (!is_int(n)) return vm.raise(Error::cant_convert_to, {type_of(n), "int"});
  NumberFormat format;
  format.type = type;
  format.alternate = true;
  StrBuilder text;
  TRY(format_int(vm, text, n, format));
  return TRY(text.to_str(vm));
}

}  // namespace

Result<Value> builtin_bin(Vm& vm, Args args) { return write_with_prefix(vm, args[0], 'b'); }
Result<Value> builtin_oct(Vm& vm, Args args) { return write_with_prefix(vm, args[0], 'o'); }
Result<Value> builtin_hex(Vm& vm, Args args) { return write_with_prefix(vm, args[0], 'x'); }

// ---- characters ----

namespace {

/// UTF-8 of a code point below 0x110000; answers its size.
size_t encode(uint32_t c, char* to) {
  if (c < 0x80) return to[0] = static_cast<char>(c), 1;
  size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = size - 1; i > 0; i--, c >>= 6) to[i] = static_cast<char>(0x80 | (c & 0x3f));
  to[0] = static_cast<char>((0xf00 >> size) | c);
  return size;
}

/// The code point of a text that is one character.
uint32_t decode(std::string_view text) {
  auto first = static_cast<uint8_t>(text[0]);
  if (text.size() == 1) return first;
  uint32_t c = first & (0x7f >> text.size());
  for (char next : text.substr(1)) c = c << 6 | (next & 0x3f);
  return c;
}

}  // namespace

Result<Value> builtin_chr(Vm& vm, Args args) {
  int64_t c = TRY(to_int64(vm, args[0]));
  if (c < 0 || c >= 0x110000) return vm.raise(Error::bad_char);
  char text[4];
  return TRY(Str::make(vm, {text, encode(static_cast<uint32_t>(c), text)}));
}

Result<Value> builtin_ord(Vm& vm, Args args) {
  if (Str* str = as<Str>(args[0], str_type)) {
    if (str->length != 1) return vm.raise(Error::ord_expected_char, {str->length});
    return Value::small_int(decode(str->view()));
  }
  if (!as<Bytes>(args[0], bytes_type) && !as<Array>(args[0], bytearray_type))
    return vm.raise(Error::cant_convert_implicitly, {type_of(args[0]), "str"});
  Buffer bytes = TRY(get_buffer(vm, args[0]));
  if (bytes.size != 1) return vm.raise(Error::ord_expected_char, {bytes.size});
  return Value::small_int(static_cast<uint8_t>(bytes.data[0]));
}

// ---- arithmetic ----

/// pow(x, y[, z]); z = None counts as not given.
Result<Value> builtin_pow(Vm& vm, Args args) {
  if (args.size() == 2 || args[2].is_none()) return binary(vm, BinaryOp::Pow, args[0], args[1]);
  for (Value each : {args[0], args[1], args[2]})
    if (!is_int(each)) return vm.raise(Error::pow_wants_ints);
  return int_pow_mod(vm, args[0], args[1], args[2]);
}

/// round(number[, digits]): halves go to the even neighbour.
Result<Value> builtin_round(Vm& vm, Args args) {
  if (is_int(args[0])) {
    int64_t digits = args.size() < 2 ? 0 : TRY(to_int64(vm, args[1]));
    return digits >= 0 ? args[0] : int_round(vm, args[0], digits);
  }
  double d = TRY(to_double(vm, args[0]));
  if (args.size() < 2) return float_round(vm, d);
  return make_float(vm, float_round(d, TRY(to_int64(vm, args[1]))));
}

}  // namespace upy
