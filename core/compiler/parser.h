#pragma once

#include <optional>
#include <string_view>

#include "compiler/arena.h"
#include "compiler/ast.h"
#include "compiler/compiler.h"

namespace upy {

/// How deep expressions and blocks may nest, counted together. Beyond that the source ends in a RuntimeError. It bounds
/// the native stack that parsing takes (less than 256 KiB) and the depth of the tree.
inline constexpr int kMaxNesting = 200;

/// Parses UTF-8 `source` as options.mode has it. The tree lies in `arena` and points into `source`, which both must
/// outlive it. Of `options`, mode, opt_level and max_bytes matter; the arena's budget is the caller's business.
/// Returns null and fills in `error` with the first error if the source cannot be parsed.
ast::Module* parse(std::string_view source, const CompileOptions& options, Arena& arena,
                   std::optional<Diagnostic>& error);

}  // namespace upy
