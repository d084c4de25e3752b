#include "objects/strings/array_items.h"

#include <algorithm>
#include <cstring>

#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/numbers/float.h"
#include "objects/numbers/int.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/comparison.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/array.h"
#include "objects/strings/text.h"

namespace upy {
namespace {

template <typename T>
T read(const char* address) {
  T item;
  std::memcpy(&item, address, sizeof item);
  return item;
}

template <typename T>
void write(char* address, T item) {
  std::memcpy(address, &item, sizeof item);
}

}  // namespace

size_t item_size(char typecode) {
  switch (typecode) {
    case 'b':
    case 'B':
      return 1;
    case 'h':
    case 'H':
      return sizeof(short);
    case 'i':
    case 'I':
      return sizeof(int);
    case 'l':
    case 'L':
      return sizeof(long);
    case 'q':
    case 'Q':
      return sizeof(long long);
    case 'P':
    case 'S':
      return sizeof(void*);
    case 'O':
      return sizeof(Value);
    case 'f':
      return sizeof(float);
    case 'd':
      return sizeof(double);
    default:
      return 0;
  }
}

Result<Value> load_item(Vm& vm, char typecode, const char* address) {
  switch (typecode) {
    case 'b':
      return Value::small_int(read<signed char>(address));
    case 'B':
      return Value::small_int(read<unsigned char>(address));
    case 'h':
      return Value::small_int(read<short>(address));
    case 'H':
      return Value::small_int(read<unsigned short>(address));
    case 'i':
      return Value::small_int(read<int>(address));
    case 'I':
      return Value::small_int(read<unsigned>(address));
    case 'l':
      return make_int(vm, read<long>(address));
    case 'L':
      return make_uint(vm, read<unsigned long>(address));
    case 'q':
      return make_int(vm, read<long long>(address));
    case 'Q':
      return make_uint(vm, read<unsigned long long>(address));
    case 'f':
      return make_float(vm, read<float>(address));
    case 'd':
      return make_float(vm, read<double>(address));
    case 'O':
      return read<Value>(address);
    default:
      return make_int(vm, read<intptr_t>(address));
  }
}

Result<void> store_item(Vm& vm, char typecode, char* address, Value value) {
  switch (typecode) {
    case 'O':
      write(address, value);
      return {};
    case 'f':
      write(address, static_cast<float>(TRY(to_double(vm, value))));
      return {};
    case 'd':
      write(address, TRY(to_double(vm, value)));
      return {};
    default:
      break;
  }
  const uint64_t bits = TRY(to_bits64(vm, value));
  switch (item_size(typecode)) {
    case 1:
      write(address, static_cast<uint8_t>(bits));
      return {};
    case 2:
      write(address, static_cast<uint16_t>(bits));
      return {};
    case 4:
      write(address, static_cast<uint32_t>(bits));
      return {};
    default:
      write(address, bits);
      return {};
  }
}

namespace {

/// Items in memory and their typecode; false for an object that has none. Unlike find_buffer it knows arrays of
/// objects.
bool find_items(Value value, Buffer& buffer) {
  const Array* array = is_exactly(value, array_type) ? array_of(value) : nullptr;
  if (array && array->typecode == 'O') {
    buffer.typecode = 'O';
    return true;
  }
  return find_buffer(value, buffer);
}

bool is_unsigned(char typecode) { return typecode <= 'Z'; }

/// Whether equal items of the two kinds have equal bytes: integers of one size, whatever their sign.
bool are_comparable(char a, char b) {
  return to_lower(a) == to_lower(b) && a != 'O' && to_lower(a) != 'f' && to_lower(a) != 'd';
}

/// An integer item as a number that any of them fits.
__int128 wide_item(char typecode, const char* address) {
  switch (item_size(typecode)) {
    case 1:
      return is_unsigned(typecode) ? __int128{read<uint8_t>(address)} : __int128{read<int8_t>(address)};
    case 2:
      return is_unsigned(typecode) ? __int128{read<uint16_t>(address)} : __int128{read<int16_t>(address)};
    case 4:
      return is_unsigned(typecode) ? __int128{read<uint32_t>(address)} : __int128{read<int32_t>(address)};
    default:
      return is_unsigned(typecode) ? __int128{read<uint64_t>(address)} : __int128{read<int64_t>(address)};
  }
}

/// Negative, 0 or positive as the items of `a` come before, equal or come after those of `b`.
Result<int> order_of(Vm& vm, const Buffer& a, const Buffer& b) {
  const size_t size = item_size(a.typecode);
  for (size_t at = 0; at < std::min(a.size, b.size); at += size) {
    const __int128 left = wide_item(a.typecode, a.data + at), right = wide_item(b.typecode, b.data + at);
    if (left != right) return left < right ? -1 : 1;
    TRY(vm.poll_kill());
  }
  return a.size == b.size ? 0 : a.size < b.size ? -1 : 1;
}

}  // namespace

Result<Value> compare_arrays(Vm& vm, BinaryOp op, Value self, Value other) {
  const bool is_equality = op == BinaryOp::Eq || op == BinaryOp::Ne;
  if (as<Str>(other, str_type)) return Value::not_implemented();
  if (is_equality && is_exactly(self, array_type) && !as<Array>(other, array_type)) return Value::not_implemented();
  Buffer left, right;
  if (!find_items(self, left) || !find_items(native_of(other), right)) return Value::not_implemented();
  if (!are_comparable(left.typecode, right.typecode)) return vm.raise_with(NotImplementedError_type, Value());
  if (is_equality) return Value::boolean(TRY(equal_bytes(vm, left.view(), right.view())) == (op == BinaryOp::Eq));
  return Value::boolean(holds(op, TRY(order_of(vm, left, right)) <=> 0));
}

Result<std::string_view> slice_source(Vm& vm, char typecode, Value value) {
  Buffer buffer;
  if (as<Str>(value, str_type) || !find_buffer(value, buffer)) return vm.raise(Error::buffer_wanted_right);
  if (typecode == 'O' || item_size(buffer.typecode) != item_size(typecode)) return vm.raise(Error::incompatible_sides);
  return buffer.view();
}

}  // namespace upy
