#pragma once

#include <string>

#include "objects/runtime/writer.h"

namespace upy {

/// Collects all that is written, outside of any heap.
class TextWriter final : public Writer {
 public:
  Result<void> write(Vm&, std::string_view text) override {
    text_ += text;
    return {};
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace upy
