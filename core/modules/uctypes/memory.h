#pragma once

#include "objects/runtime/vm.h"

/// Memory by address. A script can name any address, so each is looked up: what it reaches is the bytes of objects in
/// the heap of its own instance that show them to scripts anyway, those of str and bytes to read, those of bytearrays
/// and arrays to write too. All else is foreign to it.
namespace upy {

/// The bytes around an address.
struct Region {
  Object* cell = nullptr;  ///< the cell that they lie in, which whoever keeps a Region marks; null: a foreign address
  char *begin = nullptr, *end = nullptr;
  bool writable = false;

  /// The region of an address.
  static Region at(Vm& vm, uint64_t address);
  /// Whether `size` bytes from that address on lie in it.
  bool has(uint64_t address, size_t size) const {
    const auto first = reinterpret_cast<uint64_t>(begin), last = reinterpret_cast<uint64_t>(end);
    return cell && address >= first && address <= last && size <= last - address;
  }
  /// Where `size` bytes from that address on can be read or written; ValueError if they can't.
  Result<char*> to_read(Vm& vm, uint64_t address, size_t size) const;
  Result<char*> to_write(Vm& vm, uint64_t address, size_t size) const;
};

/// The text at an address, as a str: up to the first null byte or the end of what is there. UnicodeError if it is none.
Result<Value> text_at(Vm& vm, uint64_t address);

}  // namespace upy
