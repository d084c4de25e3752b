#pragma once

#include "objects/runtime/vm.h"

/// The descriptors of structures: a dict of fields by name, each an int or a tuple of ints and descriptors. The numbers
/// are MicroPython's, of 31 bits: an int has a type in its four highest bits and an offset or a count below; the first
/// int of a tuple, the kind of an aggregate in its two highest ones.
namespace upy {

/// The order of bytes of a structure; NATIVE ones also have gaps, as those of C.
enum class StructLayout : uint8_t { LittleEndian = 0, BigEndian = 1, Native = 2 };

/// The types of plain numbers, without their offset.
enum class ScalarType : uint8_t {
  Uint8,
  Int8,
  Uint16,
  Int16,
  Uint32,
  Int32,
  Uint64,
  Int64,
  BitsUint8,
  BitsInt8,
  BitsUint16,
  BitsInt16,
  BitsUint32,
  BitsInt32,
  Float32,
  Float64,
};
enum class AggregateKind : uint8_t { Struct, Pointer, Array };

/// The ints that scripts write for them.
constexpr int64_t sign_extended(uint32_t bits) { return static_cast<int32_t>(bits << 1) >> 1; }
constexpr int64_t code_of(ScalarType type) { return sign_extended(static_cast<uint32_t>(type) << 27); }
constexpr int64_t code_of(AggregateKind kind) { return sign_extended(static_cast<uint32_t>(kind) << 29); }
/// How far the position and the length of a bit field are shifted.
inline constexpr int kBitsPosition = 17, kBitsLength = 22;

constexpr size_t size_of(ScalarType type) {
  if (type >= ScalarType::Float32) return type == ScalarType::Float32 ? 4 : 8;
  return size_t{1} << (static_cast<unsigned>(type) >> 1 & 3);
}

/// What a descriptor says of a field.
struct Field {
  enum class Kind : uint8_t { Scalar, Bits, Struct, Pointer, Array };
  Kind kind = Kind::Scalar;
  ScalarType type = ScalarType::Uint8;  ///< of a Scalar or the number that Bits are part of; of elements without a
                                        ///< descriptor
  uint8_t position = 0, length = 0;     ///< of Bits
  size_t offset = 0;                    ///< in bytes
  size_t count = 0;                     ///< of an Array's elements
  Value descriptor;  ///< of a Struct, or of the elements of a Pointer or Array; null: they are scalars
  bool is_byte_array() const { return kind == Kind::Array && !descriptor && type == ScalarType::Uint8; }

  /// TypeError for what is no description of a field. Runs no Python.
  static Result<Field> parse(Vm& vm, Value value);
};

struct StructSize {
  size_t size = 0, alignment = 1;
};
/// The size of what a dict, or a tuple without regard to its offset, describes; of a field's element. Polls. TypeError
/// for what is no descriptor.
Result<StructSize> measure(Vm& vm, Value descriptor, StructLayout layout);
Result<StructSize> measure_element(Vm& vm, const Field& field, StructLayout layout);

}  // namespace upy
