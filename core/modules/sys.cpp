#include "modules/sys.h"

#include "modules/modules.h"
#include "objects/containers/dict.h"
#include "objects/containers/list.h"
#include "objects/containers/named_tuple.h"
#include "objects/containers/tuple.h"
#include "objects/model/class_instance.h"
#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"
#include "objects/streams/stream.h"
#include "objects/strings/codec.h"

/// sys: the interpreter and its surroundings.
namespace upy {

namespace {

/// What the module keeps for an instance. Values are null until they are first asked for.
struct SysState final : ModuleState {
  static constexpr char kKey = 0;
  explicit SysState(Vm&) {}
  void mark(Marker& marker) override {
    for (Value value : {path, argv, exit_handler, prompt, continuation}) marker.mark(value);
  }
  Value path, argv, exit_handler;
  Value prompt = ">>> "_n, continuation = "... "_n;
};

Result<List*> list_of(Vm& vm, const std::vector<std::string>& texts) {
  List* list = TRY(List::make(vm, texts.size()));
  for (const std::string& text : texts) TRY(list->append(vm, TRY(text_of_host(vm, text))));
  return list;
}

/// exit([status]).
Result<Value> sys_exit(Vm& vm, Args args) { return vm.raise_with(SystemExit_type, args.at(0)); }

/// print_exception(exception[, file]).
Result<Value> sys_print_exception(Vm& vm, Args args) {
  if (args.size() > 1) {
    TRY(get_stream(vm, args[1], StreamUse::Write));
    StreamWriter out(args[1]);
    TRY(print_exception(vm, args[0], out));
  } else {
    ConsoleWriter out(Console::Stream::Out);
    TRY(print_exception(vm, args[0], out));
  }
  return Value::none();
}

Result<Value> sys_exc_info(Vm& vm, Args) {
  Value fields[] = {Value::none(), Value::none(), Value::none()};
  if (Value exception = vm.handled()) {
    fields[0] = type_of(exception);
    fields[1] = exception;
  }
  return TRY(Tuple::make(vm, fields));
}

/// atexit(function): answers the one it had.
Result<Value> sys_atexit(Vm& vm, Args args) {
  auto& state = vm.state<SysState>();
  Value before = state.exit_handler ? state.exit_handler : Value::none();
  state.exit_handler = args[0];
  return before;
}

Result<Value> get_attr_of_sys(Vm& vm, const Str* name) {
  auto& state = vm.state<SysState>();
  if (name == "path"_n) return TRY(sys_path(vm));
  if (name == "argv"_n) {
    if (!state.argv) state.argv = TRY(List::make(vm));
    return state.argv;
  }
  if (name == "modules"_n) return vm.modules;
  if (name == "platform"_n) return TRY(Str::make(vm, vm.config.platform));
  if (name == "executable"_n) return TRY(Str::make(vm, vm.config.executable));
  if (name == "ps1"_n) return state.prompt;
  if (name == "ps2"_n) return state.continuation;
  if (name == "stdin"_n) return console_stream(StandardStream::In);
  if (name == "stdout"_n) return console_stream(StandardStream::Out);
  if (name == "stderr"_n) return console_stream(StandardStream::Err);
  return Value::absent();
}

Result<bool> set_attr_of_sys(Vm& vm, const Str* name, Value value) {
  auto& state = vm.state<SysState>();
  if (name == "path"_n && value) return (state.path = value, true);
  if (name == "argv"_n && value) return (state.argv = value, true);
  if (name == "ps1"_n && value) return (state.prompt = value, true);
  if (name == "ps2"_n && value) return (state.continuation = value, true);
  return false;
}

// ---- sys.implementation and the like ----

constexpr StaticTuple<3> kVersionInfo{Value::small_int(3), Value::small_int(4), Value::small_int(0)};
constexpr StaticTuple<4> kImplementationVersion{Value::small_int(1), Value::small_int(29), Value::small_int(0),
                                                Value(""_n)};
constinit const StaticTuple kImplementationFields{Value("name"_n), Value("version"_n), Value("_machine"_n)};
constinit const NamedTupleShape kImplementationShape{attr_tuple_type, kImplementationFields};
constinit const StaticTuple kImplementation{&kImplementationShape, Value("micropython"_n),
                                            Value(&kImplementationVersion), Value("upyd"_n)};

/// sys.maxsize, 2**63 - 1.
constexpr struct MaxSize : BigInt {
  uint64_t limb = INT64_MAX;
  constexpr MaxSize() : BigInt{{&big_int_shape}, 1, false} {}
} kMaxSize;

constexpr Member kMembers[] = {
    {"__name__"_n, Value("sys"_n)},     {"atexit"_n, native<sys_atexit, 1>},
    {"byteorder"_n, Value("little"_n)}, {"exc_info"_n, native<sys_exc_info, 0>},
    {"exit"_n, native<sys_exit, 0, 1>}, {"implementation"_n, Value(&kImplementation)},
    {"maxsize"_n, Value(&kMaxSize)},    {"print_exception"_n, native<sys_print_exception, 1, 2>},
    {"version"_n, Value(kVersionText)}, {"version_info"_n, Value(&kVersionInfo)},
};

}  // namespace

Result<List*> sys_path(Vm& vm) {
  auto& state = vm.state<SysState>();
  if (!state.path) state.path = TRY(list_of(vm, vm.config.path));
  if (auto* list = as<List>(state.path, list_type)) return list;
  return List::make(vm);
}

std::string sys_prompt(Vm& vm, PromptLine line) {
  auto& state = vm.state<SysState>();
  const Str* text = as<Str>(line == PromptLine::First ? state.prompt : state.continuation, str_type);
  return text ? std::string(text->view()) : "";
}

Result<void> set_sys_argv(Vm& vm, const std::vector<std::string>& argv) {
  vm.state<SysState>().argv = TRY(list_of(vm, argv));
  return {};
}

Result<void> run_exit_handler(Vm& vm) {
  auto& state = vm.state<SysState>();
  Value handler = state.exit_handler;
  state.exit_handler = Value();
  if (!handler || handler.is_none()) return {};
  TRY(vm.call(handler, Args(nullptr, 0)));
  return {};
}

constinit const NativeModule sys_module{"sys"_n, kMembers, get_attr_of_sys, set_attr_of_sys};

}  // namespace upy
