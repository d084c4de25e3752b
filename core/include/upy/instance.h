#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "port/port.h"
#include "upy/config.h"
#include "upy/mem_info.h"

namespace upy {

/// Why a source text or a blob was refused.
struct CompileError {
  std::string type;     ///< e.g. "SyntaxError"
  std::string message;  ///< MicroPython's text
  std::string file;
  int line = 0;             ///< from 1; 0 when there is no position
  int column = 0;           ///< from 1
  std::string traceback;    ///< the same as MicroPython prints it
  bool is_foreign = false;  ///< a blob without the seal of Config::blob_key
};

/// Compiles UTF-8 source into a relocatable blob that any instance can load, sealed with `key` unless that is empty:
/// see Config::blob_key. `max_bytes` as Config::compile_bytes, `memory` as Ports::compile_memory. Any thread; keeps no
/// state.
std::variant<std::string, CompileError> compile_blob(std::string_view source, const std::string& file, int opt_level,
                                                     size_t max_bytes = Config().compile_bytes,
                                                     std::string_view key = {}, Memory* memory = nullptr);

/// How far a stop goes. A later request of a higher level overrides a lower one.
enum class StopLevel : uint8_t {
  Interrupt,  ///< KeyboardInterrupt, which the script may catch
  Stop,       ///< SystemExit, which the script may catch
  Kill,       ///< unwinds everything; no handler sees it
};

/// Which limit killed a run.
enum class Limit : uint8_t { None, Wall, Cpu, Request, Shutdown, Watchdog };

/// How a run ended.
struct Outcome {
  enum class Kind : uint8_t {
    Finished,     ///< ran to its end, or raised SystemExit by itself: see exit_status
    Exception,    ///< an exception was not caught
    Interrupted,  ///< KeyboardInterrupt was not caught
    Stopped,      ///< ended by the SystemExit of StopLevel::Stop
    Killed,       ///< ended by StopLevel::Kill
    Refused,      ///< did not start: see compile_error
  };
  Kind kind = Kind::Finished;
  int exit_status = 0;  ///< as a process would have: 0, sys.exit's value, 1 on exceptions, 130 interrupted, 137 killed
  std::string type;     ///< Exception, Interrupted: the class's name
  std::string message;  ///< its text; of one longer than 62 KiB the beginning and the end
  std::string traceback;      ///< as MicroPython prints it; likewise
  Limit limit = Limit::None;  ///< Killed: by what
  bool exited = false;        ///< SystemExit ended it
  int released_locks = 0;     ///< depth of the heap lock that an earlier run had left, released when this one began
  int left_armed = 0;         ///< timers and interrupts of pins that are armed at its end
  std::optional<CompileError> compile_error;
};

/// A place in the source of a script; no file: none.
struct SourcePlace {
  std::string_view file;
  int line = 0;
};

/// A module that comes with a script.
struct ScriptModule {
  std::string path;    ///< relative to the script's directory: "helper.py", "package/__init__.py"
  std::string source;  ///< UTF-8
};

/// What to run.
struct Script {
  enum class Kind { Source, Blob };
  Kind kind = Kind::Source;
  std::string text;               ///< UTF-8 source or a blob of compile_blob
  std::string file = "<stdin>";   ///< its name in tracebacks
  bool has_path = false;          ///< `file` is where the script lies: it becomes __file__
  std::vector<std::string> argv;  ///< sys.argv; empty leaves it as it is
  std::optional<int> opt_level;   ///< sets micropython.opt_level() first
  /// Found by imports before what is on sys.path, until a script brings others. Charged to the heap's limit.
  std::vector<ScriptModule> modules;
};

/// One interpreter: its own heap, modules, scheduler. It starts no thread: create, run, idle and destroy it on one
/// thread at a time. Only the functions under "thread-safe" may be called from any thread, from creation to
/// destruction.
class Instance final : public EventSink {
 public:
  /// Reserves memory; returns null and says why in `error` when that fails or a setting is out of range.
  static std::unique_ptr<Instance> create(const Config& config, const Ports& ports, std::string& error);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  /// Runs a script in `__main__` until it ends; globals of earlier runs are still there. Uncaught exceptions are
  /// printed on the console's error stream and told in the outcome; a refusal is told in the outcome alone. A leftover
  /// heap lock is released first.
  Outcome run(const Script& script);
  /// Runs `import module` in place of a script, with __name__ == "__main__" (upy -m).
  Outcome run_module(const std::string& name, const std::vector<std::string>& argv);
  /// Handles events, callbacks and safepoint requests until the monotonic time `until_ns` or until `request_return`.
  void idle(int64_t until_ns);

  /// Where the innermost Python function is, about. For who reports a fault on the instance's own thread, in a handler
  /// of signals: it takes no lock and allocates nothing, and what it reads may be in disorder.
  SourcePlace place() const;

  /// Set if a script has called machine.reset or the like: the host is to destroy this instance and to create another
  /// in its place. Then `idle` returns at once. Between runs.
  std::optional<Reset> wanted_reset() const;
  /// What is to be Config::retained of the instance that comes in place of this one. Between runs.
  Retained retained();
  /// A variable of the instance's own environment, which scripts may have changed; empty if it has none of that name.
  /// Between runs.
  std::string environment_variable(const std::string& name);

  /// The figures now; `verbose` adds the heap map. Between runs, in Host::at_safepoint, or on another thread while the
  /// instance's stands still in Clock::wait_until. Nothing if a kill came before they were complete: ask again.
  std::optional<MemInfo> mem_info(bool verbose);
  ScheduleInfo schedule_info() const;
  /// What of both is counted anyway: it costs nothing. When to call it: as mem_info.
  Figures figures() const;
  /// `verbose` adds the strings. When to call it, and when it answers nothing: as mem_info.
  std::optional<QstrInfo> qstr_info(bool verbose);
  /// The disassembly of a script, as upy -v prints it, or why it does not compile.
  static std::variant<std::string, CompileError> disassemble(std::string_view source, const std::string& file,
                                                             int opt_level);

  // ---- thread-safe: any thread ----

  /// Asks the running script, or the next one if none runs, to stop.
  void stop(StopLevel level, Limit limit = Limit::Request);
  /// Forgets a stop that no script has taken yet. Call between runs.
  void clear_stop();
  /// Has Host::at_safepoint called soon on the instance's thread.
  void request_safepoint();
  /// Ends `idle`, the current call or the next. What runs does not notice.
  void request_return();
  /// Has it look at its console again, if it waits for input.
  void wake();
  bool post(const Event& event) override;
  /// The byte of console input that interrupts, -1: none. Each run begins with 3; micropython.kbd_intr sets it. While
  /// the prompt reads there is none.
  int interrupt_char() const;

 private:
  friend class Repl;
  struct Impl;
  explicit Instance(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace upy
