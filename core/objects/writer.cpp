#include "objects/writer.h"

#include <charconv>
#include <cstring>

#include "objects/bytes.h"
#include "objects/vm.h"

namespace upy {

Result<void> Writer::write_int(Vm& vm, int64_t n) {
  char text[24];
  return write(vm, {text, std::to_chars(text, text + sizeof text, n).ptr});
}

Result<void> Writer::write_hex(Vm& vm, uint64_t n) {
  char text[24];
  return write(vm, {text, std::to_chars(text, text + sizeof text, n, 16).ptr});
}

Result<void> StrBuilder::reserve(Vm& vm, size_t bytes) {
  if (bytes <= capacity_ - size_) [[likely]]
    return {};
  size_t wanted;
  if (__builtin_add_overflow(size_, bytes, &wanted)) return vm.too_large(bytes);
  if (wanted < SIZE_MAX / 2) wanted = std::max(wanted, capacity_ * 2);
  ByteStorage* storage = TRY(vm.allocate_bytes(wanted));
  std::memcpy(storage->data(), data_, size_);
  data_ = storage->data();
  capacity_ = wanted;
  return {};
}

Result<char*> StrBuilder::extend(Vm& vm, size_t bytes) {
  TRY(reserve(vm, bytes));
  return data_ + size_;
}

Result<void> StrBuilder::write(Vm& vm, std::string_view text) {
  TRY(reserve(vm, text.size()));
  text.copy(data_ + size_, text.size());
  size_ += text.size();
  return {};
}

Result<Str*> StrBuilder::to_str(Vm& vm) const { return Str::make(vm, view()); }

Result<Value> StrBuilder::to_bytes(Vm& vm) const { return TRY(Bytes::make(vm, view())); }

Result<void> ConsoleWriter::write(Vm& vm, std::string_view text) {
  vm.ports.console.write(stream_, text);
  return {};
}

Result<void> warn(Vm& vm, std::string_view text) {
  ConsoleWriter out(Console::Stream::Err);
  TRY(out.write(vm, "Warning: "));
  TRY(out.write(vm, text));
  return out.write(vm, "\n");
}

}  // namespace upy
