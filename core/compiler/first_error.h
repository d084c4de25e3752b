#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/compiler.h"
#include "compiler/position.h"

namespace upy {

/// The first error of a compilation. What is reported after it is only its consequence and is dropped, so whoever
/// finds an error reports it and goes on to return.
class FirstError {
 public:
  /// Records an error at `at`, unless there is one already. `block` as in Diagnostic.
  void report(Diagnostic::Kind kind, std::string message, ast::Position at, std::string_view block = {}) {
    if (error_) return;
    error_ = Diagnostic{.kind = kind,
                        .message = std::move(message),
                        .line = static_cast<int>(at.line),
                        .column = static_cast<int>(at.column),
                        .block = std::string(block)};
  }

  /// Records that the compilation took more than options.max_bytes.
  void report_out_of_memory(const CompileOptions& options, ast::Position at) {
    report(Diagnostic::Kind::MemoryError,
           "memory allocation failed, compiling takes more than " + std::to_string(options.max_bytes) + " bytes", at);
  }

  /// Whether an error was reported.
  bool occurred() const { return error_.has_value(); }
  /// The error, if one was reported; leaves none behind.
  std::optional<Diagnostic> take() { return std::exchange(error_, std::nullopt); }

 private:
  std::optional<Diagnostic> error_;
};

}  // namespace upy
