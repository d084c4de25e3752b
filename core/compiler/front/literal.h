#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "bytecode/code_unit.h"

namespace upy::ast {

/// A constant in a syntax tree: the same as a Constant, with its texts and items in the arena. Several may share them:
/// a few lines of nested const() tuples can make one that is huge when it is written out, which `weight` tells.
struct Literal {
  using Kind = Constant::Kind;
  Kind kind = Kind::None;
  uint16_t depth = 0;   ///< how deep tuples nest in it: 0 if it is none
  uint32_t weight = 1;  ///< constants that it consists of when written out, and as much again for each byte of text
  union {
    int64_t integer = 0;             ///< Int
    double number;                   ///< Float, Imaginary
    std::string_view text;           ///< Str, Bytes, BigInt; as in Constant
    std::span<const Literal> items;  ///< Tuple
  };

  Literal() {}                                                       ///< None
  explicit Literal(Kind singleton) : kind(singleton) {}              ///< None, False, True or Ellipsis
  Literal(Kind kind, double number) : kind(kind), number(number) {}  ///< Float or Imaginary
  Literal(Kind kind, std::string_view text);                         ///< Str, Bytes or BigInt
  explicit Literal(std::span<const Literal> items);                  ///< Tuple

  static Literal from_bool(bool value) { return Literal(value ? Kind::True : Kind::False); }
  /// An Int: `value` must lie in [kSmallIntMin, kSmallIntMax].
  static Literal from_int(int64_t value) {
    Literal literal(Kind::Int);
    literal.integer = value;
    return literal;
  }

  /// Whether the constant counts as true in a condition.
  bool truth() const;
  /// The constant for a code unit.
  Constant to_constant() const;
};

}  // namespace upy::ast
