#include <algorithm>
#include <cerrno>
#include <cstring>

#include "modules/modules.h"
#include "objects/model/buffer.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/numbers/int.h"
#include "objects/runtime/arguments.h"
#include "objects/runtime/vm.h"
#include "objects/streams/stream.h"
#include "objects/strings/array.h"

/// micropython.RingIO: a stream through a ring buffer of a fixed size. One byte of the buffer stays free, so that a
/// full ring is not taken for an empty one. Reading and writing need no memory of their own.
namespace upy {
namespace {

constexpr int64_t kMinSize = 2, kMaxSize = UINT16_MAX;

struct RingIo : Object {
  Value buffer;  ///< an object with a writable buffer; a script may have made it smaller since
  size_t size;   ///< of the ring, in bytes
  size_t read_at, write_at;

  size_t used() const { return (write_at + size - read_at) % size; }
  size_t room() const { return size - 1 - used(); }
};

RingIo* ring_of(Value self) { return static_cast<RingIo*>(self.as_object()); }

Result<char*> bytes_of(Vm& vm, RingIo* ring) {
  const Buffer buffer = TRY(get_writable_buffer(vm, ring->buffer));
  if (buffer.size < ring->size) return vm.raise(Error::buffer_too_small);
  return buffer.data;
}

Result<size_t> ring_read(Vm& vm, Value self, char* data, size_t size) {
  RingIo* ring = ring_of(self);
  const char* bytes = TRY(bytes_of(vm, ring));
  const size_t count = std::min(size, ring->used());
  const size_t first = std::min(count, ring->size - ring->read_at);
  std::memmove(data, bytes + ring->read_at, first);  // which may lie in the ring itself
  std::memmove(data + first, bytes, count - first);
  ring->read_at = (ring->read_at + count) % ring->size;
  return count;
}

Result<size_t> ring_write(Vm& vm, Value self, const char* data, size_t size) {
  RingIo* ring = ring_of(self);
  char* bytes = TRY(bytes_of(vm, ring));
  const size_t count = std::min(size, ring->room());
  const size_t first = std::min(count, ring->size - ring->write_at);
  std::memmove(bytes + ring->write_at, data, first);
  std::memmove(bytes, data + first, count - first);
  ring->write_at = (ring->write_at + count) % ring->size;
  return count;
}

Result<int64_t> ring_ioctl(Vm& vm, Value self, int request, int64_t argument) {
  if (request == StreamOps::kClose) return int64_t{0};
  if (request != StreamOps::kPoll) return vm.raise_os_error(EINVAL);
  int64_t ready = 0;
  if (ring_of(self)->used()) ready |= StreamOps::kReadable;
  if (ring_of(self)->room()) ready |= StreamOps::kWritable;
  return ready & argument;
}

Result<Value> ring_any(Vm&, Args args) { return Value::small_int(static_cast<int64_t>(ring_of(args[0])->used())); }

/// RingIO(size) makes room for that many bytes; RingIO(buffer) uses what the buffer has.
Result<Value> ring_construct(Vm& vm, const Type* type, Args args) {
  TRY(check_arguments(vm, args, 1, 1));
  Buffer given;
  Value buffer = args[0];
  const bool in_place = find_buffer(buffer, given) && given.writable;
  const int64_t wanted = in_place ? 0 : TRY(to_int64(vm, buffer));
  if (wanted < 0 || wanted > kMaxSize) return vm.raise_with(ValueError_type, Value());
  const int64_t size = in_place ? static_cast<int64_t>(given.size) : wanted + 1;
  if (size < kMinSize || size > kMaxSize) return vm.raise_with(ValueError_type, Value());
  if (!in_place) buffer = TRY(Array::make_raw(vm, bytearray_type, 'B', static_cast<size_t>(size)));
  RingIo* ring = TRY(vm.allocate<RingIo>(*type));
  *ring = {{&type->root}, buffer, static_cast<size_t>(size), 0, 0};
  return ring;
}

constexpr CellKind kRingKind{
    .trace = [](Object* object, Marker& marker) { marker.mark(static_cast<RingIo*>(object)->buffer); }};
constexpr StreamOps kRingOps{.read = ring_read, .write = ring_write, .ioctl = ring_ioctl};

constexpr Member kMembers[] = {
    {"any"_n, native<ring_any, 1>},
    {"close"_n, native<stream_close, 1>},
    {"read"_n, native<stream_read, 1, 2>},
    {"readinto"_n, native<stream_readinto, 2, 3>},
    {"readline"_n, native<stream_readline, 1, 2>},
    {"write"_n, native<stream_write, 2, 4>},
};

}  // namespace

constinit const Type ring_io_type{{.name = "RingIO"_n,
                                   .kind = &kRingKind,
                                   .members = kMembers,
                                   .flags = Type::kHashByAddress | Type::kNotSubclassable,
                                   .slots = {.construct = ring_construct, .stream = &kRingOps}}};

}  // namespace upy
