#include <malloc.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "command_line.h"
#include "daemon.h"

namespace upyd {
namespace {

/// Each thread that allocates would get an arena of its own; with a thread per instance that is memory for nothing.
void share_arenas_among_threads() {
  constexpr int kArenas = 2;
  mallopt(M_ARENA_MAX, kArenas);
}

/// Instances need descriptors, more than programs are given that may still use select(2).
void use_all_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// Logs to standard error. The journal stamps lines itself.
std::shared_ptr<spdlog::logger> make_logger(const std::string& level) {
  auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
  auto log = std::make_shared<spdlog::logger>("upyd", std::move(sink));
  log->set_pattern(std::getenv("JOURNAL_STREAM") ? "%^%l%$: %v" : "%Y-%m-%d %H:%M:%S.%e %^%l%$: %v");
  log->set_level(spdlog::level::from_str(level));
  return log;
}

int run(int argc, const char* const* argv) {
  int exit_status = 0;
  const auto config = read_command_line(argc, argv, exit_status);
  if (!config) return exit_status;
  Daemon daemon(*config, make_logger(config->log_level));
  exit_status = daemon.run();
  // Threads that do not end can't be waited for: nothing may be destroyed under them.
  if (exit_status != 0) _exit(exit_status);
  return exit_status;
}

}  // namespace
}  // namespace upyd

int main(int argc, char** argv) try {
  upyd::share_arenas_among_threads();
  upyd::use_all_descriptors();
  return upyd::run(argc, argv);
} catch (const std::exception& error) {
  std::fprintf(stderr, "upyd: %s\n", error.what());
  return 1;
}
