#pragma once

#include <optional>
#include <string>

#include "bytecode/code_unit.h"

namespace upy {

/// Checks `unit`, a module, and all its descendants. Returns what is wrong, nothing if the interpreter may run it.
///
/// What passes holds to this, so the interpreter need not check it while running:
///
/// - Every op and k is legal, every operand in range for its kind, and every run of registers inside of the frame.
/// - Execution neither leaves the code nor falls off its end. Only LOOP and FOR_NEXT jump backward; handlers lie behind
///   the range they cover. So no endless way through the code avoids a safepoint.
/// - A register that an instruction reads holds a value on every way that leads there. Exempt are the registers that
///   may be unset: those of MOVE, CHECK_BOUND, MAKE_CELL and SET_HANDLED, R[a+1] of CALL_METHOD and CALL_EX, R[a+3] of
///   CALL_EX, and the state of FOR_NEXT. After a call all registers from its base up count as unset, but for the
///   result: the callee's frame may lie there. After FOR_PREP and FOR_RANGE the state counts as unset; nothing but
///   FOR_NEXT and MOVE can read it.
/// - Parameters, flags and register_count agree, parameters have different names. Only generators yield; a class body
/// or
///   a unit with a namespace has one positional parameter. A module captures nothing; a child captures only what
///   its parent has.
/// - Names are UTF-8 of at most kMaxNameBytes, texts UTF-8 (surrogates as 3 bytes in constants), constants well-formed,
///   line entries sorted.
///
/// What kind of value a register holds is not proved. The interpreter checks at run time: cells (LOAD_CELL, STORE_CELL,
/// DELETE_CELL, registers that MAKE_FUNCTION captures, what a class body returns), the state of FOR_NEXT, the
/// containers of LIST_APPEND, LIST_EXTEND, LIST_TO_TUPLE, SET_ADD, SET_UPDATE, MAP_ADD, MAP_UPDATE and CALL_EX, the
/// strings of BUILD_STRING and FORMAT, defaults of MAKE_FUNCTION, keyword names of calls, namespaces of LOAD_NAME,
/// STORE_NAME, DELETE_NAME and IMPORT_STAR, exceptions of RERAISE, MATCH_EXC and SET_HANDLED.
std::optional<std::string> verify(const CodeUnit& unit);

}  // namespace upy
