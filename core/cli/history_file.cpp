#include "cli/history_file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace upy {

namespace {

bool write_lines(int descriptor, const std::vector<std::string>& lines) {
  std::FILE* file = fdopen(descriptor, "w");
  if (!file) {
    close(descriptor);
    return false;
  }
  for (const std::string& line : lines) std::fprintf(file, "%s\n", line.c_str());
  const bool failed = std::ferror(file) != 0;
  return std::fclose(file) == 0 && !failed;
}

}  // namespace

std::string history_path() {
  const char* home = std::getenv("HOME");
  return home && *home ? std::string(home) + "/.upy_history" : "";
}

std::vector<std::string> read_history(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

void write_history(const std::string& path, const std::vector<std::string>& lines) {
  std::string aside = path + ".XXXXXX";
  const int descriptor = mkstemp(aside.data());
  if (descriptor < 0) return;
  if (!write_lines(descriptor, lines) || std::rename(aside.c_str(), path.c_str()) != 0) unlink(aside.c_str());
}

}  // namespace upy
