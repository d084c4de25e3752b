// Any bytes after a right header are refused as a blob, or are the only encoding of the unit they make. That it
// verifies or not, it is told without harm; what verifies can be listed.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "bytecode/blob.h"
#include "bytecode/disassembler.h"
#include "bytecode/verify.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string blob = upy::save({}).substr(0, upy::kBlobHeaderBytes);
  blob.append(reinterpret_cast<const char*>(data), size);
  const auto result = upy::load(blob);
  const auto* unit = std::get_if<upy::CodeUnit>(&result);
  if (unit == nullptr) return 0;
  if (upy::save(*unit) != blob) std::abort();
  if (!upy::verify(*unit)) upy::disassemble(*unit);
  return 0;
}
