#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <span>

#include "modules/modules.h"
#include "modules/uctypes/memory.h"
#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/array_items.h"
#include "objects/strings/text.h"

/// struct: values to bytes and back.
///
/// A format is [byte order] {[count] type}. Native order (@, also if none is given) uses the machine's sizes and aligns
/// items to them; < > ! and = use standard sizes without gaps. As in MicroPython, pack leaves out what there are no
/// arguments for and ignores arguments too many. A format is measured first, so it must be one that stays as it is: a
/// str or bytes.
///
/// The type O stands for an object, as a word that unpack turns into it again. Bytes could say any word, so an object
/// that was packed is kept for the life of the instance, and only such a one is given back. The type S stands for the
/// address of a text, which unpack turns into a str.
namespace upy {
namespace {

/// One [count] type of a format, and where its first item lies.
struct Field {
  char type;
  size_t count;   ///< items; for s and x, bytes
  size_t size;    ///< of one item in bytes; 1 for s and x
  size_t offset;  ///< of the first item, from the beginning of the packed bytes
  size_t end;     ///< behind the last one
  bool is_text() const { return type == 's'; }
  bool is_padding() const { return type == 'x'; }
  /// How many values of a script the field stands for.
  size_t values() const { return is_padding() ? 0 : is_text() ? 1 : count; }
};

enum class Order : uint8_t { Native, Little, Big };

/// Goes through a format field by field.
class Format {
 public:
  static Result<Format> make(Vm& vm, Value value) {
    const Value text = native_of(value);
    if (!is_exactly(text, str_type) && !is_exactly(text, bytes_type))
      return vm.raise(Error::cant_convert_implicitly, {type_of(value), "str"});
    return Format(Text(text).view());
  }
  Order order() const { return order_ == Order::Native ? kMachineOrder : order_; }
  bool at_end() const { return rest_.empty(); }

  /// ValueError for an unknown type, and for sizes that no memory has.
  Result<Field> next(Vm& vm) {
    Field field{0, 1, 1, 0, 0};
    if (is_digit(rest_[0])) TRY(read_count(vm, field.count));
    if (rest_.empty()) return vm.raise(Error::bad_typecode);
    field.type = rest_[0];
    rest_.remove_prefix(1);
    if (!field.is_text() && !field.is_padding()) field.size = size_of(field.type);
    if (field.size == 0) return vm.raise(Error::bad_typecode);
    const size_t alignment = order_ == Order::Native && field.count ? field.size : 1;
    field.offset = (end_ + alignment - 1) / alignment * alignment;
    size_t bytes;
    if (__builtin_mul_overflow(field.size, field.count, &bytes) || bytes > kMaxSize - field.offset)
      return vm.raise(Error::struct_too_big);
    end_ = field.end = field.offset + bytes;
    return field;
  }

 private:
  static constexpr Order kMachineOrder = std::endian::native == std::endian::little ? Order::Little : Order::Big;
  static constexpr size_t kMaxSize = size_t{1} << 48;

  explicit Format(std::string_view text) : rest_(text) {
    if (text.empty()) return;
    if (text[0] == '<' || text[0] == '=') order_ = Order::Little;
    if (text[0] == '>' || text[0] == '!') order_ = Order::Big;
    if (order_ != Order::Native || text[0] == '@') rest_.remove_prefix(1);
    if (text[0] == '=') order_ = kMachineOrder;
  }
  friend class Result<Format>;
  Format() = default;

  Result<void> read_count(Vm& vm, size_t& count) {
    for (count = 0; !rest_.empty() && is_digit(rest_[0]); rest_.remove_prefix(1)) {
      TRY(vm.poll_kill());
      count = count * 10 + static_cast<size_t>(rest_[0] - '0');
      if (count > kMaxSize) return vm.raise(Error::struct_too_big);
    }
    return {};
  }

  /// Bytes of an item; 0 for an unknown type. Types whose standard size is the machine's are told by item_size.
  size_t size_of(char type) const {
    if (type == 'e') return 2;
    if (order_ != Order::Native && (type == 'l' || type == 'L')) return 4;
    return item_size(type);
  }

  std::string_view rest_;
  Order order_ = Order::Native;
  size_t end_ = 0;
};

/// The number of bytes a format stands for, and of the values.
struct Extent {
  size_t size = 0, values = 0;
};
Result<Extent> measure(Vm& vm, Format format) {
  Extent extent;
  while (!format.at_end()) {
    TRY(vm.poll_kill());
    const Field field = TRY(format.next(vm));
    extent.size = field.end;
    extent.values += field.values();
  }
  return extent;
}

// ---- half-precision floats: sign, 5 bits of exponent, 10 of fraction ----

uint16_t half_bits(double d) {
  const uint16_t sign = std::signbit(d) ? 0x8000 : 0;
  const double magnitude = std::fabs(d);
  if (std::isnan(d)) return sign | 0x7e00;
  if (magnitude >= 65520) return sign | 0x7c00;
  const int exponent = magnitude < 0x1p-14 ? -14 : std::ilogb(magnitude);
  // Rounding may carry into the exponent, as it should.
  const auto fraction = static_cast<uint16_t>(std::nearbyint(std::ldexp(magnitude, 10 - exponent)));
  return static_cast<uint16_t>(sign | (fraction + ((exponent + 14) << 10)));
}

double half_value(uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 0x3ff;
  const double magnitude = exponent == 31  ? (fraction ? NAN : INFINITY)
                           : exponent == 0 ? std::ldexp(fraction, -24)
                                           : std::ldexp(fraction | 0x400, exponent - 25);
  return std::copysign(magnitude, bits & 0x8000 ? -1.0 : 1.0);
}

// ---- objects in bytes ----

/// The objects that were packed, by the word that stands for each.
struct PackedObjects final : ModuleState {
  static constexpr char kKey = 0;
  explicit PackedObjects(Vm&) {}
  void mark(Marker& marker) override { marker.mark(objects); }
  Dict* objects = nullptr;
};

Result<uint64_t> word_of(Vm& vm, Value object) {
  auto& state = vm.state<PackedObjects>();
  if (!state.objects) state.objects = TRY(Dict::make(vm));
  TRY(state.objects->set(vm, TRY(make_uint(vm, object.bits())), object));
  return object.bits();
}

Result<Value> object_of(Vm& vm, uint64_t word) {
  auto& state = vm.state<PackedObjects>();
  const Value object = state.objects ? TRY(state.objects->get(vm, TRY(make_uint(vm, word)))) : Value::absent();
  if (object.is_absent()) return vm.raise(Error::no_packed_object);
  return object;
}

// ---- items ----

constexpr size_t kMaxItem = 8;  ///< bytes

/// Copies an item between its own byte order and the machine's.
void copy_item(char* to, const char* from, size_t size, Order order) {
  std::memcpy(to, from, size);
  const bool is_little = order == Order::Little;
  if (is_little != (std::endian::native == std::endian::little)) std::reverse(to, to + size);
}

/// A typecode of the machine with the size of the field's items.
char machine_type(const Field& field) {
  const bool is_long = field.type == 'l' || field.type == 'L';
  if (is_long && field.size == 4) return field.type == 'l' ? 'i' : 'I';
  return field.type == 'P' || field.type == 'S' ? 'Q' : field.type;
}

Result<Value> unpack_item(Vm& vm, const Field& field, const char* from, Order order) {
  char item[kMaxItem] = {};
  copy_item(item, from, field.size, order);
  if (field.type == 'e') return make_float(vm, half_value(std::bit_cast<uint16_t>(std::array{item[0], item[1]})));
  if (field.type == 'O') return object_of(vm, std::bit_cast<uint64_t>(item));
  if (field.type == 'S') return text_at(vm, std::bit_cast<uint64_t>(item));
  return load_item(vm, machine_type(field), item);
}

Result<void> pack_item(Vm& vm, const Field& field, char* to, Value value, Order order) {
  char item[kMaxItem] = {};
  if (field.type == 'e') {
    const uint16_t bits = half_bits(TRY(to_double(vm, value)));
    std::memcpy(item, &bits, sizeof bits);
  } else if (field.type == 'O') {
    const uint64_t word = TRY(word_of(vm, value));
    std::memcpy(item, &word, sizeof word);
  } else {
    TRY(store_item(vm, machine_type(field), item, value));
  }
  copy_item(to, item, field.size, order);
  return {};
}

/// Writes what there are values for, to the bytes in which the format has room: `target()` answers a Result<Buffer> for
/// where they are now, as values that are objects run Python, which may move them.
template <typename Target>
Result<void> pack_values(Vm& vm, Format format, std::span<const Value> values, Target target) {
  while (!format.at_end() && !values.empty()) {
    const Field field = TRY(format.next(vm));
    const size_t count = std::min(field.values(), values.size());
    if (field.is_text() || field.is_padding()) TRY(fill_bytes(vm, TRY(target()).data + field.offset, 0, field.count));
    if (field.is_text()) {
      TRY(copy_bytes(vm, TRY(target()).data + field.offset,
                     TRY(get_buffer(vm, values[0])).view().substr(0, field.count)));
    } else {
      for (size_t i = 0; i < count; i++) {
        char item[kMaxItem];
        TRY(pack_item(vm, field, item, values[i], format.order()));
        std::memcpy(TRY(target()).data + field.offset + i * field.size, item, field.size);
        TRY(vm.poll());
      }
    }
    values = values.subspan(count);
    TRY(vm.poll());
  }
  return {};
}

Result<Value> unpack_values(Vm& vm, Format format, std::string_view bytes, size_t count) {
  Tuple* tuple = TRY(Tuple::make(vm, count));
  for (size_t at = 0; !format.at_end();) {
    const Field field = TRY(format.next(vm));
    if (field.is_text()) tuple->items()[at++] = TRY(Bytes::make(vm, bytes.substr(field.offset, field.count)));
    for (size_t i = 0; !field.is_text() && i < field.values(); i++) {
      tuple->items()[at++] = TRY(unpack_item(vm, field, bytes.data() + field.offset + i * field.size, format.order()));
      TRY(vm.poll());
    }
    TRY(vm.poll());
  }
  return tuple;
}

/// The part of a buffer from an offset, negative ones from its end, of at least `size` bytes; ValueError if it is
/// smaller.
Result<size_t> checked_offset(Vm& vm, size_t available, Value offset, size_t size) {
  int64_t from = offset ? TRY(to_int64(vm, offset)) : 0;
  if (from < 0) from += static_cast<int64_t>(available);
  if (from < 0 || static_cast<size_t>(from) > available || available - static_cast<size_t>(from) < size)
    return vm.raise(Error::buffer_too_small);
  return static_cast<size_t>(from);
}

// ---- functions ----

/// calcsize(format).
Result<Value> struct_calcsize(Vm& vm, Args args) {
  return make_uint(vm, TRY(measure(vm, TRY(Format::make(vm, args[0])))).size);
}

/// pack(format, *values).
Result<Value> struct_pack(Vm& vm, Args args) {
  const Format format = TRY(Format::make(vm, args[0]));
  Bytes* bytes = TRY(Bytes::make_raw(vm, TRY(measure(vm, format)).size));
  TRY(fill_bytes(vm, bytes->data(), 0, bytes->size));
  TRY(pack_values(vm, format, {args.values + 1, args.size() - 1}, [&] {
    return Result<Buffer>({bytes->data(), bytes->size});
  }));
  return bytes;
}

/// pack_into(format, buffer, offset, *values).
Result<Value> struct_pack_into(Vm& vm, Args args) {
  const Format format = TRY(Format::make(vm, args[0]));
  const size_t size = TRY(measure(vm, format)).size;
  const size_t available = TRY(get_writable_buffer(vm, args[1])).size;
  const size_t offset = TRY(checked_offset(vm, available, args[2], size));
  TRY(pack_values(vm, format, {args.values + 3, args.size() - 3}, [&]() -> Result<Buffer> {
    const Buffer buffer = TRY(get_writable_buffer(vm, args[1]));
    if (buffer.size < offset + size) return vm.raise(Error::buffer_too_small);
    return Buffer{buffer.data + offset, size};
  }));
  return Value::none();
}

/// unpack(format, buffer) and unpack_from(format, buffer[, offset]): the buffer may be larger than the format in both.
Result<Value> struct_unpack_from(Vm& vm, Args args) {
  const Format format = TRY(Format::make(vm, args[0]));
  const Extent extent = TRY(measure(vm, format));
  const std::string_view bytes = TRY(get_buffer(vm, args[1])).view();
  const size_t offset = TRY(checked_offset(vm, bytes.size(), args.at(2), extent.size));
  return unpack_values(vm, format, bytes.substr(offset), extent.values);
}

constexpr Member kMembers[] = {
    {"__name__"_n, Value("struct"_n)},
    {"calcsize"_n, native<struct_calcsize, 1>},
    {"pack"_n, native<struct_pack, 1, NativeFunction::kAny>},
    {"pack_into"_n, native<struct_pack_into, 3, NativeFunction::kAny>},
    {"unpack"_n, native<struct_unpack_from, 2, 3>},
    {"unpack_from"_n, native<struct_unpack_from, 2, 3>},
};

}  // namespace

constinit const NativeModule struct_module{"struct"_n, kMembers};

}  // namespace upy
