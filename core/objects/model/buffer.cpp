#include "objects/model/buffer.h"

namespace upy {

Result<Buffer> get_buffer(Vm& vm, Value value) {
  Buffer buffer;
  auto* slot = type_of(value)->slots.buffer;
  if (!slot || !slot(value, buffer)) return vm.raise(Error::object_wanted);
  return buffer;
}

Result<Buffer> get_writable_buffer(Vm& vm, Value value) {
  Buffer buffer = TRY(get_buffer(vm, value));
  if (!buffer.writable) return vm.raise(Error::object_wanted);
  return buffer;
}

}  // namespace upy
