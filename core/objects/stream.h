#pragma once

#include "objects/writer.h"

namespace upy {

/// The stream protocol of an object; OSError `stream operation not supported` if it has none, or no such operation.
enum class StreamUse : uint8_t { Read, Write, Control };
Result<const StreamOps*> get_stream(Vm& vm, Value value, StreamUse use);

/// Writes all of `text`; OSError(EAGAIN) if the stream would block. Polls.
Result<void> write_all(Vm& vm, Value stream, std::string_view text);

/// Writes to a file-like object. Lives on the native stack only.
class StreamWriter final : public Writer {
 public:
  /// `stream` must have passed get_stream for writing.
  explicit StreamWriter(Value stream) : stream_(stream) {}
  Result<void> write(Vm& vm, std::string_view text) override { return write_all(vm, stream_, text); }

 private:
  Value stream_;
};

/// Reads up to `size` bytes from the console's input, at least one; waits for them, running callbacks meanwhile. 0: end.
Result<size_t> read_console(Vm& vm, char* data, size_t size);

}  // namespace upy
