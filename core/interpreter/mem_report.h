#pragma once

#include "upy/mem_info.h"

namespace upy {

class Interpreter;

enum class Detail : uint8_t { Summary, Full };

/// The memory figures of the instance and MicroPython's text of them; Full adds the map of the heap.
MemInfo report_memory(const Interpreter& vm, Detail detail);
/// The strings interned at run time and MicroPython's text of them; Full lists them.
QstrInfo report_strings(const Interpreter& vm, Detail detail);

}  // namespace upy
