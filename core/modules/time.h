#pragma once

#include "objects/runtime/args.h"
#include "objects/runtime/result.h"

namespace upy {

class Vm;

// Functions of the module time that asyncio has too.
Result<Value> time_ticks_ms(Vm& vm, Args args);    ///< ticks_ms()
Result<Value> time_ticks_add(Vm& vm, Args args);   ///< ticks_add(ticks, delta)
Result<Value> time_ticks_diff(Vm& vm, Args args);  ///< ticks_diff(later, earlier)

}  // namespace upy
