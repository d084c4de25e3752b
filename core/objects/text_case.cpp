#include <algorithm>
#include <utility>

#include "objects/text.h"
#include "objects/text_methods.h"
#include "objects/vm.h"

namespace upy {
namespace {

/// A text of the same kind with each byte made by `convert(byte)`, in their order.
template <typename Convert>
Result<Value> converted(Vm& vm, Args args, Convert convert) {
  const Text self(args[0]);
  const NewText result = TRY(self.make_raw(vm, self.view().size()));
  const std::string_view all = self.view();
  std::transform(all.begin(), all.end(), result.data, convert);
  return self.finish(result, self.length());
}

/// Whether self is not empty and all its bytes satisfy `is`.
template <typename Is>
Result<Value> all_are(Args args, Is is) {
  const std::string_view all = Text(args[0]).view();
  return Value::boolean(!all.empty() && std::all_of(all.begin(), all.end(), is));
}

/// Whether self has letters and all of them satisfy `is`.
template <typename Is>
Result<Value> letters_are(Args args, Is is) {
  const std::string_view all = Text(args[0]).view();
  const bool has_letters = std::any_of(all.begin(), all.end(), is_alpha);
  return Value::boolean(has_letters &&
                        std::all_of(all.begin(), all.end(), [&](char c) { return !is_alpha(c) || is(c); }));
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

Result<Value> text_isspace(Vm&, Args args) { return all_are(args, is_space); }
Result<Value> text_isalpha(Vm&, Args args) { return all_are(args, is_alpha); }
Result<Value> text_isdigit(Vm&, Args args) { return all_are(args, is_digit); }
Result<Value> text_isalnum(Vm&, Args args) {
  return all_are(args, [](char c) { return is_alpha(c) || is_digit(c); });
}
Result<Value> text_isupper(Vm&, Args args) { return letters_are(args, is_upper); }
Result<Value> text_islower(Vm&, Args args) { return letters_are(args, is_lower); }

}  // namespace upy
