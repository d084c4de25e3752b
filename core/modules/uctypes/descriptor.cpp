#include "modules/uctypes/descriptor.h"

#include <algorithm>

#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/numbers/int.h"

namespace upy {

namespace {

constexpr uint32_t mask(int bits) { return (uint32_t{1} << bits) - 1; }

constexpr size_t kMaxSize = size_t{1} << 48;

Failure bad_descriptor(Vm& vm) { return vm.raise(Error::bad_descriptor); }

/// The 31 bits of an int of a descriptor.
Result<uint32_t> code(Vm& vm, Value value) {
  if (!value.is_small_int()) return bad_descriptor(vm);
  const int64_t number = value.as_small_int();
  if (number < -(int64_t{1} << 30) || number >= int64_t{1} << 31) return bad_descriptor(vm);
  return static_cast<uint32_t>(number) & mask(31);
}

bool is_bits(ScalarType type) { return type >= ScalarType::BitsUint8 && type <= ScalarType::BitsInt32; }

Result<Field> parse_scalar(Vm& vm, Value value) {
  const uint32_t bits = TRY(code(vm, value));
  Field field;
  field.type = static_cast<ScalarType>(bits >> 27);
  field.offset = bits & mask(27);
  if (!is_bits(field.type)) return field;
  field.kind = Field::Kind::Bits;
  field.position = static_cast<uint8_t>(bits >> kBitsPosition & mask(5));
  field.length = static_cast<uint8_t>(bits >> kBitsLength & mask(5));
  field.offset = bits & mask(kBitsPosition);
  return field;
}

/// The scalar that is the element of an aggregate: a type with a count or nothing.
Result<void> parse_element(Vm& vm, Value value, Field& field) {
  const uint32_t bits = TRY(code(vm, value));
  field.type = static_cast<ScalarType>(bits >> 27);
  if (is_bits(field.type)) return bad_descriptor(vm);
  field.count = bits & mask(27);
  return {};
}

Result<Field> parse_aggregate(Vm& vm, const Tuple& tuple) {
  if (tuple.size < 2 || tuple.size > 3) return bad_descriptor(vm);
  const Value* items = tuple.items();
  const uint32_t bits = TRY(code(vm, items[0]));
  const auto kind = static_cast<AggregateKind>(bits >> 29);
  Field field;
  field.offset = bits & mask(29);
  const bool has_count = tuple.size == 3;
  if (has_count != (kind == AggregateKind::Array && !items[tuple.size - 1].is_small_int())) return bad_descriptor(vm);
  switch (kind) {
    case AggregateKind::Struct:
      field.kind = Field::Kind::Struct;
      break;
    case AggregateKind::Pointer:
      field.kind = Field::Kind::Pointer;
      break;
    case AggregateKind::Array:
      field.kind = Field::Kind::Array;
      if (has_count) TRY(parse_element(vm, items[1], field));
      break;
    default:
      return bad_descriptor(vm);
  }
  const Value last = items[tuple.size - 1];
  if (last.is_small_int() && field.kind != Field::Kind::Struct)
    TRY(parse_element(vm, last, field));
  else
    field.descriptor = last;
  return field;
}

Result<StructSize> measure_field(Vm& vm, const Field& field, StructLayout layout) {
  switch (field.kind) {
    case Field::Kind::Pointer:
      return StructSize{sizeof(void*), sizeof(void*)};
    case Field::Kind::Array: {
      StructSize element = TRY(measure_element(vm, field, layout));
      if (__builtin_mul_overflow(element.size, field.count, &element.size) || element.size > kMaxSize)
        return vm.raise(Error::struct_too_big);
      return element;
    }
    default:
      return measure_element(vm, field, layout);
  }
}

}  // namespace

Result<Field> Field::parse(Vm& vm, Value value) {
  if (value.is_small_int()) return parse_scalar(vm, value);
  if (is_exactly(value, tuple_type)) return parse_aggregate(vm, *static_cast<Tuple*>(value.as_object()));
  return bad_descriptor(vm);
}

Result<StructSize> measure_element(Vm& vm, const Field& field, StructLayout layout) {
  if (field.descriptor) return measure(vm, field.descriptor, layout);
  return StructSize{size_of(field.type), size_of(field.type)};
}

Result<StructSize> measure(Vm& vm, Value descriptor, StructLayout layout) {
  TRY(vm.check_stack());
  if (is_exactly(descriptor, tuple_type)) return measure_field(vm, TRY(Field::parse(vm, descriptor)), layout);
  Dict* fields = as_dict(descriptor);
  if (!fields) return bad_descriptor(vm);
  StructSize total;
  for (size_t at = 0; DictEntry* entry = fields->next(at);) {
    const Field field = TRY(Field::parse(vm, entry->value));
    const StructSize part = TRY(measure_field(vm, field, layout));
    total.size = std::max(total.size, field.offset + part.size);
    total.alignment = std::max(total.alignment, part.alignment);
    TRY(vm.poll());
  }
  if (layout == StructLayout::Native)
    total.size = (total.size + total.alignment - 1) / total.alignment * total.alignment;
  return total;
}

}  // namespace upy
