#pragma once

#include <string_view>

#include "objects/runtime/type.h"

/// Text to bytes and back. The encodings are utf-8, utf8 and ascii; the error handlers strict, ignore and replace,
/// which only decoding knows. Decoding looks at the form of UTF-8 only, see objects/runtime/utf8.h.
namespace upy {

class StrBuilder;

/// Decodes the bytes of any object with a buffer. `encoding` and `errors` are strs; a null or None `errors` is strict.
/// UnicodeError without a text for bytes that are no text, LookupError for another encoding.
Result<Value> decode_buffer(Vm& vm, Value buffer, Value encoding, Value errors);
/// The bytes of a str in an encoding; UnicodeError if it does not have all its characters.
Result<Value> encode_str(Vm& vm, const Str* str, Value encoding);
/// A text of the host, such as an argument or the name of a file: as str, or as bytes if it is not UTF-8 in form.
Result<Value> text_of_host(Vm& vm, std::string_view text);
/// Writes text for people to read, whatever it holds: bytes that are not UTF-8 stand as \xff.
Result<void> write_readable(Vm& vm, Writer& out, std::string_view text);
/// A text of the host for people to read, such as the file in a traceback, as write_readable writes it.
Result<Str*> readable_text_of_host(Vm& vm, std::string_view text);

/// Writes the bytes of a buffer, the first argument, as pairs of hexadecimal digits, with the first character of the
/// second argument between them if there is one. Polls.
Result<void> write_hex(Vm& vm, StrBuilder& out, Args args);
/// Writes the bytes that a buffer with pairs of hexadecimal digits stands for, blanks between them left out; ValueError
/// if it holds anything else.
Result<void> read_hex(Vm& vm, StrBuilder& out, Value digits);

// ---- methods ----
Result<Value> bytes_decode(Vm& vm, Args args);   ///< self.decode(encoding="utf-8", errors="strict")
Result<Value> str_encode(Vm& vm, Args args);     ///< self.encode(encoding="utf-8", errors="strict")
Result<Value> buffer_hex(Vm& vm, Args args);     ///< self.hex([separator]), for anything with a buffer
Result<Value> bytes_fromhex(Vm& vm, Args args);  ///< class method of bytes and bytearray

}  // namespace upy
