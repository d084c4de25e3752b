#include "objects/numbers/int_bytes.h"

#include <algorithm>

#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/operators.h"
#include "objects/numbers/big_int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/bytes.h"

namespace upy {

namespace {

ByteOrder order_of(Value name) {
  Str* order = as<Str>(name, str_type);
  return order && order->view() == "little" ? ByteOrder::Little : ByteOrder::Big;
}

/// The byte of a number's two's complement at place `i`, counted from the lowest; `borrow` goes from byte to byte and
/// begins as 0.
uint8_t byte_at(big::Signed n, size_t i, unsigned& borrow) {
  size_t limb = i / sizeof(mp_limb_t);
  unsigned byte = limb < n.magnitude.size ? n.magnitude.data[limb] >> (8 * (i % sizeof(mp_limb_t))) & 0xff : 0;
  if (!n.negative) return static_cast<uint8_t>(byte);
  unsigned difference = 0u - byte - borrow;
  borrow = byte | borrow ? 1 : 0;
  return static_cast<uint8_t>(difference);
}

bool fits(big::Signed n, size_t bytes, Signedness signedness) {
  size_t bits = n.magnitude.bit_length();
  if (signedness == Signedness::Unsigned) return !n.negative && bits <= 8 * bytes;
  if (bits < 8 * bytes) return true;
  // The least number of that width has one bit more than the greatest.
  return n.negative && bits == 8 * bytes && std::has_single_bit(n.magnitude.data[n.magnitude.size - 1]) &&
         n.magnitude.low(n.magnitude.size - 1).trimmed().size == 0;
}

}  // namespace

Result<Value> int_from_bytes(Vm& vm, std::string_view bytes, ByteOrder order, Signedness signedness) {
  auto byte = [&](size_t i) -> uint8_t { return bytes[order == ByteOrder::Little ? i : bytes.size() - 1 - i]; };
  size_t size = bytes.size();
  bool negative = signedness == Signedness::Signed && size > 0 && byte(size - 1) & 0x80;
  uint8_t filler = negative ? 0xff : 0;
  for (; size > 0 && byte(size - 1) == filler; size--) TRY(vm.poll_kill());
  big::LimbBuffer buffer(vm);
  size_t count = size / sizeof(mp_limb_t) + 1;
  mp_limb_t* limbs = TRY(buffer.reserve(count));
  TRY(fill_bytes(vm, reinterpret_cast<char*>(limbs), static_cast<char>(filler), count * sizeof(mp_limb_t)));
  for (size_t i = 0; i < size; i++) {
    unsigned shift = 8 * (i % sizeof(mp_limb_t));
    limbs[i / sizeof(mp_limb_t)] ^= static_cast<mp_limb_t>(byte(i) ^ filler) << shift;
    TRY(vm.poll_kill());
  }
  if (negative) mpn_neg(limbs, limbs, count);
  return buffer.to_int(count, negative);
}

Result<bool> int_to_bytes(Vm& vm, Value n, std::span<char> bytes, ByteOrder order, Signedness signedness) {
  big::Operand operand(native_of(n));
  if (!fits(operand, bytes.size(), signedness)) return false;
  unsigned borrow = 0;
  for (size_t i = 0; i < bytes.size(); i++) {
    bytes[order == ByteOrder::Little ? i : bytes.size() - 1 - i] = static_cast<char>(byte_at(operand, i, borrow));
    TRY(vm.poll_kill());
  }
  return true;
}

Result<Value> int_from_bytes_method(Vm& vm, Args args) {
  Buffer buffer = TRY(get_buffer(vm, args[1]));
  bool is_signed = args.size() > 3 && TRY(truth(vm, args[3]));
  return int_from_bytes(vm, buffer.view(), args.size() > 2 ? order_of(args[2]) : ByteOrder::Big,
                        is_signed ? Signedness::Signed : Signedness::Unsigned);
}

Result<Value> int_to_bytes_method(Vm& vm, Args args) {
  Value length = args.at(1), order = args.at(2), is_signed;
  for (uint32_t i = 0; i < args.keywords; i++) {
    auto* name = static_cast<const Str*>(args.keyword_name(i).as_object());
    Value* target = name == "length"_n      ? &length
                    : name == "byteorder"_n ? &order
                    : name == "signed"_n    ? &is_signed
                                            : nullptr;
    if (!target) return vm.raise(Error::extra_keywords);
    if (*target) return vm.raise(Error::multiple_values, {name});
    *target = args.keyword_value(i);
  }
  int64_t size = length ? TRY(to_int64(vm, length)) : 1;
  if (size < 0) return vm.raise_with(ValueError_type, Value());
  Signedness signedness = is_signed && TRY(truth(vm, is_signed)) ? Signedness::Signed : Signedness::Unsigned;
  if (signedness == Signedness::Unsigned && int_sign(args[0]) < 0) return vm.raise(Error::negative_to_unsigned);
  Bytes* bytes = TRY(Bytes::make_raw(vm, static_cast<size_t>(size)));
  const ByteOrder byte_order = order ? order_of(order) : ByteOrder::Big;
  if (!TRY(int_to_bytes(vm, args[0], {bytes->data(), bytes->size}, byte_order, signedness)))
    return vm.raise(Error::int_bytes_overflow, {size});
  return bytes;
}

}  // namespace upy
