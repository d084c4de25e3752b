#pragma once

#include <string>
#include <string_view>

#include "objects/runtime/type.h"
#include "objects/streams/stream.h"

namespace upy {

extern const Type file_io_type, text_io_type;

/// A file of the host: FileIO gives bytes, TextIOWrapper text. Or, static, one of the console's streams, which closing
/// does not close.
struct FileObject : Object {
  File* file;  ///< owned; null once closed, and for the console's
  bool is_console;
  StandardStream which;  ///< of the console's
  constexpr FileObject(const Type& type, StandardStream which)
      : Object{&type.root}, file(nullptr), is_console(true), which(which) {}

  int descriptor() const;  ///< the system's number, -1 if there is none or it is closed
  /// What a wait for it must watch (Clock::wait_until); -1 if the host ends the wait by itself.
  int watched_descriptor(Vm& vm) const;
};

/// The path in an argument, a str or bytes. TypeError, and ValueError if there is a null byte in it.
Result<std::string> to_path(Vm& vm, Value value);
/// The same where it lies in the argument.
Result<std::string_view> view_path(Vm& vm, Value value);
/// The mode in an argument of open(): TypeError if it is no str, ValueError if it is longer than any that says
/// something.
Result<std::string_view> view_mode(Vm& vm, Value value);
/// Opens a file of the host; `mode` as open() has it: r w a + b t. OSError.
Result<Value> open_file(Vm& vm, const std::string& path, std::string_view mode);
/// The console's stream of a descriptor 0, 1 or 2, in text or binary mode; null for other numbers.
Value console_file(int64_t descriptor, std::string_view mode);

}  // namespace upy
