#pragma once

#include <algorithm>
#include <initializer_list>

#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

/// The exception class of an error of defs/errors.def.
const Type& class_of(Error error);
/// Writes the text of an error with its arguments filled in. May call Python (str() of an argument).
Result<void> write_error(Vm& vm, Writer& out, Error error, std::initializer_list<ErrorArg> args);

/// Collects the beginning of a text in a buffer of fixed size, up to a whole character. Needs no memory and never
/// fails.
template <size_t N>
class FixedWriter final : public Writer {
 public:
  Result<void> write(Vm&, std::string_view text) override {
    size_t taken = cut_off_ ? 0 : std::min(text.size(), N - size_);
    cut_off_ = cut_off_ || taken < text.size();
    while (taken > 0 && taken < text.size() && is_continuation(text[taken])) taken--;
    size_ += text.copy(text_ + size_, taken);
    return {};
  }
  std::string_view view() const { return {text_, size_}; }
  bool cut_off() const { return cut_off_; }  ///< whether there was more text than room

 private:
  size_t size_ = 0;
  bool cut_off_ = false;
  char text_[N];
};

}  // namespace upy
