#include <algorithm>
#include <bit>
#include <cstring>

#include "modules/modules.h"
#include "modules/uctypes/descriptor.h"
#include "modules/uctypes/memory.h"
#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/str.h"
#include "objects/runtime/writer.h"
#include "objects/strings/array.h"
#include "objects/strings/array_items.h"
#include "objects/strings/bytes.h"

/// uctypes: bytes in memory as the structures of C. What addresses can reach is told in memory.h.
namespace upy {

namespace {

extern const Type struct_type;

/// A structure in memory, or an array or a pointer, which have a tuple as their descriptor.
struct Structure : Object {
  Value descriptor;
  uint64_t address;
  size_t size;  ///< in bytes, as the descriptor was when this was made; 0 for a descriptor that is none
  Region region;
  StructLayout layout;

  static Result<Structure*> make(Vm& vm, Value descriptor, uint64_t address, const Region& region, StructLayout layout);
};

Structure* self_of(Value value) { return static_cast<Structure*>(value.as_object()); }

void trace(Object* object, Marker& marker) {
  auto* self = static_cast<Structure*>(object);
  marker.mark(self->descriptor);
  marker.mark(self->region.cell);
}

/// The size of what a descriptor describes; 0 if it describes nothing, which whoever uses it is told.
Result<size_t> size_if_valid(Vm& vm, Value descriptor, StructLayout layout) {
  if (auto measured = measure(vm, descriptor, layout)) return (*measured).size;
  if (!vm.take_pending(TypeError_type)) return Failure();
  return 0;
}

Result<Structure*> Structure::make(Vm& vm, Value descriptor, uint64_t address, const Region& region,
                                   StructLayout layout) {
  const size_t size = TRY(size_if_valid(vm, descriptor, layout));
  auto* self = TRY(vm.allocate<Structure>(struct_type));
  self->descriptor = descriptor;
  self->address = address;
  self->size = size;
  self->region = region;
  self->layout = layout;
  return self;
}

// ---- numbers ----

constexpr size_t kMaxScalar = 8;

bool is_native_order(StructLayout layout) {
  if (layout == StructLayout::Native) return true;
  return (layout == StructLayout::LittleEndian) == (std::endian::native == std::endian::little);
}

/// Copies a number between a structure's order of bytes and the machine's.
void copy_scalar(char* to, const char* from, size_t size, StructLayout layout) {
  std::memcpy(to, from, size);
  if (!is_native_order(layout)) std::reverse(to, to + size);
}

/// The typecode of arrays for a type.
char typecode_of(ScalarType type) {
  constexpr char kCodes[] = "BbHhIiQqBbHhIifd";
  return kCodes[static_cast<unsigned>(type)];
}

Result<Value> load(Vm& vm, const Region& region, uint64_t address, ScalarType type, StructLayout layout) {
  char item[kMaxScalar];
  copy_scalar(item, TRY(region.to_read(vm, address, size_of(type))), size_of(type), layout);
  return load_item(vm, typecode_of(type), item);
}

Result<void> store(Vm& vm, const Region& region, uint64_t address, ScalarType type, StructLayout layout, Value value) {
  char item[kMaxScalar];
  TRY(store_item(vm, typecode_of(type), item, value));
  copy_scalar(TRY(region.to_write(vm, address, size_of(type))), item, size_of(type), layout);
  return {};
}

// ---- bit fields ----

uint32_t load_bits(const char* from, const Field& field, StructLayout layout) {
  uint64_t word = 0;
  char item[kMaxScalar] = {};
  copy_scalar(item, from, size_of(field.type), layout);
  std::memcpy(&word, item, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word >>= 8 * (sizeof word - size_of(field.type));
  return static_cast<uint32_t>(word);
}

void store_bits(char* to, const Field& field, StructLayout layout, uint64_t word) {
  char item[kMaxScalar];
  if constexpr (std::endian::native == std::endian::big) word <<= 8 * (sizeof word - size_of(field.type));
  std::memcpy(item, &word, sizeof word);
  copy_scalar(to, item, size_of(field.type), layout);
}

uint32_t bits_mask(const Field& field) { return static_cast<uint32_t>((uint64_t{1} << field.length) - 1); }

bool is_signed(ScalarType type) { return static_cast<unsigned>(type) & 1; }

Result<Value> get_bits(Vm& vm, const Structure* self, const Field& field) {
  const char* from = TRY(self->region.to_read(vm, self->address + field.offset, size_of(field.type)));
  const uint32_t bits = load_bits(from, field, self->layout) >> field.position & bits_mask(field);
  const bool is_negative = is_signed(field.type) && field.length > 0 && bits >> (field.length - 1);
  return Value::small_int(is_negative ? int64_t{bits} - (int64_t{1} << field.length) : int64_t{bits});
}

Result<void> set_bits(Vm& vm, const Structure* self, const Field& field, Value value) {
  const uint64_t bits = TRY(to_bits64(vm, value)) & bits_mask(field);
  char* to = TRY(self->region.to_write(vm, self->address + field.offset, size_of(field.type)));
  const uint64_t others = load_bits(to, field, self->layout) & ~(uint64_t{bits_mask(field)} << field.position);
  store_bits(to, field, self->layout, others | bits << field.position);
  return {};
}

// ---- fields ----

/// Arrays of bytes are bytearrays that share the memory. One of an object that can't be changed is a copy, as bytes.
Result<Value> get_byte_array(Vm& vm, const Region& region, uint64_t address, size_t count) {
  if (count == 0) return TRY(Array::make_bytearray(vm, {}));
  const char* from = TRY(region.to_read(vm, address, count));
  if (!region.writable) return TRY(Bytes::make(vm, {from, count}));
  auto* storage = static_cast<ByteStorage*>(region.cell);
  return TRY(Array::make_shared(vm, storage, static_cast<size_t>(from - storage->data()), count));
}

/// The field that `name` stands for in the structure's descriptor, as it is there; absent() if there is none.
Result<Value> find_field(Vm& vm, const Structure* self, const Str* name) {
  Dict* fields = as_dict(self->descriptor);
  if (!fields) return vm.raise(Error::struct_without_fields);
  const Value* found = fields->find(name);
  return found ? *found : Value::absent();
}

Result<Value> struct_get_attr(Vm& vm, Value self_value, const Str* name) {
  const Structure* self = self_of(self_value);
  const Value described = TRY(find_field(vm, self, name));
  if (described.is_absent()) return described;
  const Field field = TRY(Field::parse(vm, described));
  const uint64_t address = self->address + field.offset;
  switch (field.kind) {
    case Field::Kind::Scalar:
      return load(vm, self->region, address, field.type, self->layout);
    case Field::Kind::Bits:
      return get_bits(vm, self, field);
    case Field::Kind::Struct:
      return TRY(Structure::make(vm, field.descriptor, address, self->region, self->layout));
    default:
      if (field.is_byte_array()) return get_byte_array(vm, self->region, address, field.count);
      return TRY(Structure::make(vm, described, address, self->region, self->layout));
  }
}

Result<bool> struct_set_attr(Vm& vm, Value self_value, const Str* name, Value value) {
  const Structure* self = self_of(self_value);
  const Value described = TRY(find_field(vm, self, name));
  if (described.is_absent() || !value) return false;
  const Field field = TRY(Field::parse(vm, described));
  switch (field.kind) {
    case Field::Kind::Scalar:
      TRY(store(vm, self->region, self->address + field.offset, field.type, self->layout, value));
      return true;
    case Field::Kind::Bits:
      TRY(set_bits(vm, self, field, value));
      return true;
    default:
      return vm.raise(Error::cant_assign_aggregate);
  }
}

// ---- elements ----

/// An element of an array, or one that a pointer points to.
struct Element {
  Field field = {};  ///< the array or pointer
  uint64_t address = 0;
  Region region;
};

Result<uint64_t> pointer_value(Vm& vm, const Structure* self) {
  uint64_t address;
  std::memcpy(&address, TRY(self->region.to_read(vm, self->address, sizeof address)), sizeof address);
  return address;
}

Result<Element> element_at(Vm& vm, const Structure* self, Value key) {
  if (!is_exactly(self->descriptor, tuple_type)) return vm.raise(Error::not_subscriptable, {&struct_type});
  Element element;
  element.field = TRY(Field::parse(vm, self->descriptor));
  if (element.field.kind == Field::Kind::Struct) return vm.raise(Error::not_subscriptable, {&struct_type});
  const bool is_pointer = element.field.kind == Field::Kind::Pointer;
  const int64_t index = TRY(to_int64(vm, key));
  if (!is_pointer && (index < 0 || static_cast<size_t>(index) >= element.field.count))
    return vm.raise(Error::index_out_of_range, {&struct_type});
  const auto size = static_cast<int64_t>(TRY(measure_element(vm, element.field, self->layout)).size);
  int64_t distance;
  if (__builtin_mul_overflow(index, size, &distance)) return vm.raise(Error::int_too_big);
  element.address = (is_pointer ? TRY(pointer_value(vm, self)) : self->address) + static_cast<uint64_t>(distance);
  element.region = is_pointer ? Region::at(vm, element.address) : self->region;
  return element;
}

Result<Value> struct_get_item(Vm& vm, Value self_value, Value key) {
  const Structure* self = self_of(self_value);
  const Element element = TRY(element_at(vm, self, key));
  if (!element.field.descriptor) return load(vm, element.region, element.address, element.field.type, self->layout);
  return TRY(Structure::make(vm, element.field.descriptor, element.address, element.region, self->layout));
}

Result<void> struct_set_item(Vm& vm, Value self_value, Value key, Value value) {
  const Structure* self = self_of(self_value);
  if (!value) return vm.raise(Error::no_item_deletion, {&struct_type});
  const Element element = TRY(element_at(vm, self, key));
  if (element.field.descriptor) return vm.raise(Error::cant_assign_aggregate);
  return store(vm, element.region, element.address, element.field.type, self->layout, value);
}

// ---- the type ----

Result<StructLayout> layout_of(Vm& vm, Value value) {
  const int64_t layout = value ? TRY(to_int64(vm, value)) : static_cast<int64_t>(StructLayout::Native);
  if (layout < 0 || layout > static_cast<int64_t>(StructLayout::Native)) return vm.raise(Error::bad_struct_layout);
  return static_cast<StructLayout>(layout);
}

/// struct(address, descriptor, layout=NATIVE). The address is looked up at once, but only reading and writing needs it.
Result<Value> struct_construct(Vm& vm, const Type*, Args args) {
  TRY(check_arguments(vm, args, 2, 3));
  const uint64_t address = TRY(to_bits64(vm, args[0]));
  const StructLayout layout = TRY(layout_of(vm, args.at(2)));
  return TRY(Structure::make(vm, args[1], address, Region::at(vm, address), layout));
}

std::string_view kind_name(Vm& vm, const Structure* self) {
  if (as_dict(self->descriptor)) return "STRUCT";
  if (auto field = Field::parse(vm, self->descriptor)) {
    if ((*field).kind == Field::Kind::Pointer) return "PTR";
    if ((*field).kind == Field::Kind::Array) return "ARRAY";
  } else {
    vm.take_pending();
  }
  return "ERROR";
}

Result<void> print_struct(Vm& vm, Value self_value, Writer& out, PrintStyle) {
  const Structure* self = self_of(self_value);
  TRY(out.write(vm, "<struct "));
  TRY(out.write(vm, kind_name(vm, self)));
  TRY(out.write(vm, " "));
  TRY(write_int(vm, out, TRY(make_uint(vm, self->address)), 16));
  return out.write(vm, ">");
}

/// int(pointer): where it points to.
Result<Value> struct_int(Vm& vm, Args args) {
  const Structure* self = self_of(args[0]);
  const bool is_tuple = is_exactly(self->descriptor, tuple_type);
  if (!is_tuple || TRY(Field::parse(vm, self->descriptor)).kind != Field::Kind::Pointer)
    return vm.raise(Error::cant_convert_to, {&struct_type, "int"});
  return make_uint(vm, TRY(pointer_value(vm, self)));
}

bool struct_buffer(Value self_value, Buffer& buffer) {
  const Structure* self = self_of(self_value);
  if (!self->region.has(self->address, self->size)) return false;
  buffer = {reinterpret_cast<char*>(self->address), self->size, 'B', self->region.writable};
  return true;
}

constexpr CellKind kStructKind{.trace = trace};

constexpr Member kStructMembers[] = {
    {"__int__"_n, native<struct_int, 1>},
};

constinit const Type struct_type{{.name = "struct"_n,
                                  .kind = &kStructKind,
                                  .members = kStructMembers,
                                  .flags = Type::kNotSubclassable,
                                  .slots = {.print = print_struct,
                                            .construct = struct_construct,
                                            .get_item = struct_get_item,
                                            .set_item = struct_set_item,
                                            .get_attr = struct_get_attr,
                                            .set_attr = struct_set_attr,
                                            .buffer = struct_buffer}}};

// ---- functions ----

/// addressof(object with a buffer).
Result<Value> uctypes_addressof(Vm& vm, Args args) {
  return make_uint(vm, reinterpret_cast<uint64_t>(TRY(get_buffer(vm, args[0])).data));
}

/// The address and the size that a function is given, with what is there.
struct Range {
  uint64_t address = 0;
  size_t size = 0;
  Region region;
};

Result<Range> range_of(Vm& vm, Args args) {
  const uint64_t address = TRY(to_bits64(vm, args[0]));
  const auto size = static_cast<size_t>(TRY(to_int64(vm, args[1])));
  return Range{address, size, Region::at(vm, address)};
}

/// bytes_at(address, size): a copy.
Result<Value> uctypes_bytes_at(Vm& vm, Args args) {
  const Range range = TRY(range_of(vm, args));
  if (range.size == 0) return TRY(Bytes::make(vm, {}));
  return TRY(Bytes::make(vm, {TRY(range.region.to_read(vm, range.address, range.size)), range.size}));
}

/// bytearray_at(address, size): it shares the memory, until it grows.
Result<Value> uctypes_bytearray_at(Vm& vm, Args args) {
  const Range range = TRY(range_of(vm, args));
  if (range.size > 0) TRY(range.region.to_write(vm, range.address, range.size));
  return get_byte_array(vm, range.region, range.address, range.size);
}

/// sizeof(structure), sizeof(descriptor, layout=NATIVE).
Result<Value> uctypes_sizeof(Vm& vm, Args args) {
  Value descriptor = args[0];
  StructLayout layout = TRY(layout_of(vm, args.at(1)));
  if (const Array* bytes = as<Array>(descriptor, bytearray_type)) return make_uint(vm, bytes->count);
  if (is_exactly(descriptor, struct_type)) {
    if (args.size() > 1) return vm.raise(Error::layout_of_structure);
    layout = self_of(descriptor)->layout;
    descriptor = self_of(descriptor)->descriptor;
  }
  return make_uint(vm, TRY(measure(vm, descriptor, layout)).size);
}

constexpr Value value_of(ScalarType type) { return Value::small_int(code_of(type)); }
constexpr Value value_of(AggregateKind kind) { return Value::small_int(code_of(kind)); }
constexpr Value value_of(StructLayout layout) { return Value::small_int(static_cast<int64_t>(layout)); }
constexpr bool kLongIs64 = sizeof(long) == 8;

constexpr Member kMembers[] = {
    {"__name__"_n, Value("uctypes"_n)},
    {"ARRAY"_n, value_of(AggregateKind::Array)},
    {"BFINT16"_n, value_of(ScalarType::BitsInt16)},
    {"BFINT32"_n, value_of(ScalarType::BitsInt32)},
    {"BFINT8"_n, value_of(ScalarType::BitsInt8)},
    {"BFUINT16"_n, value_of(ScalarType::BitsUint16)},
    {"BFUINT32"_n, value_of(ScalarType::BitsUint32)},
    {"BFUINT8"_n, value_of(ScalarType::BitsUint8)},
    {"BF_LEN"_n, Value::small_int(kBitsLength)},
    {"BF_POS"_n, Value::small_int(kBitsPosition)},
    {"BIG_ENDIAN"_n, value_of(StructLayout::BigEndian)},
    {"FLOAT32"_n, value_of(ScalarType::Float32)},
    {"FLOAT64"_n, value_of(ScalarType::Float64)},
    {"INT"_n, value_of(ScalarType::Int32)},
    {"INT16"_n, value_of(ScalarType::Int16)},
    {"INT32"_n, value_of(ScalarType::Int32)},
    {"INT64"_n, value_of(ScalarType::Int64)},
    {"INT8"_n, value_of(ScalarType::Int8)},
    {"LITTLE_ENDIAN"_n, value_of(StructLayout::LittleEndian)},
    {"LONG"_n, value_of(kLongIs64 ? ScalarType::Int64 : ScalarType::Int32)},
    {"LONGLONG"_n, value_of(ScalarType::Int64)},
    {"NATIVE"_n, value_of(StructLayout::Native)},
    {"PTR"_n, value_of(AggregateKind::Pointer)},
    {"SHORT"_n, value_of(ScalarType::Int16)},
    {"UINT"_n, value_of(ScalarType::Uint32)},
    {"UINT16"_n, value_of(ScalarType::Uint16)},
    {"UINT32"_n, value_of(ScalarType::Uint32)},
    {"UINT64"_n, value_of(ScalarType::Uint64)},
    {"UINT8"_n, value_of(ScalarType::Uint8)},
    {"ULONG"_n, value_of(kLongIs64 ? ScalarType::Uint64 : ScalarType::Uint32)},
    {"ULONGLONG"_n, value_of(ScalarType::Uint64)},
    {"USHORT"_n, value_of(ScalarType::Uint16)},
    {"VOID"_n, value_of(ScalarType::Uint8)},
    {"addressof"_n, native<uctypes_addressof, 1>},
    {"bytearray_at"_n, native<uctypes_bytearray_at, 2>},
    {"bytes_at"_n, native<uctypes_bytes_at, 2>},
    {"sizeof"_n, native<uctypes_sizeof, 1, 2>},
    {"struct"_n, Value(&struct_type)},
};

}  // namespace

constinit const NativeModule uctypes_module{"uctypes"_n, kMembers};

}  // namespace upy
