#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/compiler.h"
#include "compiler/front/position.h"

namespace upy {

/// The first error of a compilation. What is reported after it is only its consequence and is dropped, so whoever
/// finds an error reports it and goes on to return.
///
/// That the compilation is to end early counts as an error, too. So whoever looks for errors in a loop asks for that.
class FirstError {
 public:
  /// `stopped` as in CompileOptions.
  explicit FirstError(std::function<bool()> stopped = {}) : stopped_(std::move(stopped)) {}

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
           "memory allocation failed, compiling takes more than " + std::to_string(options.max_bytes) +
               " bytes (compile_bytes)",
           at);
  }

  /// Records that of the memory which the host shares out, options.memory, there was none left.
  void report_host_out_of_memory(ast::Position at) {
    report(Diagnostic::Kind::MemoryError, "memory allocation failed, the host has no memory left for compiling", at);
  }

  /// Whether an error was reported.
  bool occurred() {
    if (++questions_ % kQuestionsPerCheck == 0) return is_stopped();
    return error_.has_value();
  }
  /// The same, but it is sure to ask whether the compilation is to end early.
  bool is_stopped() {
    if (!error_ && stopped_ && stopped_()) report(Diagnostic::Kind::Stopped, "", {});
    return error_.has_value();
  }
  /// The error, if one was reported; leaves none behind.
  std::optional<Diagnostic> take() { return std::exchange(error_, std::nullopt); }

 private:
  static constexpr uint32_t kQuestionsPerCheck = 64;
  std::function<bool()> stopped_;
  uint32_t questions_ = 0;
  std::optional<Diagnostic> error_;
};

}  // namespace upy
