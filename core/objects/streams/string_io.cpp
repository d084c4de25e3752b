#include "objects/streams/string_io.h"

#include <algorithm>
#include <cerrno>

#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/streams/stream.h"
#include "objects/strings/bytes.h"
#include "objects/strings/text.h"

namespace upy {

std::string_view StringIo::content() {
  if (source) return Text(source).view();
  return {storage ? storage->data() : nullptr, size};
}

namespace {

StringIo* self_of(Value self) { return static_cast<StringIo*>(native_of(self).as_object()); }

Result<StringIo*> open_self(Vm& vm, Value value) {
  StringIo* self = self_of(value);
  if (self->closed) return vm.raise(Error::closed_file);
  return self;
}

// ---- making ----

Result<void> reserve(Vm& vm, StringIo* self, size_t capacity) {
  if (capacity == 0) return {};
  ByteStorage* storage = TRY(vm.allocate_bytes(capacity));
  TRY(copy_bytes(vm, storage->data(), self->content().substr(0, self->size)));
  self->storage = storage;
  self->capacity = capacity;
  self->source = Value();
  return {};
}

Result<StringIo*> make_empty(Vm& vm, const Type* type) {
  StringIo* io = TRY(vm.allocate<StringIo>(*type));
  io->source = Value();
  io->storage = nullptr;
  io->size = io->capacity = io->position = 0;
  io->closed = false;
  return io;
}

/// An int is room to set aside; a str or bytes is shared until the first write; other buffers are copied.
Result<void> set_up(Vm& vm, StringIo* io, Value initial) {
  if (is_int(initial)) {
    const int64_t room = TRY(to_int64(vm, initial));
    if (room < 0) return vm.raise_with(ValueError_type, Value());
    return reserve(vm, io, static_cast<size_t>(room));
  }
  const Value native = native_of(initial);
  const Buffer buffer = TRY(get_buffer(vm, native));
  if (is_exactly(native, str_type) || is_exactly(native, bytes_type)) {
    io->source = native;
  } else {
    TRY(reserve(vm, io, buffer.size));
    if (buffer.size) TRY(copy_bytes(vm, io->storage->data(), buffer.view()));
  }
  io->size = buffer.size;
  return {};
}

Result<Value> io_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 0, 2));
  StringIo* io = TRY(make_empty(vm, type));
  if (args.size() > 0 && !args[0].is_none()) TRY(set_up(vm, io, args[0]));
  return io;
}

// ---- stream operations ----

Result<size_t> io_read(Vm& vm, Value self_value, char* data, size_t size) {
  StringIo* self = TRY(open_self(vm, self_value));
  const size_t position = std::min(self->position, self->size);
  const std::string_view part = self->content().substr(position, size);
  TRY(copy_bytes(vm, data, part));
  self->position += part.size();
  return part.size();
}

/// Makes the content writable, with room for `size` bytes.
Result<void> make_room(Vm& vm, StringIo* self, size_t size) {
  if (!self->source && size <= self->capacity) return {};
  const size_t roomy = self->source || self->capacity == 0 ? size : std::max(size, self->capacity + self->capacity / 2);
  return reserve(vm, self, std::max(roomy, self->size));
}

Result<size_t> io_write(Vm& vm, Value self_value, const char* data, size_t size) {
  StringIo* self = TRY(open_self(vm, self_value));
  if (size == 0) return size;
  size_t end;
  if (__builtin_add_overflow(self->position, size, &end)) return vm.raise_os_error(EFBIG);
  TRY(make_room(vm, self, end));
  char* const content = self->storage->data();
  if (self->position > self->size) TRY(fill_bytes(vm, content + self->size, 0, self->position - self->size));
  TRY(move_bytes(vm, content + self->position, data, size));
  self->position = end;
  self->size = std::max(self->size, end);
  return size;
}

/// Where a seek leads: never before the beginning, EINVAL for what no size can say.
Result<int64_t> io_seek(Vm& vm, StringIo* self, StreamOps::Seek& seek) {
  const size_t from = seek.whence == 0 ? 0 : seek.whence == 1 ? self->position : self->size;
  int64_t target;
  if (__builtin_add_overflow(static_cast<int64_t>(from), seek.offset, &target)) return vm.raise_os_error(EINVAL);
  self->position = static_cast<size_t>(std::max<int64_t>(target, 0));
  seek.offset = static_cast<int64_t>(self->position);
  return int64_t{0};
}

void io_close(StringIo* self) {
  self->closed = true;
  self->source = Value();
  self->storage = nullptr;
  self->size = self->capacity = 0;
}

Result<int64_t> io_ioctl(Vm& vm, Value self_value, int request, int64_t argument) {
  StringIo* self = self_of(self_value);
  switch (request) {
    case StreamOps::kSeek:
      return io_seek(vm, TRY(open_self(vm, self_value)), *reinterpret_cast<StreamOps::Seek*>(argument));
    case StreamOps::kFlush:
      return int64_t{0};
    case StreamOps::kClose:
      io_close(self);
      return int64_t{0};
    default:
      return vm.raise_os_error(EINVAL);
  }
}

Result<Value> getvalue(Vm& vm, Args args) {
  StringIo* self = TRY(open_self(vm, args[0]));
  const std::string_view content = self->content();
  if (self->shape == &bytes_io_type.root) return TRY(Bytes::make(vm, content));
  if (!TRY(is_well_formed(vm, content))) return vm.raise_with(UnicodeError_type, Value());
  return TRY(Str::make(vm, content));
}

Result<void> io_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, is_exactly(self, string_io_type) ? "<io.StringIO 0x" : "<io.BytesIO 0x"));
  TRY(out.write_hex(vm, self.bits()));
  return out.write(vm, ">");
}

void io_trace(Object* object, Marker& marker) {
  auto* self = static_cast<StringIo*>(object);
  marker.mark(self->source);
  marker.mark(self->storage);
}

constexpr CellKind kStringIoKind{.trace = io_trace};
constexpr StreamOps kTextOps{.read = io_read, .write = io_write, .ioctl = io_ioctl, .text = true};
constexpr StreamOps kBytesOps{.read = io_read, .write = io_write, .ioctl = io_ioctl};

constexpr Member kOwnMembers[] = {
    {"getvalue"_n, native<getvalue, 1>},
};
constexpr auto kMembers = joined(kStreamMembers, kOwnMembers);

constexpr Slots slots_with(const StreamOps* ops) {
  return {.print = io_print, .construct = io_construct, .next = stream_next, .stream = ops};
}

}  // namespace

constinit const Type string_io_type{{.name = "StringIO"_n,
                                     .kind = &kStringIoKind,
                                     .members = kMembers,
                                     .flags = Type::kHashByAddress,
                                     .slots = slots_with(&kTextOps)}};
constinit const Type bytes_io_type{{.name = "BytesIO"_n,
                                    .kind = &kStringIoKind,
                                    .members = kMembers,
                                    .flags = Type::kHashByAddress,
                                    .slots = slots_with(&kBytesOps)}};

}  // namespace upy
