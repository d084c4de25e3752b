// Any text is refused as JSON, or becomes a value that is written as JSON which, read and written again, stays the
// same.

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "modules/json/json_reader.h"
#include "modules/json/json_writer.h"
#include "objects/strings/bytes.h"
#include "support/test_vm.h"
#include "support/text_writer.h"

namespace upy {
namespace {

/// The text written again from what it was read as; nothing if it was refused.
std::optional<std::string> written_again(Vm& vm, std::string_view text) {
  Result<Bytes*> bytes = Bytes::make(vm, text);
  if (!bytes) std::abort();
  Result<Value> value = read_json_buffer(vm, *bytes);
  TextWriter out;
  if (!value || !write_json(vm, *value, out, {})) {
    vm.take_pending();
    return {};
  }
  return out.text();
}

bool has_infinity(std::string_view text) { return text.find("inf") != text.npos; }

}  // namespace
}  // namespace upy

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static upy::TestVm vm;
  const auto first = upy::written_again(vm, {reinterpret_cast<const char*>(data), size});
  if (!first || upy::has_infinity(*first)) return 0;
  // Keys are text from here on; 1 and "1" become the same.
  const auto second = upy::written_again(vm, *first);
  if (!second || upy::written_again(vm, *second) != second) std::abort();
  return 0;
}
