#pragma once

#include <string_view>

#include "objects/runtime/result.h"
#include "objects/runtime/writer.h"

namespace upy {

/// What stands between two items, and between a key and its value.
struct JsonSeparators {
  std::string_view item = ", ";
  std::string_view key = ": ";
};

/// Writes a value as JSON. As in MicroPython, what JSON has no form for is written as repr() writes it, and so are
/// floats; bytes are written like a str. Calls __repr__ of classes, which may change anything. RuntimeError for a value
/// that is nested too deep or contains itself.
Result<void> write_json(Vm& vm, Value value, Writer& out, const JsonSeparators& separators);

}  // namespace upy
