#include "objects/strings/bytes.h"

#include <new>

#include "objects/containers/sequence.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/iteration.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/comparison.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/array.h"
#include "objects/strings/codec.h"
#include "objects/strings/percent_format.h"
#include "objects/strings/text.h"
#include "objects/strings/text_methods.h"

namespace upy {
namespace {

struct EmptyBytes : Bytes {
  char null_byte = 0;
  constexpr EmptyBytes() : Bytes(&bytes_type.root, hash_bytes(""), 0) {}
};
constinit const EmptyBytes kEmpty;

constexpr size_t kMaxSize = UINT32_MAX - sizeof(Bytes) - 1;

Bytes* self_of(Value self) { return static_cast<Bytes*>(self.as_object()); }

}  // namespace

Result<uint32_t> Bytes::hash(Vm& vm) {
  if (hash_ == 0) hash_ = TRY(hash_bytes(vm, view()));
  return hash_;
}

Result<Bytes*> Bytes::make_raw(Vm& vm, size_t size) {
  if (size > kMaxSize) return vm.too_large(size);
  Bytes* bytes = TRY(vm.allocate<Bytes>(bytes_type, sizeof(Bytes) + size + 1));
  bytes->hash_ = 0;
  bytes->size = static_cast<uint32_t>(size);
  bytes->data()[size] = 0;
  return bytes;
}

Result<Bytes*> Bytes::make(Vm& vm, std::string_view data) {
  if (data.empty()) return const_cast<EmptyBytes*>(&kEmpty);
  Bytes* bytes = TRY(make_raw(vm, data.size()));
  TRY(copy_bytes(vm, bytes->data(), data));
  return bytes;
}

Result<Bytes*> Bytes::make_from(Vm& vm, Str* str) {
  static_assert(sizeof(Bytes) <= sizeof(Str));
  const uint32_t size = str->size;
  const char* const text = str->data();
  Bytes* bytes = new (str) Bytes(&bytes_type.root, 0, size);
  TRY(move_bytes(vm, bytes->data(), text, size_t{size} + 1));
  return bytes;
}

bool find_buffer(Value value, Buffer& buffer) {
  value = native_of(value);
  const auto get = type_of(value)->slots.buffer;
  return get && get(value, buffer);
}

Result<void> write_items(Vm& vm, Writer& out, Value iterable) {
  Iteration items;
  TRY(items.begin(vm, iterable));
  while (true) {
    const Value item = TRY(items.next(vm));
    if (item.is_stop()) return {};
    const int64_t n = TRY(to_int64(vm, item));
    if (n < 0 || n > 255) return vm.raise(Error::byte_out_of_range);
    const char byte = static_cast<char>(n);
    TRY(out.write(vm, {&byte, 1}));
  }
}

namespace {

// ---- making ----

Result<Value> make_zeros(Vm& vm, int64_t size) {
  if (size < 0) return vm.raise_with(ValueError_type, Value());
  Bytes* bytes = TRY(Bytes::make_raw(vm, static_cast<size_t>(size)));
  TRY(fill_bytes(vm, bytes->data(), 0, bytes->size));
  return bytes;
}

Result<Value> bytes_construct(Vm& vm, const Type*, Args args) {
  if (args.keywords) return vm.raise(Error::keywords_not_implemented);
  TRY(check_arguments(vm, args, 0, 3));
  if (args.size() == 0) return &kEmpty;
  if (const Str* str = as<Str>(args[0], str_type)) {
    if (args.size() == 1) return vm.raise(Error::encoding_missing);
    return encode_str(vm, str, args[1]);
  }
  if (args.size() > 1) return vm.raise(Error::wrong_argument_count);
  if (is_exactly(args[0], bytes_type)) return args[0];
  const Value size = TRY(as_exact_index(vm, args[0]));
  if (is_int(size)) return make_zeros(vm, TRY(to_int64(vm, size)));
  if (Buffer buffer; find_buffer(args[0], buffer)) return TRY(Bytes::make(vm, buffer.view()));
  StrBuilder out;
  TRY(check_length(vm, args[0]));
  TRY(write_items(vm, out, args[0]));
  return out.to_bytes(vm);
}

// ---- operators ----

Result<Value> concatenate(Vm& vm, Bytes* left, Value right_value, std::string_view right) {
  if (left->size == 0 && is_exactly(right_value, bytes_type)) return right_value;
  if (right.empty()) return left;
  Bytes* result = TRY(Bytes::make_raw(vm, left->size + right.size()));
  TRY(copy_bytes(vm, result->data(), left->view()));
  TRY(copy_bytes(vm, result->data() + left->size, right));
  return result;
}

Result<Value> repeat(Vm& vm, Bytes* self, Value count) {
  const int64_t times = TRY(to_int64(vm, count));
  const size_t size = TRY(repeated_size(vm, self->size, times));
  if (size == 0) return &kEmpty;
  Bytes* result = TRY(Bytes::make_raw(vm, size));
  TRY(fill_repeated(vm, result->data(), self->view(), static_cast<size_t>(times)));
  return result;
}

Result<Value> compare(Vm& vm, BinaryOp op, Bytes* self, Value other) {
  const bool is_equality = op == BinaryOp::Eq || op == BinaryOp::Ne;
  if (is_equality && as<Str>(other, str_type)) {
    TRY(warn(vm, "Comparison between bytes and str"));
    return Value::boolean(op == BinaryOp::Ne);
  }
  Buffer buffer;
  if (!find_buffer(other, buffer) || (is_equality && as<Array>(other, array_type))) return Value::not_implemented();
  return Value::boolean(holds(op, TRY(compare_bytes(vm, self->view(), buffer.view())) <=> 0));
}

Result<Value> bytes_binary(Vm& vm, BinaryOp op, Value self, Value other) {
  if (op == BinaryOp::Mod) return format_percent(vm, Text(self), other);
  if (is_comparison(op)) return compare(vm, op, self_of(self), other);
  if (plain(op) == BinaryOp::Mul && is_int(other)) return repeat(vm, self_of(self), other);
  Buffer buffer;
  if (plain(op) == BinaryOp::Add && find_buffer(other, buffer))
    return concatenate(vm, self_of(self), native_of(other), buffer.view());
  return Value::not_implemented();
}

Result<Value> bytes_reflected(Vm& vm, BinaryOp op, Value self, Value other) {
  if (plain(op) == BinaryOp::Mul && is_int(other)) return repeat(vm, self_of(self), other);
  return Value::not_implemented();
}

Result<uint64_t> bytes_hash(Vm& vm, Value self) { return uint64_t{TRY(self_of(self)->hash(vm))}; }

Result<size_t> bytes_length(Vm&, Value self) { return size_t{self_of(self)->size}; }

Result<bool> bytes_contains(Vm& vm, Value self, Value item) { return bytes_contain(vm, self_of(self)->view(), item); }

// ---- items ----

Value byte_at(Bytes* self, size_t index) { return Value::small_int(static_cast<uint8_t>(self->data()[index])); }

Result<Value> bytes_get_item(Vm& vm, Value self_value, Value key) {
  Bytes* self = self_of(self_value);
  if (!is_exactly(key, slice_type)) return byte_at(self, TRY(resolve_index(vm, &bytes_type, key, self->size)));
  const SliceRange range = TRY(resolve_plain_slice(vm, *static_cast<Slice*>(key.as_object()), self->size));
  if (range.count == self->size) return self;
  return TRY(Bytes::make(vm, self->view().substr(static_cast<size_t>(range.first), range.count)));
}

Result<Value> bytes_next_at(Vm&, Value self_value, int64_t& cursor) {
  Bytes* self = self_of(self_value);
  return cursor < self->size ? byte_at(self, static_cast<size_t>(cursor++)) : Value::stop();
}

bool bytes_buffer(Value self, Buffer& buffer) {
  buffer.data = self_of(self)->data();
  buffer.size = self_of(self)->size;
  return true;
}

Result<void> bytes_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "b"));
  return write_quoted_bytes(vm, out, self_of(self)->view());
}

constexpr CellKind kBytesKind{.letter = 'S'};

constexpr Member kOwnMembers[] = {
    {"decode"_n, native<bytes_decode, 1, 3>},
    {"fromhex"_n, native<bytes_fromhex, 2, 2, NativeFunction::kClassMethod>},
    {"hex"_n, native<buffer_hex, 1, 2>},
};
constexpr auto kMembers = joined(kTextMembers, kOwnMembers);

}  // namespace

Result<bool> bytes_contain(Vm& vm, std::string_view bytes, Value item) {
  Buffer buffer;
  if (find_buffer(item, buffer)) return TRY(find_first(vm, bytes, buffer.view())) != std::string_view::npos;
  if (const std::optional<int64_t> n = int64_of(item))
    return *n >= 0 && *n <= 255 && TRY(find_byte(vm, bytes, static_cast<char>(*n))) < bytes.size();
  for (char byte : bytes) {
    if (TRY(equal(vm, Value::small_int(static_cast<uint8_t>(byte)), item))) return true;
    TRY(vm.poll());
  }
  return false;
}

constinit const Type bytes_type{{
    .name = "bytes"_n,
    .kind = &kBytesKind,
    .members = kMembers,
    .flags = Type::kSequence,
    .slots = {.print = bytes_print,
              .construct = bytes_construct,
              .binary = bytes_binary,
              .reflected = bytes_reflected,
              .hash = bytes_hash,
              .length = bytes_length,
              .get_item = bytes_get_item,
              .contains = bytes_contains,
              .next_at = bytes_next_at,
              .buffer = bytes_buffer},
}};

}  // namespace upy
