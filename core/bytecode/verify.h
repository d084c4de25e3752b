#pragma once

#include <optional>
#include <string>

#include "bytecode/code_unit.h"
#include "bytecode/meter.h"

namespace upy {

/// Checks `unit`, a module, and all its descendants. Returns what is wrong, nothing if the interpreter may run it. Time
/// is in proportion to the size of the code; what the work takes is asked of `meter`, and kOutOfMemory or kAbandoned
/// returned where it refuses.
///
/// What passes holds to this, so the interpreter need not check it while running; a debug build asserts it:
///
/// - Every op and k is legal, every operand in range for its kind, and every run of registers inside of the frame.
/// - Execution neither leaves the code nor falls off its end. Only LOOP and FOR_NEXT jump backward; handlers lie behind
///   the range they cover. So no endless way through the code avoids a safepoint.
/// - A register that an instruction reads holds what defs/opcodes.def asks for, on every way that leads there: values,
///   cells, a method as LOAD_METHOD left it, the state of a loop as FOR_PREP made it. What a call left is never read.
/// - A register that a MAKE_FUNCTION captures holds a cell.
/// - A site is used by one operation alone, so its inline cache holds what that operation put there.
/// - Parameters, flags and register_count agree, parameters have different names. Only generators yield; a class body
///   or a unit with a namespace has one positional parameter. A module captures nothing; a child captures only what its
///   parent has.
/// - Names are UTF-8 of at most kMaxNameBytes, texts UTF-8 (surrogates as 3 bytes in constants), constants well-formed,
///   line entries sorted.
///
/// Of which type a value is, is not proved. The interpreter checks at run time: the containers of LIST_APPEND,
/// LIST_EXTEND, LIST_TO_TUPLE, SET_ADD, SET_UPDATE, MAP_ADD, MAP_UPDATE and CALL_EX, the strings of BUILD_STRING and
/// FORMAT, the classes of LOAD_SUPER, the defaults of MAKE_FUNCTION, keyword names of calls, namespaces of LOAD_NAME,
/// STORE_NAME, DELETE_NAME and IMPORT_STAR, exceptions of RERAISE and MATCH_EXC.
std::optional<std::string> verify(const CodeUnit& unit, Meter& meter);

/// The same without limits.
inline std::optional<std::string> verify(const CodeUnit& unit) {
  Meter unlimited;
  return verify(unit, unlimited);
}

}  // namespace upy
