#pragma once

#include "objects/runtime/type.h"
#include "objects/runtime/vm.h"

/// The buffer protocol: the bytes of an object, to look at and to change.
namespace upy {

/// The bytes of an object with the buffer protocol; TypeError `object with buffer protocol required`.
Result<Buffer> get_buffer(Vm& vm, Value value);
/// The same, but TypeError also if it can't be written to.
Result<Buffer> get_writable_buffer(Vm& vm, Value value);
inline constexpr size_t kPiece = 4096;
/// Calls `use(piece)` for all bytes of such an object, piece by piece. Polls between them, so that callbacks may change
/// the bytes that are still to come, and their number.
template <typename Use>
Result<void> for_each_piece(Vm& vm, Value value, Use use) {
  for (size_t at = 0;;) {
    TRY(vm.poll());
    const std::string_view bytes = TRY(get_buffer(vm, value)).view();
    if (at >= bytes.size()) return {};
    const std::string_view piece = bytes.substr(at, kPiece);
    TRY(use(piece));
    at += piece.size();
  }
}

}  // namespace upy
