#include <algorithm>
#include <utility>

#include "objects/runtime/bulk.h"
#include "objects/runtime/vm.h"
#include "objects/strings/text.h"
#include "objects/strings/text_methods.h"

namespace upy {
namespace {

/// A text of the same kind with each byte made by `convert(byte)`, in their order.
template <typename Convert>
Result<Value> converted(Vm& vm, Args args, Convert convert) {
  const Text self(args[0]);
  const NewText result = TRY(self.make_raw(vm, self.view().size()));
  const std::string_view all = self.view();
  TRY(in_slices(vm, all.size(), [&](size_t at, size_t n) {
    std::transform(all.begin() + at, all.begin() + at + n, result.data + at, [&](char c) { return convert(c); });
  }));
  return self.finish(result, self.length());
}

/// Whether self is not empty and all its bytes satisfy `is`.
template <typename Is>
Result<Value> all_are(Vm& vm, Args args, Is is) {
  const std::string_view all = Text(args[0]).view();
  return Value::boolean(!all.empty() && TRY(count_while(vm, all, is)) == all.size());
}

/// Whether self has letters and all of them satisfy `is`.
template <typename Is>
Result<Value> letters_are(Vm& vm, Args args, Is is) {
  const std::string_view all = Text(args[0]).view();
  if (TRY(count_while(vm, all, [](char c) { return !is_alpha(c); })) == all.size()) return Value::boolean(false);
  const size_t good = TRY(count_while(vm, all, [&](char c) { return !is_alpha(c) || is(c); }));
  return Value::boolean(good == all.size());
}

}  // namespace

Result<Value> text_lower(Vm& vm, Args args) {
  return converted(vm, args, [](char c) { return to_lower(c); });
}
Result<Value> text_upper(Vm& vm, Args args) {
  return converted(vm, args, [](char c) { return to_upper(c); });
}
Result<Value> text_swapcase(Vm& vm, Args args) {
  return converted(vm, args, [](char c) { return is_upper(c) ? to_lower(c) : to_upper(c); });
}
Result<Value> text_title(Vm& vm, Args args) {
  char previous = 0;
  return converted(vm, args, [&](char c) { return is_alpha(std::exchange(previous, c)) ? to_lower(c) : to_upper(c); });
}
Result<Value> text_capitalize(Vm& vm, Args args) {
  bool first = true;
  return converted(vm, args, [&](char c) { return std::exchange(first, false) ? to_upper(c) : to_lower(c); });
}

Result<Value> text_isspace(Vm& vm, Args args) { return all_are(vm, args, is_space); }
Result<Value> text_isalpha(Vm& vm, Args args) { return all_are(vm, args, is_alpha); }
Result<Value> text_isdigit(Vm& vm, Args args) { return all_are(vm, args, is_digit); }
Result<Value> text_isalnum(Vm& vm, Args args) {
  return all_are(vm, args, [](char c) { return is_alpha(c) || is_digit(c); });
}
Result<Value> text_isupper(Vm& vm, Args args) { return letters_are(vm, args, is_upper); }
Result<Value> text_islower(Vm& vm, Args args) { return letters_are(vm, args, is_lower); }

}  // namespace upy
