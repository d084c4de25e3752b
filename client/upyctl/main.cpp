#include <malloc.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "upyctl/cli.h"
#include "upyctl/terminal.h"
#include "upyd/standard_descriptors.h"

namespace {

/// Files are copied in pieces that glibc's allocator would give back to the system, and fetch again, one by one.
void keep_freed_memory() {
  constexpr int kBytes = 16 << 20;
  mallopt(M_TRIM_THRESHOLD, kBytes);
  mallopt(M_MMAP_THRESHOLD, kBytes);
}

/// What goes wrong upyctl says in its own words; gRPC's lines would stand between them.
void silence_grpc() {
  constexpr int kKeep = 0;
  setenv("GRPC_VERBOSITY", "NONE", kKeep);
}

}  // namespace

int main(int argc, char** argv) {
  keep_freed_memory();
  silence_grpc();
  const upyctl::Terminal terminal(STDOUT_FILENO, STDERR_FILENO);
  return upyctl::run_command_line(std::vector<std::string>(argv + 1, argv + argc), terminal);
}
