#include <algorithm>
#include <cerrno>

#include "modules/builtins/builtins.h"
#include "modules/files/mount_table.h"
#include "modules/modules.h"
#include "objects/model/class_instance.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/streams/file.h"
#include "objects/streams/stream.h"
#include "objects/streams/string_io.h"
#include "objects/strings/array.h"
#include "objects/strings/text.h"

/// io: files, files in memory, and a base for streams written in Python.
namespace upy {
// ---- open ----

/// open(file, mode="r", buffering=-1, encoding=None): streams are never buffered, and text is UTF-8 always.
Result<Value> builtin_open(Vm& vm, Args args) {
  constexpr Parameter kParameters[] = {{"file"_n, Parameter::Kind::Required},
                                       {"mode"_n, Parameter::Kind::Optional, Value("r"_n)},
                                       {"buffering"_n, Parameter::Kind::Optional, Value::none()},
                                       {"encoding"_n, Parameter::Kind::Optional, Value::none()}};
  Value values[4];
  TRY(parse_arguments(vm, args, kParameters, values));
  const std::string_view mode = TRY(view_mode(vm, values[1]));
  if (is_int(values[0])) {
    const Value console = console_file(TRY(to_int64(vm, values[0])), mode);
    return console ? Result<Value>(console) : vm.raise_os_error(EBADF);
  }
  return call_at(vm, values[0], "open"_n, values[1]);
}

namespace {

// ---- IOBase ----

/// What a stream method written in Python answers: a count, None if it would block, or a negative errno.
Result<int64_t> count_of(Vm& vm, Value answer) {
  if (answer.is_none()) return static_cast<int64_t>(StreamOps::kWouldBlock);
  const int64_t count = TRY(to_int64(vm, answer));
  if (count < 0) return vm.raise_os_error(static_cast<int>(-count));
  return count;
}

Result<size_t> base_read(Vm& vm, Value self, char* data, size_t size) {
  Array* buffer = TRY(Array::make_raw(vm, bytearray_type, 'B', size));
  TRY(fill_bytes(vm, buffer->data(), 0, size));
  const Value answer = TRY(vm.call_method(self, "readinto"_n, {buffer}));
  if (answer.is_none()) return StreamOps::kWouldBlock;
  const auto count = static_cast<size_t>(TRY(count_of(vm, answer)));
  if (count > size || count > buffer->count) return vm.raise_os_error(EIO);
  TRY(copy_bytes(vm, data, buffer->view().substr(0, count)));
  return count;
}

Result<size_t> base_write(Vm& vm, Value self, const char* data, size_t size) {
  Array* buffer = TRY(Array::make_bytearray(vm, {data, size}));
  const Value answer = TRY(vm.call_method(self, "write"_n, {buffer}));
  if (answer.is_none()) return StreamOps::kWouldBlock;
  const auto count = static_cast<size_t>(TRY(count_of(vm, answer)));
  if (count > size) return vm.raise_os_error(EIO);
  return count;
}

/// A seek's argument is an address, which is nothing for a script: such streams can't be moved in.
Result<int64_t> base_ioctl(Vm& vm, Value self, int request, int64_t argument) {
  if (request == StreamOps::kSeek) return vm.raise_os_error(ESPIPE);
  const Value passed = TRY(make_int(vm, argument));
  return count_of(vm, TRY(vm.call_method(self, "ioctl"_n, {Value::small_int(request), passed})));
}

extern const Type io_base_type;

/// A class derived from IOBase carries this as its native part; its state is its own.
constinit const Object kBase{&io_base_type.root};

Result<Value> base_construct(Vm&, const Type*, Args) { return &kBase; }

constexpr StreamOps kBaseOps{.read = base_read, .write = base_write, .ioctl = base_ioctl, .scripted = true};

constinit const Type io_base_type{{.name = "IOBase"_n,
                                   .kind = &plain_kind,
                                   .flags = Type::kHashByAddress,
                                   .slots = {.construct = base_construct, .stream = &kBaseOps}}};

// ---- BufferedWriter ----

/// Collects what is written and passes it on in pieces of one size.
struct BufferedWriter : Object {
  Value stream;
  ByteStorage* buffer;
  size_t capacity;  ///< at least 1
  size_t size;      ///< bytes in the buffer
};

BufferedWriter* writer_of(Value self) { return static_cast<BufferedWriter*>(native_of(self).as_object()); }

/// Passes the buffer on. What the stream does not take stays; OSError(EAGAIN) then.
Result<void> pass_on(Vm& vm, BufferedWriter* self) {
  const size_t done = TRY(write_all(vm, self->stream, {self->buffer->data(), self->size}));
  if (done == StreamOps::kWouldBlock) return vm.raise_os_error(EAGAIN);
  self->size -= std::min(done, self->size);
  TRY(move_bytes(vm, self->buffer->data(), self->buffer->data() + done, self->size));
  if (self->size) return vm.raise_os_error(EAGAIN);
  return {};
}

Result<size_t> writer_write(Vm& vm, Value self_value, const char* data, size_t size) {
  BufferedWriter* self = writer_of(self_value);
  std::string_view rest(data, size);
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, self->capacity - self->size);
    TRY(copy_bytes(vm, self->buffer->data() + self->size, part));
    self->size += part.size();
    rest.remove_prefix(part.size());
    if (self->size == self->capacity) TRY(pass_on(vm, self));
  }
  return size;
}

Result<Value> writer_flush(Vm& vm, Args args) {
  TRY(pass_on(vm, writer_of(args[0])));
  return Value::none();
}

Result<Value> writer_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 2, 2));
  const int64_t capacity = TRY(to_int64(vm, args[1]));
  if (capacity < 1) return vm.raise(Error::buffer_too_small);
  BufferedWriter* self = TRY(vm.allocate<BufferedWriter>(*type));
  self->stream = args[0];
  self->buffer = nullptr;
  self->capacity = static_cast<size_t>(capacity);
  self->size = 0;
  self->buffer = TRY(vm.allocate_bytes(self->capacity));
  return self;
}

void trace_writer(Object* object, Marker& marker) {
  auto* self = static_cast<BufferedWriter*>(object);
  marker.mark(self->stream);
  marker.mark(self->buffer);
}

constexpr CellKind kWriterKind{.trace = trace_writer};
constexpr StreamOps kWriterOps{.write = writer_write};

constexpr Member kWriterMembers[] = {
    {"flush"_n, native<writer_flush, 1>},
    {"write"_n, native<stream_write, 2, 4>},
};

constinit const Type buffered_writer_type{{.name = "BufferedWriter"_n,
                                           .kind = &kWriterKind,
                                           .members = kWriterMembers,
                                           .flags = Type::kHashByAddress,
                                           .slots = {.construct = writer_construct, .stream = &kWriterOps}}};

constexpr Member kMembers[] = {
    {"__name__"_n, Value("io"_n)},          {"BufferedWriter"_n, Value(&buffered_writer_type)},
    {"BytesIO"_n, Value(&bytes_io_type)},   {"IOBase"_n, Value(&io_base_type)},
    {"StringIO"_n, Value(&string_io_type)}, {"open"_n, native<builtin_open, 0, 4, NativeFunction::kKeywords>},
};

}  // namespace

constinit const NativeModule io_module{"io"_n, kMembers};

}  // namespace upy
