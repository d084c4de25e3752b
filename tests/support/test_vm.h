#pragma once

#include <gtest/gtest.h>
#include <pthread.h>

#include <functional>
#include <string>

#include "objects/model/exception.h"
#include "objects/model/native_function.h"
#include "objects/model/printing.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

/// A clock that stands still, a console that swallows, and no files.
struct NullPorts : Clock, Console, Files {
  int64_t monotonic_ns() override { return 0; }
  int64_t realtime_ns() override { return 0; }
  int64_t cpu_ns() override { return 0; }
  int64_t utc_offset_s(int64_t, std::string_view) override { return 0; }
  void wait_until(int64_t, std::span<const pollfd>) override {}
  void notify() override {}
  void write(Stream, std::string_view) override {}
  ptrdiff_t read(char*, size_t) override { return 0; }
  Input input() override { return Input::End; }
  int input_descriptor() override { return -1; }
  PortError stat(const std::string&, FileStatus&) override { return kNoFiles; }
  PortError stat_file_system(const std::string&, FileSystemStatus&) override { return kNoFiles; }
  PortError open(const std::string&, int, std::unique_ptr<File>&) override { return kNoFiles; }
  PortError open_directory(const std::string&, std::unique_ptr<Directory>&) override { return kNoFiles; }
  PortError make_directory(const std::string&) override { return kNoFiles; }
  PortError remove_directory(const std::string&) override { return kNoFiles; }
  PortError remove(const std::string&) override { return kNoFiles; }
  PortError rename(const std::string&, const std::string&) override { return kNoFiles; }
  PortError change_directory(const std::string&) override { return kNoFiles; }
  PortError current_directory(std::string&) override { return kNoFiles; }

 private:
  static inline const PortError kNoFiles{2, "no files"};
};

/// A runtime without an interpreter: enough for objects and natives. Python code is stood in for by `on_call`.
class TestVm final : private NullPorts, public Vm {
 public:
  explicit TestVm(const Config& config = {}) : Vm(config, Ports{*this, *this, *this}) {
    pthread_attr_t attributes;
    void* lowest;
    size_t size;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    stack_base_ = static_cast<const char*>(lowest) + size;
    stack_limit_ = stack_base_ - (size_t{1} << 20);
  }

  /// What calling something that is no native function does.
  std::function<Result<Value>(Value callee, Args args)> on_call;

  Result<Value> call(Value callee, Args args) override {
    if (is_exactly(callee, native_function_type))
      return call_native(*this, static_cast<NativeFunction*>(callee.as_object()), args);
    if (on_call) return on_call(callee, args);
    return type_of(callee)->slots.call(*this, callee, args);
  }
  Result<Value> import(const Str*) override { return Failure{}; }
  Result<Value> compile(std::string_view, std::string_view, int) override { return Failure{}; }
  Result<Value> execute(Value, Dict*, Dict*) override { return Failure{}; }
  Dict* current_globals() override { return nullptr; }
  Dict* current_namespace() override { return nullptr; }
  Value handled() const override { return {}; }
  Result<Value> resume(Generator*, Value, Value) override { return Failure{}; }
  Result<void> handle_reasons() override { return on_poll ? on_poll() : Result<void>(); }
  Result<void> handle_kill() override { return on_poll ? on_poll() : Result<void>(); }
  Result<void> sleep_until(int64_t) override { return {}; }

  /// What a poll does while a reason is set.
  std::function<Result<void>()> on_poll;

 private:
  /// Roots are what the native stack of the test holds.
  void mark_roots(Marker& marker) override {
    Vm::mark_roots(marker);
    scan_native_stack(marker);
  }
};

/// The value of a result that must be one.
#define OK(...)                   \
  ({                              \
    auto result_ = (__VA_ARGS__); \
    EXPECT_TRUE(bool(result_));   \
    *result_;                     \
  })

inline Value integer(int64_t n) { return Value::small_int(n); }

inline std::string repr(Vm& vm, Value value) {
  Result<Str*> text = to_repr(vm, value);
  return text ? std::string((*text)->view()) : "<raised>";
}

/// The repr of the pending exception, which is taken.
inline std::string raised(Vm& vm) {
  Value exception = vm.take_pending();
  return exception ? repr(vm, exception) : "nothing";
}

}  // namespace upy
