// Any bytes make a tree that can be walked, or an error that lies in the source. The first byte chooses the options.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "unit/compiler/dump.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  upy::CompileOptions options;
  options.mode = static_cast<upy::CompileOptions::Mode>(data[0] & 3);
  options.opt_level = data[0] >> 2 & 3;
  options.max_bytes = data[0] & 16 ? 2000 : 1 << 24;
  const std::string_view source(reinterpret_cast<const char*>(data + 1), size - 1);
  upy::Arena arena(options.max_bytes);
  std::optional<upy::Diagnostic> error;
  const upy::ast::Module* module = upy::parse(source, options, arena, error);
  if (module != nullptr) {
    upy::Dump::of(*module);
  } else {
    const auto lines =
        1 + std::count(source.begin(), source.end(), '\n') + std::count(source.begin(), source.end(), '\r');
    if (error->line < 1 || error->line > lines || error->column < 1 || error->message.empty()) std::abort();
  }
  return 0;
}
