#include "objects/stream.h"

#include <cerrno>

#include "objects/vm.h"

namespace upy {

Result<const StreamOps*> get_stream(Vm& vm, Value value, StreamUse use) {
  const StreamOps* stream = type_of(value)->slots.stream;
  bool can = stream && (use == StreamUse::Read ? stream->read != nullptr
                                               : use == StreamUse::Write ? stream->write != nullptr : stream->ioctl != nullptr);
  if (!can) return vm.raise(Error::no_stream);
  return stream;
}

Result<void> write_all(Vm& vm, Value stream, std::string_view text) {
  const StreamOps* ops = TRY(get_stream(vm, stream, StreamUse::Write));
  while (!text.empty()) {
    size_t count = TRY(ops->write(vm, stream, text.data(), text.size()));
    if (count == StreamOps::kWouldBlock) return vm.raise_os_error(EAGAIN);
    if (count == 0) return {};  // a stream that takes no more, like a full RingIO
    text.remove_prefix(count);
    TRY(vm.poll());
  }
  return {};
}

Result<size_t> read_console(Vm& vm, char* data, size_t size) {
  while (true) {
    ptrdiff_t count = vm.ports.console.read(data, size);
    if (count >= 0) return static_cast<size_t>(count);
    TRY(vm.poll());
    if (!vm.reasons.load(std::memory_order_acquire)) vm.ports.clock.wait_until(Clock::kForever);
  }
}

}  // namespace upy
