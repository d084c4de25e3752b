#include "bytecode/code_unit.h"

#include <bit>

namespace upy {

bool Constant::operator==(const Constant& other) const {
  if (kind != other.kind) return false;
  switch (kind) {
    case Kind::None:
    case Kind::False:
    case Kind::True:
    case Kind::Ellipsis:
      return true;
    case Kind::Int:
      return integer == other.integer;
    case Kind::Float:
    case Kind::Imaginary:
      return std::bit_cast<uint64_t>(number) == std::bit_cast<uint64_t>(other.number);
    case Kind::BigInt:
    case Kind::Str:
    case Kind::Bytes:
      return text == other.text;
    case Kind::Tuple:
      return items == other.items;
  }
  return false;
}

}  // namespace upy
