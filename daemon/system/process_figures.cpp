#include "system/process_figures.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace upyd {
namespace {

namespace fs = std::filesystem;

void read_stat(ProcessFigures& figures) {
  std::string line;
  std::getline(std::ifstream("/proc/self/stat"), line);
  // Fields are separated by blanks; the second, the name in parentheses, may have some itself.
  constexpr int kFieldAfterName = 3, kThreads = 20, kVirtualBytes = 23, kResidentPages = 24;
  std::istringstream fields(line.substr(std::min(line.size(), line.rfind(')') + 1)));
  std::string field;
  for (int number = kFieldAfterName; number <= kResidentPages && fields >> field; ++number) {
    if (number == kThreads) figures.threads = static_cast<uint32_t>(std::strtoul(field.c_str(), nullptr, 10));
    if (number == kVirtualBytes) figures.virtual_bytes = std::strtoull(field.c_str(), nullptr, 10);
    if (number == kResidentPages) {
      const auto page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
      figures.resident_bytes = std::strtoull(field.c_str(), nullptr, 10) * page;
    }
  }
}

/// The directory's size is their number since Linux 6.2; before, it is 0.
uint64_t open_files() {
  constexpr const char* kDirectory = "/proc/self/fd";
  struct stat status {};
  if (stat(kDirectory, &status) == 0 && status.st_size > 0) return static_cast<uint64_t>(status.st_size);
  std::error_code error;
  const auto count = std::distance(fs::directory_iterator(kDirectory, error), fs::directory_iterator());
  return error ? 0 : static_cast<uint64_t>(count) - 1;  // one is the look itself
}

}  // namespace

ProcessFigures process_figures() {
  constexpr int64_t kNsPerS = 1'000'000'000;
  ProcessFigures figures;
  read_stat(figures);
  timespec cpu{};
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu) == 0) figures.cpu_ns = cpu.tv_sec * kNsPerS + cpu.tv_nsec;
  figures.open_files = open_files();
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) figures.max_open_files = limit.rlim_cur;
  return figures;
}

}  // namespace upyd
