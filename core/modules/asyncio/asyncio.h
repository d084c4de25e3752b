#pragma once

#include "modules/asyncio/loop.h"

namespace upy {

extern const Type event_type, lock_type, thread_safe_flag_type, async_stream_type;

/// What get_event_loop() answers: the loop of the instance that asks.
extern const Object loop_object;

/// The default handler of exceptions: prints what `context`, a dict, tells on the console's error stream.
Result<void> print_context(Vm& vm, Value context);

// ---- functions of the module ----
Result<Value> asyncio_sleep(Vm& vm, Args args);        ///< sleep(seconds)
Result<Value> asyncio_sleep_ms(Vm& vm, Args args);     ///< sleep_ms(milliseconds)
Result<Value> asyncio_wait_for(Vm& vm, Args args);     ///< wait_for(awaitable, seconds)
Result<Value> asyncio_wait_for_ms(Vm& vm, Args args);  ///< wait_for_ms(awaitable, milliseconds)
Result<Value> asyncio_gather(Vm& vm, Args args);       ///< gather(*awaitables, return_exceptions=False)

}  // namespace upy
