// Any bytes compile to a unit that verifies and survives a blob, or to an error. The first byte chooses the options.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bytecode/blob.h"
#include "bytecode/disassembler.h"
#include "bytecode/verify.h"
#include "compiler/compiler.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  upy::CompileOptions options;
  options.mode = static_cast<upy::CompileOptions::Mode>(data[0] & 3);
  options.opt_level = data[0] >> 2 & 3;
  options.max_bytes = data[0] & 16 ? 4000 : 1 << 24;
  const auto result = upy::compile({reinterpret_cast<const char*>(data + 1), size - 1}, options);
  const auto* unit = std::get_if<upy::CodeUnit>(&result);
  if (unit == nullptr) return 0;
  if (upy::verify(*unit)) std::abort();
  const auto copy = upy::load(upy::save(*unit));
  if (upy::disassemble(std::get<upy::CodeUnit>(copy)) != upy::disassemble(*unit)) std::abort();
  return 0;
}
