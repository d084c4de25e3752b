#include "support/expectations.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

/// What follows `mark` in the line, without the one blank behind it.
std::optional<std::string> after(const std::string& line, const std::string& mark) {
  size_t at = line.find(mark);
  if (at == line.npos) return {};
  at += mark.size();
  return line.substr(at < line.size() && line[at] == ' ' ? at + 1 : at);
}

}  // namespace

Expectations expectations_of(const std::string& source) {
  Expectations expected;
  std::istringstream lines(source);
  for (std::string line; std::getline(lines, line);) {
    if (auto text = after(line, "# expect:")) expected.output += *text + "\n";
    if (auto text = after(line, "# expect-error:")) expected.error = text;
    if (after(line, "# no-sweep:")) expected.sweep = false;
  }
  return expected;
}

std::vector<std::string> scripts_below(const std::string& directory) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    std::filesystem::path path = entry.path();
    bool helper = path.string().find("/modules/") != std::string::npos;  // imported by scripts
    if (path.extension() == ".py" && !helper) paths.push_back(path.string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string last_line(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  size_t newline = text.rfind('\n');
  return newline == text.npos ? text : text.substr(newline + 1);
}
