#pragma once

#include <string_view>

#include "objects/model/members.h"
#include "objects/runtime/type.h"
#include "objects/runtime/writer.h"

/// File-like objects: anything whose type has StreamOps. The methods that scripts call on them are written once, over
/// those operations; a type lists the ones it has. Streams are not buffered: one operation is at least one call.
namespace upy {

/// What a stream must be able to do for a use of it.
enum class StreamUse : uint8_t { Read, Write, Control };

/// The operations of a file-like object; OSError `stream operation not supported` if it is none or cannot do that.
Result<const StreamOps*> get_stream(Vm& vm, Value stream, StreamUse use);

/// Writes all of `data`, which may take several operations. Answers how much was written: less if the stream takes no
/// more, kWouldBlock if it takes nothing now.
Result<size_t> write_all(Vm& vm, Value stream, std::string_view data);
/// The same of an ioctl that has a plain answer.
Result<int64_t> control(Vm& vm, Value stream, int request, int64_t argument = 0);

/// Writes to a file-like object; OSError(EAGAIN) if it would block. Lives on the native stack only.
class StreamWriter final : public Writer {
 public:
  explicit StreamWriter(Value stream) : stream_(stream) {}
  Result<void> write(Vm& vm, std::string_view text) override;

 private:
  Value stream_;
};

// ---- methods, for member tables; those that move bytes answer None where the stream would block ----
Result<Value> stream_read(Vm& vm, Args args);       ///< read([size]): bytes, or characters of a text stream
Result<Value> stream_readinto(Vm& vm, Args args);   ///< readinto(buffer[, size])
Result<Value> stream_readline(Vm& vm, Args args);   ///< readline([size])
Result<Value> stream_readlines(Vm& vm, Args args);  ///< readlines()
Result<Value> stream_write(Vm& vm, Args args);      ///< write(buffer[, size]) or write(buffer, offset, size)
Result<Value> stream_seek(Vm& vm, Args args);       ///< seek(offset[, whence])
Result<Value> stream_tell(Vm& vm, Args args);
Result<Value> stream_flush(Vm& vm, Args args);
Result<Value> stream_close(Vm& vm, Args args);
Result<Value> stream_fileno(Vm& vm, Args args);
Result<Value> stream_enter(Vm& vm, Args args);
Result<Value> stream_exit(Vm& vm, Args args);  ///< closes

/// The `next` slot of a stream type: it is its own iterator, line by line.
Result<Value> stream_next(Vm& vm, Value self);

/// The rows of the methods that all readable and writable streams have in a member table.
inline constexpr Member kStreamMembers[] = {
    {"__enter__"_n, native<stream_enter, 1>},      {"__exit__"_n, native<stream_exit, 4>},
    {"close"_n, native<stream_close, 1>},          {"flush"_n, native<stream_flush, 1>},
    {"read"_n, native<stream_read, 1, 2>},         {"readinto"_n, native<stream_readinto, 2, 3>},
    {"readline"_n, native<stream_readline, 1, 2>}, {"readlines"_n, native<stream_readlines, 1>},
    {"seek"_n, native<stream_seek, 2, 3>},         {"tell"_n, native<stream_tell, 1>},
    {"write"_n, native<stream_write, 2, 4>},
};

// ---- the console ----
enum class StandardStream : uint8_t { In, Out, Err };
/// sys.stdin, sys.stdout or sys.stderr: a text stream over the instance's console. Static: needs no memory.
Value console_stream(StandardStream stream);
/// Reads up to `size` bytes from the console's input, at least one; waits for them, running callbacks meanwhile. 0:
/// end.
Result<size_t> read_console(Vm& vm, char* data, size_t size);

}  // namespace upy
