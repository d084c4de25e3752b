#pragma once

#include <optional>
#include <string>
#include <vector>

/// What a test script says of itself:
///
///   # expect: LINE          the next line of standard output; also at the end of a line of code
///   # expect-error: LINE    the last line on standard error; without it, nothing is expected there
///   # no-sweep: REASON      not part of the sweeps that disturb memory
struct Expectations {
  std::string output;
  std::optional<std::string> error;
  bool sweep = true;
};

Expectations expectations_of(const std::string& source);

/// The *.py below a directory, by name.
std::vector<std::string> scripts_below(const std::string& directory);
std::string read_text(const std::string& path);
/// The last line of a text, without its newline.
std::string last_line(std::string text);
