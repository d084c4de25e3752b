#include "cli/history_file.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace upy {

namespace {

constexpr off_t kMostBytes = 16 << 20;

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
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > kMostBytes) return lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

void write_history(const std::string& path, const std::vector<std::string>& lines) {
  struct stat status {};
  const bool is_there = stat(path.c_str(), &status) == 0;
  if (is_there && !S_ISREG(status.st_mode)) return;
  char target[PATH_MAX];  // of a link
  const std::string file = is_there && realpath(path.c_str(), target) ? target : path;
  std::string aside = file + ".XXXXXX";
  const int descriptor = mkstemp(aside.data());
  if (descriptor < 0) return;
  if (!write_lines(descriptor, lines) || std::rename(aside.c_str(), file.c_str()) != 0) unlink(aside.c_str());
}

}  // namespace upy
