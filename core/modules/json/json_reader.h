#pragma once

#include "objects/runtime/result.h"
#include "objects/runtime/type.h"

namespace upy {

/// The value that a JSON text stands for. Commas and colons are blanks to the reader, brackets of either kind end what
/// was begun last, and any hashable value is a key, as in MicroPython; else ValueError `syntax error in JSON`, and for
/// a bad number what int() and float() raise. What follows the value must be blank. A null byte ends the text. Unlike
/// MicroPython's, the reader refuses a \u without four hexadecimal digits behind it, and makes one character of a pair
/// of surrogates.
///
/// The nesting takes heap and no stack. Polls.

/// From an object with the buffer protocol.
Result<Value> read_json_buffer(Vm& vm, Value buffer);
/// From a file-like object, byte by byte up to its end. What its stream operation raises, and OSError(EAGAIN) where it
/// would block.
Result<Value> read_json_stream(Vm& vm, Value stream);

}  // namespace upy
