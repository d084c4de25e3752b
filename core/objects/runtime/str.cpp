#include "objects/runtime/str.h"

#include <cassert>
#include <utility>

#include "objects/runtime/bulk.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"

namespace upy {
namespace {

template <int... codes>
constexpr std::array<const Str*, sizeof...(codes)> make_ascii_strs(std::integer_sequence<int, codes...>) {
  return {&static_str<FixedText<2>(static_cast<char>(codes))>...};
}

}  // namespace

constinit const std::array<const Str*, 128> ascii_strs = make_ascii_strs(std::make_integer_sequence<int, 128>());

Result<Str*> Str::make_raw(Vm& vm, size_t size) {
  if (size > kMaxSize) return vm.too_large(size);
  Str* str = TRY(vm.allocate<Str>(str_type, sizeof(Str) + size + 1));
  str->hash_ = 0;
  str->size = static_cast<uint32_t>(size);
  str->interned = false;
  str->data()[size] = 0;
  return str;
}

Result<Str*> Str::make(Vm& vm, std::string_view text) {
  assert(is_well_formed(text));
  if (text.empty()) return const_cast<Str*>(""_n);
  if (text.size() == 1) return const_cast<Str*>(ascii_strs[static_cast<uint8_t>(text[0])]);
  Str* str = TRY(make_raw(vm, text.size()));
  TRY(copy_bytes(vm, str->data(), text));
  str->length = static_cast<uint32_t>(TRY(count_code_points(vm, text)));
  return str;
}

}  // namespace upy
