#include "objects/streams/stream.h"

#include <cerrno>
#include <cstring>

#include "objects/model/buffer.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/strings/bytes.h"

namespace upy {

namespace {

bool can(const StreamOps& ops, StreamUse use) {
  switch (use) {
    case StreamUse::Read:
      return ops.read;
    case StreamUse::Write:
      return ops.write;
    case StreamUse::Control:
      return ops.ioctl;
  }
  return false;
}

}  // namespace

Result<const StreamOps*> get_stream(Vm& vm, Value stream, StreamUse use) {
  const StreamOps* ops = type_of(stream)->slots.stream;
  const bool is_blank = is_class_instance(stream) && !as_class_instance(stream)->native;
  if (!ops || is_blank || !can(*ops, use)) return vm.raise(Error::no_stream);
  return ops;
}

Result<size_t> write_all(Vm& vm, Value stream, std::string_view data) {
  TRY(vm.check_stack());
  const StreamOps* ops = TRY(get_stream(vm, stream, StreamUse::Write));
  size_t done = 0;
  while (done < data.size()) {
    const size_t count = TRY(ops->write(vm, stream, data.data() + done, data.size() - done));
    if (count == StreamOps::kWouldBlock) return done ? done : count;
    if (count == 0) break;
    done += count;
    TRY(vm.poll());
  }
  return done;
}

Result<int64_t> control(Vm& vm, Value stream, int request, int64_t argument) {
  const StreamOps* ops = TRY(get_stream(vm, stream, StreamUse::Control));
  return ops->ioctl(vm, stream, request, argument);
}

Result<void> StreamWriter::write(Vm& vm, std::string_view text) {
  if (text.empty()) return {};
  if (TRY(write_all(vm, stream_, text)) == StreamOps::kWouldBlock) return vm.raise_os_error(EAGAIN);
  return {};
}

namespace {

/// A count of bytes as scripts see it.
Value count_value(size_t count) {
  return count == StreamOps::kWouldBlock ? Value::none() : Value::small_int(static_cast<int64_t>(count));
}

/// `text` from `offset` on, `size` bytes of it at most; both as a script gave them, any sizes.
std::string_view limited(std::string_view text, int64_t offset, int64_t size) {
  const auto all = static_cast<int64_t>(text.size());
  const int64_t begin = offset < 0 || offset > all ? all : offset;
  const int64_t rest = all - begin;
  return text.substr(static_cast<size_t>(begin), static_cast<size_t>(size < 0 || size > rest ? rest : size));
}

}  // namespace

Result<Value> stream_write(Vm& vm, Args args) {
  int64_t offset = 0, size = -1;
  if (args.size() == 3) size = TRY(to_int64(vm, args[2]));
  if (args.size() == 4) {
    offset = TRY(to_int64(vm, args[2]));
    size = TRY(to_int64(vm, args[3]));
  }
  const Buffer buffer = TRY(get_buffer(vm, args[1]));
  return count_value(TRY(write_all(vm, args[0], limited(buffer.view(), offset, size))));
}

namespace {

/// Reads from the stream args[0] into the bytes from `begin` to `end` of the buffer args[1], by one operation. That may
/// run Python, which may give the buffer other bytes or fewer: RuntimeError if what was read has no place then.
Result<size_t> read_to(Vm& vm, const StreamOps* ops, Args args, size_t begin, size_t end) {
  const Buffer before = TRY(get_writable_buffer(vm, args[1]));
  if (before.size < end) return vm.raise(Error::text_changed);
  const size_t count = TRY(ops->read(vm, args[0], before.data + begin, end - begin));
  if (count == StreamOps::kWouldBlock || count == 0) return count;
  const Buffer now = TRY(get_writable_buffer(vm, args[1]));
  if (now.size < begin + count) return vm.raise(Error::text_changed);
  if (now.data != before.data) std::memmove(now.data + begin, before.data + begin, count);
  return count;
}

}  // namespace

Result<Value> stream_readinto(Vm& vm, Args args) {
  const int64_t size = args.size() > 2 ? TRY(to_int64(vm, args[2])) : -1;
  const size_t wanted = limited(TRY(get_writable_buffer(vm, args[1])).view(), 0, size).size();
  const StreamOps* ops = TRY(get_stream(vm, args[0], StreamUse::Read));
  size_t done = 0;
  while (done < wanted) {
    const size_t count = TRY(read_to(vm, ops, args, done, wanted));
    if (count == StreamOps::kWouldBlock) return count_value(done ? done : count);
    if (count == 0) break;
    done += count;
    TRY(vm.poll());
  }
  return count_value(done);
}

namespace {

Result<Value> seek(Vm& vm, Value stream, int64_t offset, int whence) {
  StreamOps::Seek seek{offset, whence};
  TRY(control(vm, stream, StreamOps::kSeek, reinterpret_cast<intptr_t>(&seek)));
  return make_int(vm, seek.offset);
}

constexpr int kFromStart = 0, kFromHere = 1;

}  // namespace

Result<Value> stream_seek(Vm& vm, Args args) {
  const int64_t offset = TRY(to_int64(vm, args[1]));
  const int64_t whence = args.size() > 2 ? TRY(to_int64(vm, args[2])) : kFromStart;
  if (whence < 0 || whence > 2 || (whence == kFromStart && offset < 0)) return vm.raise_os_error(EINVAL);
  return seek(vm, args[0], offset, static_cast<int>(whence));
}

Result<Value> stream_tell(Vm& vm, Args args) { return seek(vm, args[0], 0, kFromHere); }

Result<Value> stream_flush(Vm& vm, Args args) {
  TRY(control(vm, args[0], StreamOps::kFlush));
  return Value::none();
}

Result<Value> stream_close(Vm& vm, Args args) {
  TRY(control(vm, args[0], StreamOps::kClose));
  return Value::none();
}

Result<Value> stream_fileno(Vm& vm, Args args) { return make_int(vm, TRY(control(vm, args[0], StreamOps::kFileno))); }

Result<Value> stream_enter(Vm&, Args args) { return args[0]; }

Result<Value> stream_exit(Vm& vm, Args args) { return stream_close(vm, args); }

Result<Value> stream_next(Vm& vm, Value self) {
  const Value line = TRY(stream_readline(vm, {&self, 1}));
  if (TRY(truth(vm, line))) return line;
  vm.stop_value = Value();
  return Value::stop();
}

}  // namespace upy
