#pragma once

#include <compare>

#include "objects/runtime/type.h"

/// Comparisons as operators.
namespace upy {

/// Whether a comparison holds of two things in that order.
constexpr bool holds(BinaryOp comparison, std::partial_ordering order) {
  switch (comparison) {
    case BinaryOp::Lt:
      return order < 0;
    case BinaryOp::Le:
      return order <= 0;
    case BinaryOp::Gt:
      return order > 0;
    case BinaryOp::Ge:
      return order >= 0;
    case BinaryOp::Eq:
      return order == 0;
    default:
      return order != 0;
  }
}

/// The comparison that holds for (b, a) if this one holds for (a, b).
constexpr BinaryOp mirrored(BinaryOp comparison) {
  switch (comparison) {
    case BinaryOp::Lt:
      return BinaryOp::Gt;
    case BinaryOp::Le:
      return BinaryOp::Ge;
    case BinaryOp::Gt:
      return BinaryOp::Lt;
    case BinaryOp::Ge:
      return BinaryOp::Le;
    default:
      return comparison;
  }
}

}  // namespace upy
