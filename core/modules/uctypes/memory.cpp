#include "modules/uctypes/memory.h"

#include "objects/runtime/bulk.h"
#include "objects/runtime/str.h"
#include "objects/strings/array.h"
#include "objects/strings/bytes.h"
#include "objects/strings/codec.h"

namespace upy {

namespace {

Region text_region(Object* cell, std::string_view text) {
  auto* begin = const_cast<char*>(text.data());
  return {cell, begin, begin + text.size(), false};
}

}  // namespace

Region Region::at(Vm& vm, uint64_t address) {
  Object* cell = vm.heap.cell_at(reinterpret_cast<const void*>(address));
  if (!cell) return {};
  if (is_exactly(cell, bytes_type)) return text_region(cell, static_cast<Bytes*>(cell)->view());
  if (is_exactly(cell, str_type)) return text_region(cell, static_cast<Str*>(cell)->view());
  if (cell->shape != &item_storage_shape) return {};
  return {cell, static_cast<ByteStorage*>(cell)->data(), reinterpret_cast<char*>(cell) + vm.heap.size_of(cell), true};
}

Result<char*> Region::to_read(Vm& vm, uint64_t address, size_t size) const {
  if (!has(address, size)) return vm.raise(Error::foreign_address, {size, address});
  return reinterpret_cast<char*>(address);
}

Result<char*> Region::to_write(Vm& vm, uint64_t address, size_t size) const {
  if (cell && !writable) return vm.raise(Error::read_only_address, {address});
  return to_read(vm, address, size);
}

Result<Value> text_at(Vm& vm, uint64_t address) {
  const Region region = Region::at(vm, address);
  const char* text = TRY(region.to_read(vm, address, 1));
  const std::string_view rest(text, static_cast<size_t>(region.end - text));
  const Bytes* bytes = TRY(Bytes::make(vm, rest.substr(0, TRY(find_byte(vm, rest, 0)))));
  return decode_buffer(vm, bytes, "utf-8"_n, Value());
}

}  // namespace upy
