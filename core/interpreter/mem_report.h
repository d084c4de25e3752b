#pragma once

#include <optional>

#include "objects/runtime/result.h"
#include "upy/mem_info.h"

namespace upy {

class Interpreter;
class Writer;

enum class Detail : uint8_t { Summary, Full };

/// The memory figures of the instance and MicroPython's text of them; Full adds the map of the heap. For its host:
/// a script waits meanwhile. Nothing if a kill was asked for before it was complete.
std::optional<MemInfo> report_memory(const Interpreter& vm, Detail detail);
/// The strings interned at run time and MicroPython's text of them; Full lists them. Nothing as above.
std::optional<QstrInfo> report_strings(const Interpreter& vm, Detail detail);

/// The same texts for a script, piece by piece: they may be longer than the heap, and take longer than a kill may wait.
Result<void> write_memory_report(Interpreter& vm, Detail detail, Writer& out);
Result<void> write_strings_report(Interpreter& vm, Detail detail, Writer& out);

}  // namespace upy
