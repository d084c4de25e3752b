#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "fake_upyd.h"
#include "support/process.h"
#include "support/temporary_directory.h"

/// upyctl against a fake daemon, which it finds by UPYD_HOST.
class UpyctlTest : public testing::Test {
 protected:
  using Arguments = std::vector<std::string>;
  using End = test_support::ProcessEnd;

  static Arguments command_line(Arguments arguments) {
    arguments.insert(arguments.begin(), UPYCTL_PATH);
    return arguments;
  }
  std::vector<std::string> environment() const { return {"UPYD_HOST=" + upyd.url()}; }

  End upyctl(const Arguments& arguments, const std::string& in = "") const {
    return test_support::run_process(command_line(arguments), environment(), in);
  }

  /// A new file; returns its path.
  std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(directory.file(name)) << content;
    return directory.file(name);
  }

  fake::Upyd upyd;
  test_support::TemporaryDirectory directory;
};

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
