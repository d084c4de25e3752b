#include "script_compiler.h"

#include <algorithm>

#include "blob_seal.h"
#include "bytecode/blob.h"
#include "bytecode/disassembler.h"
#include "bytecode/verify.h"
#include "objects/model/code.h"
#include "objects/model/exception.h"
#include "objects/runtime/str.h"
#include "objects/strings/codec.h"

namespace upy {

namespace {

struct KindOfError {
  const Type* type;
  const char* name;
};

KindOfError kind_of(Diagnostic::Kind kind) {
  using Kind = Diagnostic::Kind;
  switch (kind) {
    case Kind::SyntaxError:
      return {&SyntaxError_type, "SyntaxError"};
    case Kind::IndentationError:
      return {&IndentationError_type, "IndentationError"};
    case Kind::NotImplementedError:
      return {&NotImplementedError_type, "NotImplementedError"};
    case Kind::MemoryError:
      return {&MemoryError_type, "MemoryError"};
    case Kind::RuntimeError:
      return {&RuntimeError_type, "RuntimeError"};
    case Kind::OverflowError:
      return {&OverflowError_type, "OverflowError"};
    case Kind::UnicodeError:
      return {&UnicodeError_type, "UnicodeError"};
    case Kind::ValueError:
      return {&ValueError_type, "ValueError"};
    case Kind::Stopped:
      return {&SystemExit_type, "SystemExit"};
  }
  __builtin_unreachable();
}

Failure raise_diagnostic(Vm& vm, const Diagnostic& diagnostic, std::string_view file) {
  (void)vm.raise(*kind_of(diagnostic.kind).type, diagnostic.message);
  Exception* exception = as_exception(vm.pending());
  Value keep = vm.take_pending();
  Result<Str*> name = readable_text_of_host(vm, file);
  const Str* block = nullptr;
  if (name && !diagnostic.block.empty()) {
    if (Result<const Str*> interned = vm.strings.intern(diagnostic.block)) block = *interned;
  }
  vm.take_pending();
  if (name && exception) exception->add_traceback_entry(vm, *name, block, static_cast<size_t>(diagnostic.line));
  vm.set_pending(keep);
  return {};
}

/// A negative level counts as a very high one, as in MicroPython.
CompileOptions options_for(const std::string& file, int64_t opt_level, size_t max_bytes) {
  CompileOptions options;
  options.file = file;
  options.max_bytes = max_bytes;
  constexpr int kHighest = CompileOptions::kHighestLevel;
  options.opt_level = opt_level < 0 ? kHighest : static_cast<int>(std::min<int64_t>(opt_level, kHighest));
  return options;
}

/// The same for a compilation by an instance, within its limit, that a kill ends.
CompileOptions options_for(Vm& vm, const std::string& file) {
  CompileOptions options = options_for(file, vm.opt_level, vm.config.compile_bytes);
  options.memory = vm.ports.compile_memory;
  options.stopped = [&vm] { return !vm.poll_kill(); };
  return options;
}

/// What reading a blob takes of an instance: memory within its limit, and time until it is asked to stop.
class InstanceMeter final : public Meter {
 public:
  explicit InstanceMeter(Vm& vm) : vm_(vm) {}
  ~InstanceMeter() override { vm_.heap.discharge(charged_); }

  bool charge(size_t bytes) override {
    if (!vm_.heap.charge(bytes)) {
      vm_.heap.collect();
      if (!vm_.heap.charge(bytes)) {
        exhausted_ = true;
        return false;
      }
    }
    charged_ += bytes;
    return true;
  }
  bool poll() override { return !stopped(); }

  bool stopped() const { return (vm_.reasons.load(std::memory_order_relaxed) & kStops) != 0; }
  /// Whether it had not as much as was asked for.
  bool exhausted() const { return exhausted_; }

 private:
  Vm& vm_;
  size_t charged_ = 0;
  bool exhausted_ = false;
};

CompileError refusal(const Script& script, const char* type, std::string message) {
  CompileError error{.type = type, .message = std::move(message), .file = script.file};
  error.traceback = error.type + ": " + error.message + "\n";
  return error;
}

CompileError not_a_blob(const Script& script, const std::string& why) {
  return refusal(script, "ValueError", "not a compiled script: " + why);
}

CompileError foreign_blob(const Script& script) {
  CompileError error =
      refusal(script, "ValueError", "compiled elsewhere, or altered since: compile the script again here");
  error.is_foreign = true;
  return error;
}

ScriptCode read_blob(Vm& vm, const Script& script) {
  if (const std::string why = check_header(script.text); !why.empty()) return not_a_blob(script, why);
  const std::string& key = vm.config.blob_key;
  InstanceMeter meter(vm);
  if (!key.empty() && !is_sealed(script.text, key, meter)) {
    if (meter.stopped()) return Stopped();
    return foreign_blob(script);
  }
  auto loaded = load(script.text, meter);
  auto* unit = std::get_if<CodeUnit>(&loaded);
  const std::optional<std::string> why = unit ? verify(*unit, meter) : std::get<std::string>(loaded);
  if (!why) return std::move(*unit);
  if (meter.exhausted())
    return refusal(script, "MemoryError", "reading the compiled script takes more memory than the instance's heap has");
  if (meter.stopped()) return Stopped();
  return not_a_blob(script, *why);
}

}  // namespace

Result<Value> compile_script(Vm& vm, std::string_view source, std::string_view file, int mode) {
  CompileOptions options = options_for(vm, std::string(file));
  options.mode = static_cast<CompileOptions::Mode>(mode);
  auto compiled = compile(source, options);
  TRY(vm.poll_kill());
  if (auto* diagnostic = std::get_if<Diagnostic>(&compiled)) return raise_diagnostic(vm, *diagnostic, file);
  return TRY(load_code(vm, std::get<CodeUnit>(compiled)));
}

CompileError describe(const Diagnostic& diagnostic, const std::string& file) {
  CompileError error{kind_of(diagnostic.kind).name, diagnostic.message, file, diagnostic.line, diagnostic.column, ""};
  error.traceback =
      "Traceback (most recent call last):\n  File \"" + file + "\", line " + std::to_string(diagnostic.line);
  if (!diagnostic.block.empty()) error.traceback += ", in " + diagnostic.block;
  error.traceback += "\n" + error.type + ": " + error.message + "\n";
  return error;
}

ScriptCode read_script(Vm& vm, const Script& script) {
  if (script.kind == Script::Kind::Blob) return read_blob(vm, script);
  auto compiled = compile(script.text, options_for(vm, script.file));
  auto* diagnostic = std::get_if<Diagnostic>(&compiled);
  if (diagnostic && diagnostic->kind == Diagnostic::Kind::Stopped) return Stopped{};
  if (diagnostic) return describe(*diagnostic, script.file);
  return std::get<CodeUnit>(std::move(compiled));
}

std::variant<std::string, CompileError> compile_blob(std::string_view source, const std::string& file, int opt_level,
                                                     size_t max_bytes, std::string_view key, Memory* memory) {
  CompileOptions options = options_for(file, opt_level, max_bytes);
  options.memory = memory;
  auto compiled = compile(source, options);
  if (auto* diagnostic = std::get_if<Diagnostic>(&compiled)) return describe(*diagnostic, file);
  std::string blob = save(std::get<CodeUnit>(compiled));
  return key.empty() ? blob : seal(std::move(blob), key);
}

std::variant<std::string, CompileError> Instance::disassemble(std::string_view source, const std::string& file,
                                                              int opt_level) {
  auto compiled = compile(source, options_for(file, opt_level, Config().compile_bytes));
  if (auto* diagnostic = std::get_if<Diagnostic>(&compiled)) return describe(*diagnostic, file);
  return upy::disassemble(std::get<CodeUnit>(compiled));
}

}  // namespace upy
