#include "compiler/front/literal.h"

#include <algorithm>
#include <cstdint>

namespace upy::ast {

namespace {

uint32_t saturated(uint64_t weight) { return static_cast<uint32_t>(std::min<uint64_t>(weight, UINT32_MAX)); }

}  // namespace

Literal::Literal(Kind kind, std::string_view text) : kind(kind), weight(saturated(text.size() + 1)), text(text) {}

Literal::Literal(std::span<const Literal> items) : kind(Kind::Tuple), depth(1), items(items) {
  uint64_t total = 1;
  for (const Literal& item : items) {
    total += item.weight;
    depth = std::max<uint16_t>(depth, item.depth + 1);
  }
  weight = saturated(total);
}

bool Literal::truth() const {
  switch (kind) {
    case Kind::None:
    case Kind::False:
      return false;
    case Kind::True:
    case Kind::Ellipsis:
    case Kind::BigInt:
      return true;
    case Kind::Int:
      return integer != 0;
    case Kind::Float:
    case Kind::Imaginary:
      return number != 0;
    case Kind::Str:
    case Kind::Bytes:
      return !text.empty();
    case Kind::Tuple:
      return !items.empty();
  }
  __builtin_unreachable();
}

Constant Literal::to_constant() const {
  Constant constant;
  constant.kind = kind;
  switch (kind) {
    case Kind::None:
    case Kind::False:
    case Kind::True:
    case Kind::Ellipsis:
      break;
    case Kind::Int:
      constant.integer = integer;
      break;
    case Kind::Float:
    case Kind::Imaginary:
      constant.number = number;
      break;
    case Kind::BigInt:
    case Kind::Str:
    case Kind::Bytes:
      constant.text = text;
      break;
    case Kind::Tuple:
      constant.items.reserve(items.size());
      for (const Literal& item : items) constant.items.push_back(item.to_constant());
      break;
  }
  return constant;
}

}  // namespace upy::ast
