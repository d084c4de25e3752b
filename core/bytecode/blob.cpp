#include "bytecode/blob.h"

// A blob is a header, the unit, and the seal if there is one. The header is the magic "UPYB", the format's version (a
// byte), the fingerprint of the instruction set (4 bytes), and 1 if there is a seal, else 0. A unit is its fields in
// the order of CodeUnit, where
//
//   number    LEB128 in as few bytes as possible; a signed one is mapped to 0, -1, 1, -2 ... first (zigzag)
//   text      its length and its bytes
//   list      its length and its items
//   float     8 bytes, an instruction 8 bytes, both little-endian
//
// Reader mirrors Writer field by field. Lengths are checked against the bytes that are left before anything is
// allocated, and each item is paid for before it is read, so a lying length costs nothing.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

#include "bytecode/opcode_info.h"

namespace upy {
namespace {

constexpr std::string_view kMagic = "UPYB";
constexpr uint8_t kVersion = 2;
constexpr size_t kVersionAt = kMagic.size(), kFingerprintAt = kVersionAt + 1, kSealFlagAt = kFingerprintAt + 4;
static_assert(kBlobHeaderBytes == kSealFlagAt + 1);

/// The fields of an instruction as the 64-bit word that blobs hold.
uint64_t pack(const Instr& instr) {
  return static_cast<uint64_t>(instr.op) | uint64_t{instr.k} << 8 | uint64_t{instr.a} << 16 | uint64_t{instr.b} << 32 |
         uint64_t{instr.c} << 48;
}

Instr unpack(uint64_t word) {
  return Instr(static_cast<Op>(word & 0xff), word >> 8 & 0xff, word >> 16 & 0xffff, word >> 32 & 0xffff, word >> 48);
}

class Writer {
 public:
  std::string take() { return std::move(out_); }

  void header() {
    out_ += kMagic;
    byte(kVersion);
    for (int shift = 0; shift < 32; shift += 8) byte(static_cast<uint8_t>(instruction_set_fingerprint() >> shift));
    byte(false);
  }

  void unit(const CodeUnit& unit) {
    text(unit.name);
    text(unit.file);
    number(unit.first_line);
    byte(unit.flags);
    number(unit.positional_count);
    number(unit.positional_only_count);
    number(unit.keyword_only_count);
    number(unit.register_count);
    list(unit.parameters, [this](uint32_t name) { number(name); });
    list(unit.names, [this](const std::string& name) { text(name); });
    list(unit.sites, [this](uint32_t name) { number(name); });
    list(unit.constants, [this](const Constant& item) { constant(item); });
    list(unit.code, [this](const Instr& instr) { word(pack(instr)); });
    list(unit.handlers, [this](const Handler& handler) {
      number(handler.start);
      number(handler.end);
      number(handler.target);
      number(handler.reg);
    });
    list(unit.lines, [this](const LineEntry& entry) {
      number(entry.start);
      number(entry.line);
    });
    list(unit.captures, [this](const Capture& capture) {
      byte(capture.from_free);
      number(capture.index);
    });
    list(unit.children, [this](const CodeUnit& child) { this->unit(child); });
  }

 private:
  void byte(uint8_t byte) { out_ += static_cast<char>(byte); }

  void number(uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<uint8_t>(value | 0x80));
    byte(static_cast<uint8_t>(value));
  }

  void word(uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) byte(static_cast<uint8_t>(value >> shift));
  }

  void text(std::string_view text) {
    number(text.size());
    out_ += text;
  }

  template <class T, class Write>
  void list(const std::vector<T>& items, Write write) {
    number(items.size());
    for (const T& item : items) write(item);
  }

  void constant(const Constant& constant) {
    byte(static_cast<uint8_t>(constant.kind));
    switch (constant.kind) {
      case Constant::Kind::None:
      case Constant::Kind::False:
      case Constant::Kind::True:
      case Constant::Kind::Ellipsis:
        break;
      case Constant::Kind::Int:
        number(static_cast<uint64_t>(constant.integer) << 1 ^ static_cast<uint64_t>(constant.integer >> 63));
        break;
      case Constant::Kind::Float:
      case Constant::Kind::Imaginary:
        word(std::bit_cast<uint64_t>(constant.number));
        break;
      case Constant::Kind::BigInt:
      case Constant::Kind::Str:
      case Constant::Kind::Bytes:
        text(constant.text);
        break;
      case Constant::Kind::Tuple:
        list(constant.items, [this](const Constant& item) { this->constant(item); });
        break;
    }
  }

  std::string out_;
};

/// Reads the unit of a blob. After the first error every read yields nothing and error() tells it.
class Reader {
 public:
  /// `blob`: its header is right. It ends before the seal.
  Reader(std::string_view blob, Meter& meter) : blob_(blob), meter_(meter) {}

  const std::optional<std::string>& error() const { return error_; }

  void fail(std::string_view what) {
    if (!error_) error_ = "damaged code blob: " + std::string(what) + " at byte " + std::to_string(at_);
  }

  void end() {
    if (left() != 0) fail("bytes after the end");
  }

  void read(CodeUnit& unit, int depth = 1) {
    if (depth > kMaxUnitNesting) return fail("units nest too deep");
    unit.name = text();
    unit.file = text();
    unit.first_line = number<uint32_t>();
    unit.flags = byte();
    unit.positional_count = number<uint16_t>();
    unit.positional_only_count = number<uint16_t>();
    unit.keyword_only_count = number<uint16_t>();
    unit.register_count = number<uint16_t>();
    list(unit.parameters, 1, [this](uint32_t& name) { name = number<uint32_t>(); });
    list(unit.names, 1, [this](std::string& name) { name = text(); });
    list(unit.sites, 1, [this](uint32_t& name) { name = number<uint32_t>(); });
    list(unit.constants, 1, [this](Constant& item) { constant(item, 1); });
    list(unit.code, sizeof(Instr), [this](Instr& instr) { instr = unpack(word()); });
    list(unit.handlers, 4, [this](Handler& handler) {
      handler.start = number<uint32_t>();
      handler.end = number<uint32_t>();
      handler.target = number<uint32_t>();
      handler.reg = number<uint16_t>();
    });
    list(unit.lines, 2, [this](LineEntry& entry) {
      entry.start = number<uint32_t>();
      entry.line = number<uint32_t>();
    });
    list(unit.captures, 2, [this](Capture& capture) {
      capture.from_free = boolean();
      capture.index = number<uint16_t>();
    });
    list(unit.children, kLeastUnitBytes, [this, depth](CodeUnit& child) { read(child, depth + 1); });
  }

 private:
  static constexpr size_t kLeastUnitBytes = 16;  // one for each field

  size_t left() const { return blob_.size() - at_; }

  uint8_t byte() {
    if (error_ || left() == 0) {
      fail("it ends early");
      return 0;
    }
    return static_cast<uint8_t>(blob_[at_++]);
  }

  bool boolean() {
    const uint8_t value = byte();
    if (value > 1) fail("neither 0 nor 1");
    return value == 1;
  }

  uint64_t word() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 8) value |= uint64_t{byte()} << shift;
    return value;
  }

  template <class T>
  T number() {
    static_assert(std::is_unsigned_v<T>);
    uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const uint64_t part = byte();
      if (error_) return 0;
      const bool has_room = shift < 63 || (shift == 63 && part <= 1);
      const bool is_padding = part == 0 && shift > 0;
      if (!has_room || is_padding) break;
      value |= (part & 0x7f) << shift;
      if (part >= 0x80) continue;
      if (value > std::numeric_limits<T>::max()) break;
      return static_cast<T>(value);
    }
    fail("a number out of range");
    return 0;
  }

  /// The length of a list or text whose items take at least `item_bytes` each.
  size_t length(size_t item_bytes) {
    const auto length = number<uint64_t>();
    if (length <= left() / item_bytes) return length;
    fail("a length beyond the end");
    return 0;
  }

  std::string text() {
    const size_t size = length(1);
    if (!pay(size)) return {};
    const std::string_view text = blob_.substr(at_, size);
    at_ += size;
    return std::string(text);
  }

  template <class T, class Read>
  void list(std::vector<T>& items, size_t item_bytes, Read read) {
    for (size_t count = length(item_bytes); count > 0 && !error_; --count) {
      if (items.size() == items.capacity()) grow(items, count);
      if (!error_) read(items.emplace_back(empty<T>()));
    }
  }

  template <class T>
  static T empty() {
    if constexpr (std::is_same_v<T, Instr>) {
      return Instr(Op::NOP, 0, 0, 0, 0);
    } else {
      return T();
    }
  }

  /// Makes room for some of `count` more items. They may take far more than their bytes in the blob, so it is not made
  /// for all of them at once.
  template <class T>
  void grow(std::vector<T>& items, size_t count) {
    const size_t more = std::min(count, std::max<size_t>(items.size(), 4));
    if (pay(more * sizeof(T))) items.reserve(items.size() + more);
    if (!error_ && !meter_.poll()) error_ = kAbandoned;
  }

  bool pay(size_t bytes) {
    if (!error_ && !meter_.charge(bytes)) error_ = kOutOfMemory;
    return !error_;
  }

  void constant(Constant& constant, int depth) {
    const uint8_t kind = byte();
    if (kind > static_cast<uint8_t>(Constant::Kind::Tuple) || depth > kMaxUnitNesting) return fail("no such constant");
    constant.kind = static_cast<Constant::Kind>(kind);
    switch (constant.kind) {
      case Constant::Kind::None:
      case Constant::Kind::False:
      case Constant::Kind::True:
      case Constant::Kind::Ellipsis:
        break;
      case Constant::Kind::Int: {
        const auto zigzag = number<uint64_t>();
        constant.integer = static_cast<int64_t>(zigzag >> 1 ^ -(zigzag & 1));
        break;
      }
      case Constant::Kind::Float:
      case Constant::Kind::Imaginary:
        constant.number = std::bit_cast<double>(word());
        break;
      case Constant::Kind::BigInt:
      case Constant::Kind::Str:
      case Constant::Kind::Bytes:
        constant.text = text();
        break;
      case Constant::Kind::Tuple:
        list(constant.items, 1, [this, depth](Constant& item) { this->constant(item, depth + 1); });
        break;
    }
  }

  std::string_view blob_;
  Meter& meter_;
  size_t at_ = kBlobHeaderBytes;
  std::optional<std::string> error_;
};

}  // namespace

std::string save(const CodeUnit& unit) {
  Writer writer;
  writer.header();
  writer.unit(unit);
  return writer.take();
}

std::string check_header(std::string_view blob) {
  if (!blob.starts_with(kMagic)) return "not a code blob";
  if (blob.size() < kBlobHeaderBytes) return "damaged code blob: it ends early";
  const auto byte = [blob](size_t at) { return static_cast<uint8_t>(blob[at]); };
  uint32_t fingerprint = 0;
  for (size_t i = 0; i < 4; ++i) fingerprint |= uint32_t{byte(kFingerprintAt + i)} << (8 * i);
  if (byte(kVersionAt) != kVersion || fingerprint != instruction_set_fingerprint())
    return "code blob of another version of the interpreter: compile its source again with this one";
  if (byte(kSealFlagAt) > 1 || (has_seal(blob) && blob.size() < kBlobHeaderBytes + kSealBytes))
    return "damaged code blob: it ends early";
  return "";
}

std::variant<CodeUnit, std::string> load(std::string_view blob, Meter& meter) {
  if (std::string problem = check_header(blob); !problem.empty()) return problem;
  if (has_seal(blob)) blob.remove_suffix(kSealBytes);
  Reader reader(blob, meter);
  CodeUnit unit;
  reader.read(unit);
  if (!reader.error()) reader.end();
  if (reader.error()) return *reader.error();
  return unit;
}

bool has_seal(std::string_view blob) { return blob[kSealFlagAt] != 0; }

std::string with_seal(std::string blob) {
  blob[kSealFlagAt] = 1;
  return blob.append(kSealBytes, '\0');
}

}  // namespace upy
