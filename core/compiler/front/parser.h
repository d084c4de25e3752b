#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/compiler.h"
#include "compiler/front/arena.h"
#include "compiler/front/ast.h"

namespace upy {

/// How deep expressions and blocks may nest, counted together: 200 parentheses in a statement. It bounds the native
/// stack that parsing takes.
inline constexpr int kMaxNesting = 201;

/// How far a node may be from the root of the tree: calls, subscripts and attributes may be chained beyond kMaxNesting.
/// It bounds the native stack that walking the tree takes.
inline constexpr int kMaxTreeDepth = 500;

/// What compiling takes of the native stack at most, in an optimized build, by these two bounds.
inline constexpr size_t kCompilerStackBytes = 240u << 10;

/// What a SyntaxError says of source that goes beyond one of these.
inline std::string too_deep_message(int limit) {
  return "nested too deep: more than " + std::to_string(limit) + " levels";
}

/// Parses UTF-8 `source` as options.mode has it. What takes more than options.max_bytes (the arena's budget) ends in a
/// MemoryError. The tree lies in `arena` and points into `source`, which
/// both must outlive it. Of `options`, mode, opt_level and max_bytes matter; the arena's budget is the caller's
/// business. Returns null and fills in `error` with the first error if the source cannot be parsed.
ast::Module* parse(std::string_view source, const CompileOptions& options, Arena& arena,
                   std::optional<Diagnostic>& error);

}  // namespace upy
