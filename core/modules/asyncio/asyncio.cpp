#include "modules/asyncio/asyncio.h"

#include "modules/modules.h"
#include "modules/time.h"
#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/attributes.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/model/operators.h"
#include "objects/model/printing.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

/// asyncio: coroutines that run side by side. The modules that MicroPython's package consists of can be imported too.
namespace upy {

namespace {

// ---- functions ----

Result<Value> create_task(Vm& vm, Args args) { return TRY(async_loop(vm).create_task(args[0])); }
Result<Value> current_task(Vm& vm, Args) { return TRY(async_loop(vm).running()); }

/// run(coroutine) and run_until_complete(awaitable).
Result<Value> run(Vm& vm, Value awaitable) {
  AsyncLoop& loop = async_loop(vm);
  return loop.run_until_complete(TRY(loop.promote(awaitable)));
}
Result<Value> asyncio_run(Vm& vm, Args args) { return run(vm, args[0]); }

/// Takes two sizes of queues for the sake of old scripts.
Result<Value> get_event_loop(Vm&, Args) { return &loop_object; }

Result<Value> new_event_loop(Vm& vm, Args) {
  TRY(async_loop(vm).reset());
  return &loop_object;
}

// ---- Loop ----

Result<Value> loop_create_task(Vm& vm, Args args) { return create_task(vm, args.skip(1)); }
Result<Value> loop_run_forever(Vm& vm, Args) { return async_loop(vm).run_forever(); }
Result<Value> loop_run_until_complete(Vm& vm, Args args) { return run(vm, args[1]); }

Result<Value> loop_stop(Vm& vm, Args) {
  async_loop(vm).stop();
  return Value::none();
}

Result<Value> loop_close(Vm&, Args) { return Value::none(); }

Result<Value> loop_get_exception_handler(Vm& vm, Args) {
  const Value handler = async_loop(vm).exception_handler;
  return handler ? handler : Value::none();
}

Result<Value> loop_set_exception_handler(Vm& vm, Args args) {
  async_loop(vm).exception_handler = args[1].is_none() ? Value() : args[1];
  return Value::none();
}

/// default_exception_handler(context), or as a handler is called, with the loop before it.
Result<Value> loop_default_exception_handler(Vm& vm, Args args) {
  TRY(print_context(vm, args[args.size() - 1]));
  return Value::none();
}

Result<Value> loop_call_exception_handler(Vm& vm, Args args) {
  TRY(async_loop(vm).call_exception_handler(args[1]));
  return Value::none();
}

constexpr Member kLoopMembers[] = {
    {"call_exception_handler"_n, native<loop_call_exception_handler, 2>},
    {"close"_n, native<loop_close, 1>},
    {"create_task"_n, native<loop_create_task, 2>},
    {"default_exception_handler"_n, native<loop_default_exception_handler, 2, 3>},
    {"get_exception_handler"_n, native<loop_get_exception_handler, 1>},
    {"run_forever"_n, native<loop_run_forever, 1>},
    {"run_until_complete"_n, native<loop_run_until_complete, 2>},
    {"set_exception_handler"_n, native<loop_set_exception_handler, 2>},
    {"stop"_n, native<loop_stop, 1>},
};

constinit const Type loop_type{{.name = "Loop"_n,
                                .kind = &plain_kind,
                                .members = kLoopMembers,
                                .flags = Type::kHashByAddress | Type::kNotSubclassable}};

constexpr StaticTuple<3> kVersion{Value::small_int(3), Value::small_int(0), Value::small_int(0)};

// ---- the modules within ----

/// cur_task: the task that runs, or None.
Result<Value> get_attr_of_core(Vm& vm, const Str* name) {
  if (name != "cur_task"_n) return Value::absent();
  Task* task = async_loop(vm).current();
  return task ? Value(task) : Value::none();
}

constexpr Member kCoreMembers[] = {
    {"CancelledError"_n, Value(&CancelledError_type)},
    {"Loop"_n, Value(&loop_object)},
    {"Task"_n, Value(&task_type)},
    {"TimeoutError"_n, Value(&TimeoutError_type)},
    {"create_task"_n, native<create_task, 1>},
    {"current_task"_n, native<current_task, 0>},
    {"get_event_loop"_n, native<get_event_loop, 0, 2>},
    {"new_event_loop"_n, native<new_event_loop, 0>},
    {"run"_n, native<asyncio_run, 1>},
    {"run_until_complete"_n, native<asyncio_run, 1>},
    {"sleep"_n, native<asyncio_sleep, 1>},
    {"sleep_ms"_n, native<asyncio_sleep_ms, 1>},
    {"ticks"_n, native<time_ticks_ms, 0>},
    {"ticks_add"_n, native<time_ticks_add, 2>},
    {"ticks_diff"_n, native<time_ticks_diff, 2>},
};
constexpr Member kEventMembers[] = {
    {"Event"_n, Value(&event_type)},
    {"ThreadSafeFlag"_n, Value(&thread_safe_flag_type)},
};
constexpr Member kFuncsMembers[] = {
    {"gather"_n, native<asyncio_gather, 0, NativeFunction::kAny, NativeFunction::kKeywords>},
    {"wait_for"_n, native<asyncio_wait_for, 2>},
    {"wait_for_ms"_n, native<asyncio_wait_for_ms, 2>},
};
constexpr Member kLockMembers[] = {{"Lock"_n, Value(&lock_type)}};
constexpr Member kStreamMembers[] = {
    {"Stream"_n, Value(&async_stream_type)},
    {"StreamReader"_n, Value(&async_stream_type)},
    {"StreamWriter"_n, Value(&async_stream_type)},
};
constexpr Member kTaskMembers[] = {{"Task"_n, Value(&task_type)}};

constexpr NativeModule kCore{"asyncio.core"_n, kCoreMembers, get_attr_of_core};
constexpr NativeModule kEvent{"asyncio.event"_n, kEventMembers};
constexpr NativeModule kFuncs{"asyncio.funcs"_n, kFuncsMembers};
constexpr NativeModule kLock{"asyncio.lock"_n, kLockMembers};
constexpr NativeModule kStream{"asyncio.stream"_n, kStreamMembers};
constexpr NativeModule kTask{"asyncio.task"_n, kTaskMembers};

constexpr Module kParts[] = {Module(kCore), Module(kEvent),  Module(kFuncs),
                             Module(kLock), Module(kStream), Module(kTask)};

// ---- the module ----

constexpr Member kMembers[] = {
    {"__name__"_n, Value("asyncio"_n)},
    {"__version__"_n, Value(&kVersion)},
    {"CancelledError"_n, Value(&CancelledError_type)},
    {"Event"_n, Value(&event_type)},
    {"Lock"_n, Value(&lock_type)},
    {"Loop"_n, Value(&loop_object)},
    {"Stream"_n, Value(&async_stream_type)},
    {"StreamReader"_n, Value(&async_stream_type)},
    {"StreamWriter"_n, Value(&async_stream_type)},
    {"Task"_n, Value(&task_type)},
    {"ThreadSafeFlag"_n, Value(&thread_safe_flag_type)},
    {"TimeoutError"_n, Value(&TimeoutError_type)},
    {"core"_n, Value(&kParts[0])},
    {"create_task"_n, native<create_task, 1>},
    {"current_task"_n, native<current_task, 0>},
    {"event"_n, Value(&kParts[1])},
    {"funcs"_n, Value(&kParts[2])},
    {"gather"_n, native<asyncio_gather, 0, NativeFunction::kAny, NativeFunction::kKeywords>},
    {"get_event_loop"_n, native<get_event_loop, 0, 2>},
    {"lock"_n, Value(&kParts[3])},
    {"new_event_loop"_n, native<new_event_loop, 0>},
    {"run"_n, native<asyncio_run, 1>},
    {"run_until_complete"_n, native<asyncio_run, 1>},
    {"sleep"_n, native<asyncio_sleep, 1>},
    {"sleep_ms"_n, native<asyncio_sleep_ms, 1>},
    {"stream"_n, Value(&kParts[4])},
    {"task"_n, Value(&kParts[5])},
    {"ticks"_n, native<time_ticks_ms, 0>},
    {"ticks_add"_n, native<time_ticks_add, 2>},
    {"ticks_diff"_n, native<time_ticks_diff, 2>},
    {"wait_for"_n, native<asyncio_wait_for, 2>},
    {"wait_for_ms"_n, native<asyncio_wait_for_ms, 2>},
};

}  // namespace

constinit const Object loop_object{&loop_type.root};

Result<void> print_context(Vm& vm, Value context) {
  ConsoleWriter out(Console::Stream::Err);
  const Value future = TRY(get_item(vm, context, "future"_n));
  TRY(print(vm, TRY(get_item(vm, context, "message"_n)), out, PrintStyle::Str));
  TRY(out.write(vm, "\nfuture: "));
  TRY(print(vm, future, out, PrintStyle::Str));
  TRY(out.write(vm, " coro= "));
  TRY(print(vm, TRY(get_attr(vm, future, "coro"_n)), out, PrintStyle::Str));
  TRY(out.write(vm, "\n"));
  return print_exception(vm, TRY(get_item(vm, context, "exception"_n)), out);
}

constinit const NativeModule asyncio_module{"asyncio"_n, kMembers};

}  // namespace upy
