#pragma once

#include "objects/runtime/type.h"

namespace upy {

#define EXCEPTION(name, base) extern const Type name##_type;
#include "defs/exceptions.def"
#undef EXCEPTION

/// An object of a native exception class. A class derived from one carries such an object as its native part.
struct Exception : Object {
  /// A line of the traceback; the innermost comes first.
  struct TracebackEntry {
    const Str* file;
    const Str* block;  ///< null: the text has no ", in ..." (errors of the parser)
    uint64_t line;
  };
  Tuple* args;
  Object* trace;        ///< a byte cell of entries, kept alive by this object; null if none
  uint32_t trace_size;  ///< entries in it
  uint32_t trace_capacity;

  TracebackEntry* entries() { return reinterpret_cast<TracebackEntry*>(trace + 1); }
  static Result<Exception*> make(Vm& vm, const Type& type, std::span<const Value> args);
  /// Appends an entry to the traceback, or does nothing if there is no memory for it.
  void add_traceback_entry(Vm& vm, const Str* file, const Str* block, size_t line);
  void clear_trace() { trace_size = 0; }
};

/// The native part of an exception, an object of any class derived from BaseException; null for other values.
Exception* as_exception(Value value);
/// Whether `exception` is caught by `except matcher` (a class or a tuple of classes). TypeError for anything else.
Result<bool> exception_matches(Vm& vm, Value exception, Value matcher);
/// Raises StopIteration with the value of the iterator that ended last (Vm::stop_value).
Failure raise_stop_iteration(Vm& vm);
/// Writes "Traceback (most recent call last): ..." with the closing line "Type: text" and a newline; of a value that is
/// no exception, its repr. `text` gets the text alone as well, if it is not null.
Result<void> print_exception(Vm& vm, Value exception, Writer& out, Writer* text = nullptr);

}  // namespace upy
