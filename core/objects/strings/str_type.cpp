#include "objects/containers/sequence.h"
#include "objects/model/class_instance.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/comparison.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/strings/bytes.h"
#include "objects/strings/codec.h"
#include "objects/strings/percent_format.h"
#include "objects/strings/text.h"
#include "objects/strings/text_methods.h"

namespace upy {
namespace {

Str* self_of(Value self) { return static_cast<Str*>(self.as_object()); }

// ---- making ----

Result<Value> str_construct(Vm& vm, const Type*, Args args) {
  if (args.keywords) return vm.raise(Error::keywords_not_implemented);
  TRY(check_arguments(vm, args, 0, 3));
  if (args.size() == 0) return ""_n;
  if (args.size() == 1) return TRY(to_str(vm, args[0]));
  return decode_buffer(vm, args[0], args[1], args.at(2));
}

// ---- operators ----

Result<Value> concatenate(Vm& vm, const Str* left, const Str* right) {
  if (left->size == 0) return right;
  if (right->size == 0) return left;
  Str* result = TRY(Str::make_raw(vm, size_t{left->size} + right->size));
  TRY(copy_bytes(vm, result->data(), left->view()));
  TRY(copy_bytes(vm, result->data() + left->size, right->view()));
  result->length = left->length + right->length;
  return result;
}

Result<Value> repeat(Vm& vm, Str* self, Value count) {
  const int64_t times = TRY(to_int64(vm, count));
  const size_t size = TRY(repeated_size(vm, self->size, times));
  if (size == 0) return ""_n;
  if (times == 1) return self;
  Str* result = TRY(Str::make_raw(vm, size));
  TRY(fill_repeated(vm, result->data(), self->view(), static_cast<size_t>(times)));
  result->length = static_cast<uint32_t>(self->length * times);
  return result;
}

Result<Value> compare(Vm& vm, BinaryOp op, const Str* self, Value other) {
  const bool is_equality = op == BinaryOp::Eq || op == BinaryOp::Ne;
  if (const Str* right = as<Str>(other, str_type)) {
    if (is_equality) return Value::boolean(TRY(equal(vm, self, right)) == (op == BinaryOp::Eq));
    return Value::boolean(holds(op, TRY(compare_bytes(vm, self->view(), right->view())) <=> 0));
  }
  if (is_equality && as<Bytes>(other, bytes_type)) {
    TRY(warn(vm, "Comparison between bytes and str"));
    return Value::boolean(op == BinaryOp::Ne);
  }
  return Value::not_implemented();
}

Result<Value> str_binary(Vm& vm, BinaryOp op, Value self, Value other) {
  if (op == BinaryOp::Mod) return format_percent(vm, Text(self), other);
  if (is_comparison(op)) return compare(vm, op, self_of(self), other);
  if (plain(op) == BinaryOp::Mul && is_int(other)) return repeat(vm, self_of(self), other);
  if (plain(op) == BinaryOp::Add)
    if (Str* right = as<Str>(other, str_type)) return concatenate(vm, self_of(self), right);
  return Value::not_implemented();
}

Result<Value> str_reflected(Vm& vm, BinaryOp op, Value self, Value other) {
  if (plain(op) == BinaryOp::Mul && is_int(other)) return repeat(vm, self_of(self), other);
  return Value::not_implemented();
}

Result<uint64_t> str_hash(Vm& vm, Value self) { return uint64_t{TRY(hash_of(vm, self_of(self)))}; }

Result<size_t> str_length(Vm&, Value self) { return size_t{self_of(self)->length}; }

Result<bool> str_contains(Vm& vm, Value self, Value item) {
  const std::string_view needle = TRY(Text(self).argument(vm, item));
  return TRY(find_first(vm, self_of(self)->view(), needle)) != std::string_view::npos;
}

// ---- items ----

/// The string of the one code point that begins there.
Result<Value> one_code_point(Vm& vm, const char* at) { return TRY(Str::make(vm, {at, sequence_length(*at)})); }

Result<Value> get_slice(Vm& vm, Str* self, const Slice& slice) {
  const SliceRange range = TRY(resolve_plain_slice(vm, slice, self->length));
  if (range.count == self->length) return self;
  const auto first = static_cast<size_t>(range.first);
  const size_t begin = TRY(offset_of(vm, self->view(), self->length, first));
  const size_t end = TRY(offset_of(vm, self->view(), self->length, first + range.count));
  return TRY(Str::make(vm, self->view().substr(begin, end - begin)));
}

Result<Value> str_get_item(Vm& vm, Value self_value, Value key) {
  Str* self = self_of(self_value);
  if (is_exactly(key, slice_type)) return get_slice(vm, self, *static_cast<Slice*>(key.as_object()));
  if (!is_int(key)) return vm.raise(Error::bad_index_type, {"string", type_of(key)});
  int64_t index = key.is_small_int() ? key.as_small_int() : TRY(to_int64(vm, key));
  if (index < 0) index += self->length;
  if (index < 0 || index >= self->length) return vm.raise(Error::index_out_of_range, {"string"});
  return one_code_point(vm, self->data() + TRY(offset_of(vm, self->view(), self->length, static_cast<size_t>(index))));
}

/// The cursor is a byte offset.
Result<Value> str_next_at(Vm& vm, Value self_value, int64_t& cursor) {
  Str* self = self_of(self_value);
  if (cursor >= self->size) return Value::stop();
  const char* at = self->data() + cursor;
  Value item = TRY(one_code_point(vm, at));
  cursor += static_cast<int64_t>(sequence_length(*at));
  return item;
}

bool str_buffer(Value self, Buffer& buffer) {
  buffer.data = self_of(self)->data();
  buffer.size = self_of(self)->size;
  return true;
}

Result<void> str_print(Vm& vm, Value self, Writer& out, PrintStyle style) {
  const std::string_view text = self_of(self)->view();
  return style == PrintStyle::Str ? out.write(vm, text) : write_quoted_str(vm, out, text);
}

constexpr CellKind kStrKind{.letter = 'S'};

constexpr Member kOwnMembers[] = {
    {"encode"_n, native<str_encode, 1, 3>},
};
constexpr auto kMembers = joined(kTextMembers, kOwnMembers);

}  // namespace

constinit const Type str_type{{
    .name = "str"_n,
    .kind = &kStrKind,
    .members = kMembers,
    .flags = Type::kSequence,
    .slots = {.print = str_print,
              .construct = str_construct,
              .binary = str_binary,
              .reflected = str_reflected,
              .hash = str_hash,
              .length = str_length,
              .get_item = str_get_item,
              .contains = str_contains,
              .next_at = str_next_at,
              .buffer = str_buffer},
}};

}  // namespace upy
