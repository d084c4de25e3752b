#pragma once

#include <optional>
#include <string>
#include <utility>

#include "compiler/compiler.h"
#include "compiler/position.h"

namespace upy {

/// The first error of a compilation. What is reported after it is only its consequence and is dropped, so whoever
/// finds an error reports it and goes on to return.
class FirstError {
 public:
  /// Records an error at `at`, unless there is one already.
  void report(Diagnostic::Kind kind, std::string message, ast::Position at) {
    if (error_) return;
    error_ = Diagnostic{.kind = kind,
                        .message = std::move(message),
                        .line = static_cast<int>(at.line),
                        .column = static_cast<int>(at.column),
                        .block = {}};
  }

  /// Whether an error was reported.
  bool occurred() const { return error_.has_value(); }
  /// The error, if one was reported; leaves none behind.
  std::optional<Diagnostic> take() { return std::exchange(error_, std::nullopt); }

 private:
  std::optional<Diagnostic> error_;
};

}  // namespace upy
