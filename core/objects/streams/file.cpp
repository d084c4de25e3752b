#include "objects/streams/file.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "objects/model/class_instance.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/streams/console_input.h"
#include "objects/streams/stream_poll.h"
#include "objects/strings/bytes.h"

namespace upy {
namespace {

constinit const FileObject kText[] = {
    {text_io_type, StandardStream::In}, {text_io_type, StandardStream::Out}, {text_io_type, StandardStream::Err}};
constinit const FileObject kBinary[] = {
    {file_io_type, StandardStream::In}, {file_io_type, StandardStream::Out}, {file_io_type, StandardStream::Err}};

FileObject* self_of(Value self) { return static_cast<FileObject*>(native_of(self).as_object()); }

}  // namespace

Value console_stream(StandardStream stream) { return &kText[static_cast<size_t>(stream)]; }

int FileObject::descriptor() const {
  if (is_console) return static_cast<int>(which);
  return file ? file->descriptor() : -1;
}

int FileObject::watched_descriptor(Vm& vm) const {
  return is_console ? vm.ports.console.input_descriptor() : descriptor();
}

Result<size_t> read_console(Vm& vm, char* data, size_t size) {
  auto& input = vm.state<ConsoleInput>();
  while (true) {
    TRY(vm.poll());
    const ptrdiff_t count = input.read(data, size);
    if (count > 0 && (vm.reasons.load(std::memory_order_acquire) & kReasonInterrupt)) {
      input.put_back({data, static_cast<size_t>(count)});
      continue;
    }
    if (count >= 0) return static_cast<size_t>(count);
    StreamWait wait(vm);
    wait.add(console_stream(StandardStream::In), StreamOps::kReadable);
    TRY(wait.sleep_until(Clock::kForever));
  }
}

// ---- opening ----

namespace {

/// What a mode says: flags as with open(2), and whether the file gives text.
struct Mode {
  int flags = O_RDONLY;
  bool text = true;
};

Mode parse_mode(std::string_view text) {
  int access = O_RDONLY, creation = 0;
  Mode mode;
  for (char c : text) {
    if (c == 'r') access = O_RDONLY;
    if (c == 'w') access = O_WRONLY, creation = O_CREAT | O_TRUNC;
    if (c == 'a') access = O_WRONLY, creation = O_CREAT | O_APPEND;
    if (c == '+') access = O_RDWR;
    if (c == 'b') mode.text = false;
    if (c == 't') mode.text = true;
  }
  mode.flags = access | creation;
  return mode;
}

}  // namespace

Value console_file(int64_t descriptor, std::string_view mode) {
  if (descriptor < 0 || descriptor > 2) return {};
  return parse_mode(mode).text ? &kText[descriptor] : &kBinary[descriptor];
}

constexpr size_t kLongestPath = 64 << 10;  ///< in bytes; far more than a system takes

Result<std::string_view> view_path(Vm& vm, Value value) {
  const auto* str = as<Str>(value, str_type);
  auto* bytes = as<Bytes>(value, bytes_type);
  if (!str && !bytes) return vm.raise(Error::cant_convert_implicitly, {type_of(value), "str"});
  const std::string_view path = str ? str->view() : bytes->view();
  if (path.size() > kLongestPath) return vm.raise_os_error(ENAMETOOLONG);
  if (path.find('\0') != std::string_view::npos) return vm.raise(Error::null_in_path);
  return path;
}

Result<std::string_view> view_mode(Vm& vm, Value value) {
  constexpr size_t kLongest = 32;
  const auto* mode = as<Str>(value, str_type);
  if (!mode) return vm.raise(Error::cant_convert_implicitly, {type_of(value), "str"});
  if (mode->size > kLongest) return vm.raise(Error::open_mode_too_long);
  return mode->view();
}

Result<std::string> to_path(Vm& vm, Value value) { return std::string(TRY(view_path(vm, value))); }

Result<Value> open_file(Vm& vm, const std::string& path, std::string_view mode_text) {
  const Mode mode = parse_mode(mode_text);
  auto* object = TRY(vm.allocate<FileObject>(mode.text ? text_io_type : file_io_type));
  object->file = nullptr;
  object->is_console = false;
  std::unique_ptr<File> file;
  if (const PortError error = vm.ports.files.open(path, mode.flags, file)) return vm.raise_os_error(error);
  object->file = file.release();
  vm.heap.add_finalizer(object);
  return object;
}

// ---- stream operations ----

namespace {

Result<FileObject*> open_self(Vm& vm, Value value) {
  FileObject* self = self_of(value);
  if (!self->file && !self->is_console) return vm.raise(Error::closed_file);
  return self;
}

/// Bytes that are read or written by one call to the host, which nothing interrupts.
constexpr size_t kMostAtOnce = 1 << 20;

/// Raises a port's error, or tells that the operation would block.
Result<size_t> count_or_error(Vm& vm, const PortError& error, size_t count) {
  if (!error) return count;
  if (error.number == EAGAIN) return StreamOps::kWouldBlock;
  return vm.raise_os_error(error);
}

/// Where keys come in, Enter ends a line of text, and is a byte CR to who reads bytes.
Result<size_t> read_console_as(const Type& type, Vm& vm, char* data, size_t size) {
  const size_t count = TRY(read_console(vm, data, size));
  if (&type == &text_io_type && vm.ports.console.gives_keys()) std::replace(data, data + count, '\r', '\n');
  return count;
}

Result<size_t> file_read(Vm& vm, Value self_value, char* data, size_t size) {
  FileObject* self = TRY(open_self(vm, self_value));
  if (self->is_console) {
    if (self->which != StandardStream::In) return vm.raise_os_error(EBADF);
    return read_console_as(*type_of(self_value), vm, data, size);
  }
  size_t count = 0;
  const PortError error = self->file->read(data, std::min(size, kMostAtOnce), count);
  return count_or_error(vm, error, count);
}

Result<size_t> file_write(Vm& vm, Value self_value, const char* data, size_t size) {
  FileObject* self = TRY(open_self(vm, self_value));
  size = std::min(size, kMostAtOnce);
  size_t count = size;
  if (!self->is_console) {
    const PortError error = self->file->write(data, size, count);
    return count_or_error(vm, error, count);
  }
  if (self->which == StandardStream::In) return vm.raise_os_error(EBADF);
  const auto stream = self->which == StandardStream::Out ? Console::Stream::Out : Console::Stream::Err;
  const std::string_view bytes{data, size};
  is_exactly(Value(self), text_io_type) ? vm.ports.console.write(stream, bytes)
                                        : vm.ports.console.write_bytes(stream, bytes);
  return count;
}

Result<int64_t> answer_or_error(Vm& vm, const PortError& error, int64_t answer) {
  if (error) return vm.raise_os_error(error);
  return answer;
}

Result<int64_t> file_seek(Vm& vm, FileObject* self, StreamOps::Seek& seek) {
  if (self->is_console) return vm.raise_os_error(ESPIPE);
  return answer_or_error(vm, self->file->seek(seek.offset, seek.whence, seek.offset), 0);
}

Result<int64_t> file_close(Vm& vm, FileObject* self) {
  if (!self->file) return int64_t{0};
  const std::unique_ptr<File> file(self->file);
  self->file = nullptr;
  return answer_or_error(vm, file->close(), 0);
}

int64_t poll_console(Vm& vm, StandardStream which, int64_t events) {
  if (which != StandardStream::In) return events & StreamOps::kWritable;
  switch (vm.state<ConsoleInput>().input()) {
    case Console::Input::Nothing:
      return 0;
    case Console::Input::Bytes:
      return events & StreamOps::kReadable;
    case Console::Input::End:
      return (events & StreamOps::kReadable) | StreamOps::kHangUp;
  }
  __builtin_unreachable();
}

int64_t poll_file(Vm& vm, FileObject* self, int64_t events) {
  static_assert(StreamOps::kReadable == POLLIN && StreamOps::kWritable == POLLOUT && StreamOps::kError == POLLERR);
  static_assert(StreamOps::kHangUp == POLLHUP && StreamOps::kInvalid == POLLNVAL);
  if (self->is_console) return poll_console(vm, self->which, events);
  return self->file ? self->file->poll(static_cast<int>(events)) : StreamOps::kInvalid;
}

Result<int64_t> file_ioctl(Vm& vm, Value self_value, int request, int64_t argument) {
  if (request == StreamOps::kClose) return file_close(vm, self_of(self_value));
  if (request == StreamOps::kPoll) return poll_file(vm, self_of(self_value), argument);
  FileObject* self = TRY(open_self(vm, self_value));
  switch (request) {
    case StreamOps::kFlush:
      return self->is_console ? int64_t{0} : answer_or_error(vm, self->file->flush(), 0);
    case StreamOps::kSeek:
      return file_seek(vm, self, *reinterpret_cast<StreamOps::Seek*>(argument));
    case StreamOps::kFileno:
      return int64_t{self->descriptor()};
    default:
      return vm.raise_os_error(EINVAL);
  }
}

/// sys.stdin.buffer and the like: the console's stream in binary mode.
Result<Value> file_get_attr(Vm&, Value self, const Str* name) {
  const FileObject* file = self_of(self);
  if (name == "buffer"_n && file->is_console) return &kBinary[static_cast<size_t>(file->which)];
  return Value::absent();
}

Result<void> file_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "<io."));
  TRY(out.write(vm, type_of(self)->name->view()));
  TRY(out.write(vm, " "));
  TRY(out.write_int(vm, self_of(self)->descriptor()));
  return out.write(vm, ">");
}

void finalize(Object* object) { delete static_cast<FileObject*>(object)->file; }

constexpr CellKind kFileKind{.finalize = finalize};
constexpr StreamOps kTextOps{.read = file_read, .write = file_write, .ioctl = file_ioctl, .text = true};
constexpr StreamOps kBinaryOps{.read = file_read, .write = file_write, .ioctl = file_ioctl};

constexpr Member kOwnMembers[] = {
    {"fileno"_n, native<stream_fileno, 1>},
};
constexpr auto kMembers = joined(kStreamMembers, kOwnMembers);

}  // namespace

constinit const Type file_io_type{{.name = "FileIO"_n,
                                   .kind = &kFileKind,
                                   .members = kMembers,
                                   .flags = Type::kHashByAddress,
                                   .slots = {.print = file_print, .next = stream_next, .stream = &kBinaryOps}}};
constinit const Type text_io_type{
    {.name = "TextIOWrapper"_n,
     .kind = &kFileKind,
     .members = kMembers,
     .flags = Type::kHashByAddress,
     .slots = {.print = file_print, .next = stream_next, .get_attr = file_get_attr, .stream = &kTextOps}}};

}  // namespace upy
