#include "modules/builtins/builtins.h"
#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/numbers/number_format.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/array.h"
#include "objects/strings/bytes.h"

namespace upy {

Result<Value> builtin_abs(Vm& vm, Args args) { return unary(vm, UnaryOp::Abs, args[0]); }
Result<Value> builtin_divmod(Vm& vm, Args args) { return binary(vm, BinaryOp::DivMod, args[0], args[1]); }

// ---- text of ints ----

namespace {

/// "0x1f", "-0b101": an int in the notation of a format type, with its prefix.
Result<Value> write_with_prefix(Vm& vm, Value n, char type) {
  n = TRY(to_int(vm, n));
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

Result<Value> builtin_chr(Vm& vm, Args args) {
  int64_t c = TRY(to_int64(vm, args[0]));
  if (c < 0 || c > kMaxCodePoint) return vm.raise(Error::bad_char);
  char text[kMaxSequence];
  return TRY(Str::make(vm, {text, encode_utf8(static_cast<uint32_t>(c), text)}));
}

Result<Value> builtin_ord(Vm& vm, Args args) {
  if (Str* str = as<Str>(args[0], str_type)) {
    if (str->length != 1) return vm.raise(Error::ord_expected_char, {str->length});
    return Value::small_int(decode_utf8(str->data()));
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
    if (digits < 0) return int_round(vm, args[0], digits);
    return args[0].is_bool() ? Value::small_int(args[0].is_true()) : args[0];
  }
  double d = TRY(to_double(vm, args[0]));
  if (args.size() < 2) return float_round(vm, d);
  return make_float(vm, float_round(d, TRY(to_int64(vm, args[1]))));
}

}  // namespace upy
