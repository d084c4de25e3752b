#include <cstring>

#include "modules/machine/machine.h"
#include "modules/uctypes/memory.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/writer.h"
#include "objects/strings/array_items.h"

/// machine.mem8, mem16 and mem32: memory by address, as words of so many bits. What addresses can reach is told in
/// modules/uctypes/memory.h.
namespace upy {

namespace {

struct Word {
  const Object* memory;
  char typecode;
};
constexpr Word kWords[] = {{&mem8, 'B'}, {&mem16, 'H'}, {&mem32, 'I'}};

char typecode_of(Value self) {
  for (const Word& word : kWords)
    if (word.memory == self.as_object()) return word.typecode;
  return 0;
}

Result<uint64_t> address_of(Vm& vm, Value key, size_t size) {
  const uint64_t address = TRY(to_bits64(vm, key));
  if (address % size) return vm.raise(Error::unaligned_address, {address, size});
  return address;
}

Result<Value> mem_get_item(Vm& vm, Value self, Value key) {
  const char typecode = typecode_of(self);
  const uint64_t address = TRY(address_of(vm, key, item_size(typecode)));
  return load_item(vm, typecode, TRY(Region::at(vm, address).to_read(vm, address, item_size(typecode))));
}

Result<void> mem_set_item(Vm& vm, Value self, Value key, Value value) {
  if (!value) return vm.raise(Error::no_item_deletion, {&mem_type});
  const char typecode = typecode_of(self);
  const size_t size = item_size(typecode);
  const uint64_t address = TRY(address_of(vm, key, size));
  char item[sizeof(Value)];
  TRY(store_item(vm, typecode, item, value));
  std::memcpy(TRY(Region::at(vm, address).to_write(vm, address, size)), item, size);
  return {};
}

Result<void> print_mem(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(out.write(vm, "<"));
  TRY(write_int(vm, out, Value::small_int(static_cast<int64_t>(8 * item_size(typecode_of(self)))), 10));
  return out.write(vm, "-bit memory>");
}

}  // namespace

constinit const Type mem_type{{.name = "mem"_n,
                               .kind = &plain_kind,
                               .flags = Type::kHashByAddress | Type::kNotSubclassable,
                               .slots = {.print = print_mem, .get_item = mem_get_item, .set_item = mem_set_item}}};

constinit const Object mem8{&mem_type.root}, mem16{&mem_type.root}, mem32{&mem_type.root};

}  // namespace upy
