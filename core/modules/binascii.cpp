#include <array>

#include "modules/modules.h"
#include "objects/model/buffer.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/codec.h"

/// binascii: bytes as text of hexadecimal digits or in base64, and checksums.
namespace upy {
namespace {

// ---- hexadecimal ----

/// hexlify(data[, separator]).
Result<Value> binascii_hexlify(Vm& vm, Args args) {
  StrBuilder out;
  TRY(write_hex(vm, out, args));
  return out.to_bytes(vm);
}

/// unhexlify(digits).
Result<Value> binascii_unhexlify(Vm& vm, Args args) {
  StrBuilder out;
  TRY(read_hex(vm, out, args[0]));
  return out.to_bytes(vm);
}

// ---- base64 ----

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr uint8_t kNoDigit = 64;

/// The value of each character as a digit of base64, or kNoDigit.
constexpr auto kDigitValues = [] {
  std::array<uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (size_t i = 0; i < kDigits.size(); i++) values[static_cast<uint8_t>(kDigits[i])] = static_cast<uint8_t>(i);
  return values;
}();

/// Takes bytes and writes each three of them as four digits.
class Base64Writer {
 public:
  Base64Writer(Vm& vm, StrBuilder& out) : vm_(vm), out_(out) {}

  Result<void> write(std::string_view bytes) {
    for (const char c : bytes) {
      bits_ = bits_ << 8 | static_cast<uint8_t>(c);
      if (++count_ == 3) TRY(write_group());
    }
    return {};
  }

  /// Fills the last group up.
  Result<void> finish() { return count_ ? write_group() : Result<void>(); }

 private:
  Result<void> write_group() {
    const uint32_t bits = bits_ << 8 * (3 - count_);
    char group[4];
    for (int i = 0; i < 4; i++) group[i] = i <= count_ ? kDigits[bits >> (18 - 6 * i) & 63] : '=';
    bits_ = 0;
    count_ = 0;
    return out_.write(vm_, {group, sizeof group});
  }

  Vm& vm_;
  StrBuilder& out_;
  uint32_t bits_ = 0;  ///< of the bytes that are not yet written
  int count_ = 0;      ///< how many those are
};

/// Takes digits and writes the bytes that they are. Other characters are passed over; padding that fills a group up
/// ends the text.
class Base64Reader {
 public:
  Base64Reader(Vm& vm, StrBuilder& out) : vm_(vm), out_(out) {}

  Result<void> read(std::string_view text) {
    for (const char c : text) {
      if (c == '=') take_padding();
      const uint8_t digit = kDigitValues[static_cast<uint8_t>(c)];
      if (digit != kNoDigit && !ended_) TRY(take_digit(digit));
    }
    return {};
  }

  /// ValueError if a group is not complete.
  Result<void> finish() { return count_ && !ended_ ? vm_.raise(Error::incorrect_padding) : Result<void>(); }

 private:
  void take_padding() {
    ended_ |= count_ == 3 || (count_ == 2 && padded_);
    padded_ = true;
  }

  Result<void> take_digit(uint8_t digit) {
    padded_ = false;
    bits_ = bits_ << 6 | digit;
    count_ = (count_ + 1) % 4;
    if (count_ == 1) return {};
    const int spare_bits = count_ == 0 ? 0 : 8 - 2 * count_;
    const char byte = static_cast<char>(bits_ >> spare_bits);
    return out_.write(vm_, {&byte, 1});
  }

  Vm& vm_;
  StrBuilder& out_;
  uint32_t bits_ = 0;    ///< of the digits read last
  int count_ = 0;        ///< digits of the group that is not yet complete
  bool padded_ = false;  ///< there was padding behind the last digit
  bool ended_ = false;
};

/// b2a_base64(data, newline=True).
Result<Value> binascii_b2a_base64(Vm& vm, Args args) {
  constexpr Parameter kParameters[] = {{"newline"_n, Parameter::Kind::Optional, Value::boolean(true)}};
  Value newline;
  TRY(parse_arguments(vm, args.skip(1), kParameters, &newline));
  StrBuilder out;
  Base64Writer writer(vm, out);
  TRY(for_each_piece(vm, args[0], [&](std::string_view piece) { return writer.write(piece); }));
  TRY(writer.finish());
  if (TRY(truth(vm, newline))) TRY(out.write(vm, "\n"));
  return out.to_bytes(vm);
}

/// a2b_base64(data).
Result<Value> binascii_a2b_base64(Vm& vm, Args args) {
  StrBuilder out;
  Base64Reader reader(vm, out);
  TRY(for_each_piece(vm, args[0], [&](std::string_view piece) { return reader.read(piece); }));
  TRY(reader.finish());
  return out.to_bytes(vm);
}

// ---- checksums ----

/// What each byte does to the remainder of a division by the polynomial of CRC-32, lowest bit first.
constexpr auto kCrcTable = [] {
  constexpr uint32_t kPolynomial = 0xedb88320;
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < table.size(); i++) {
    table[i] = i;
    for (int bit = 0; bit < 8; bit++) table[i] = table[i] >> 1 ^ (table[i] & 1 ? kPolynomial : 0);
  }
  return table;
}();

/// crc32(data[, crc]): goes on from the sum of what was before.
Result<Value> binascii_crc32(Vm& vm, Args args) {
  uint32_t rest = ~(args.size() > 1 ? static_cast<uint32_t>(TRY(to_bits64(vm, args[1]))) : 0);
  TRY(for_each_piece(vm, args[0], [&](std::string_view piece) -> Result<void> {
    for (const char c : piece) rest = rest >> 8 ^ kCrcTable[(rest ^ static_cast<uint8_t>(c)) & 0xff];
    return {};
  }));
  return make_uint(vm, ~rest);
}

constexpr Member kMembers[] = {
    {"__name__"_n, Value("binascii"_n)},
    {"a2b_base64"_n, native<binascii_a2b_base64, 1>},
    {"b2a_base64"_n, native<binascii_b2a_base64, 1, 2, NativeFunction::kKeywords>},
    {"crc32"_n, native<binascii_crc32, 1, 2>},
    {"hexlify"_n, native<binascii_hexlify, 1, 2>},
    {"unhexlify"_n, native<binascii_unhexlify, 1>},
};

}  // namespace

constinit const NativeModule binascii_module{"binascii"_n, kMembers};

}  // namespace upy
