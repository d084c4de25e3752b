#pragma once

#include <gtest/gtest.h>

#include <string>

#include "support/test_vm.h"
#include "support/text_writer.h"

namespace upy {

/// What tests of numbers share: a Vm with a heap of 64 MiB, and results as text.
class NumbersTest : public testing::Test {
 protected:
  NumbersTest() : vm(make_config()) {}

  /// The repr of a result, or its error as "Type: text".
  std::string show(Result<Value> result) {
    TextWriter out;
    return result && print(vm, *result, out, PrintStyle::Repr) ? out.text() : take_error();
  }
  /// The pending exception, which is taken, as "Type: text".
  std::string take_error() {
    TextWriter out;
    Value exception = vm.take_pending();
    if (!exception || !print_exception(vm, exception, out)) return "";
    std::string text = out.text();
    text.pop_back();
    return text.substr(text.rfind('\n') + 1);
  }
  /// From now on every poll raises KeyboardInterrupt.
  void interrupt_polls() {
    vm.on_poll = [this]() -> Result<void> { return vm.raise(KeyboardInterrupt_type, ""); };
    vm.reasons = kReasonInterrupt;
  }

  TestVm vm;

 private:
  static Config make_config() {
    Config config;
    config.heap_bytes = 64 << 20;
    return config;
  }
};

}  // namespace upy
