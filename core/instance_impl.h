#pragma once

#include <atomic>
#include <string>

#include "interpreter/interpreter.h"
#include "objects/streams/console_input.h"
#include "upy/instance.h"

namespace upy {

/// What an instance is made of. Runs begin with begin_run and end with finish_script or, those of the prompt, with
/// finish_run, which leaves the exit handler for the prompt's end.
struct Instance::Impl {
  Impl(const Config& config, const Ports& ports);

  Interpreter vm;
  ConsoleInput& input = vm.state<ConsoleInput>();
  uint64_t runs = 0;
  bool untrimmed = false;                 ///< a run has ended since the heap was last trimmed
  int released_locks = 0;                 ///< as Outcome::released_locks of the present run
  std::atomic<Limit> limit{Limit::None};  ///< why a kill was asked for

  Result<void> prepare();
  void begin_run();
  Result<Value> start(const Script& script, const CodeUnit& unit);
  Value exception_of(Result<Value> result);
  /// Runs the exit handler, and tells on the error stream what the script raised.
  Outcome finish_script(Result<Value> result);
  /// Ends a run that raised that exception, or none if it is null; what a person is to be told of it goes to `report`.
  Outcome finish_run(Value exception, Writer& report);
  /// A kill has unwound everything: the instance is ready for what comes next.
  Outcome killed();
  /// Gives memory back that runs do not use any more.
  void trim();

 private:
  void drain();
  Outcome describe(Value exception, Writer& report);
  Outcome describe_exit(Value exception, Writer& report);
};

}  // namespace upy
