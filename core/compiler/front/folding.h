#pragma once

#include <optional>

#include "compiler/front/arena.h"
#include "compiler/front/ast.h"

namespace upy {

// Arithmetic on constants at compile time. What it yields is what the operation yields at run time; where it has no
// result, be it an error, a complex number or one that is too large to be worth storing, the operation is left to
// the run time. Only integers and floats take part, as in MicroPython: True + 1 and "a" + "b" are not folded.

/// Integers with more bits than this are not made by folding, outside and inside const().
inline constexpr size_t kMaxFoldedBits = 4096, kMaxConstBits = 1 << 20;

/// op operand. Not is defined for every constant.
std::optional<ast::Literal> fold_unary(ast::UnaryOp op, const ast::Literal& operand, Arena& arena);

/// left op right, if it is no integer with more than `max_bits`.
std::optional<ast::Literal> fold_binary(ast::BinaryOp op, const ast::Literal& left, const ast::Literal& right,
                                        size_t max_bits, Arena& arena);

/// Tuples that are deeper or have more weight than this are built at run time.
inline constexpr uint16_t kMaxFoldedDepth = 100;
inline constexpr uint32_t kMaxFoldedWeight = 1u << 20;

/// The tuple of `items`, if they are all constants.
std::optional<ast::Literal> fold_tuple(std::span<ast::Expr* const> items, Arena& arena);

}  // namespace upy
