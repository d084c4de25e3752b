#include <malloc.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "boards/declarations.h"
#include "config/command_line.h"
#include "daemon.h"
#include "reactor/service_manager.h"
#include "system/journal_stream.h"
#include "system/library_log.h"
#include "system/thread.h"
#include "tls/tls_context.h"
#include "upyd/escaped_text.h"
#include "upyd/standard_descriptors.h"

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

/// A reader of the log that is gone, and a file that may not grow any more, are errors of who writes: no reason to end.
/// Nor is a terminal that is gone, which the daemon says in the log once it runs.
void take_errors_as_such() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGHUP, SIG_IGN);
}

/// What is logged, with what scripts and clients chose in it, as escaped.
class EscapedMessage final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& text) override {
    const std::string shown = escaped({message.payload.data(), message.payload.size()});
    text.append(shown.data(), shown.data() + shown.size());
  }
  std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<EscapedMessage>(); }
};

/// Logs to standard error. The journal stamps lines itself.
std::shared_ptr<spdlog::logger> make_logger(const std::string& level) {
  auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
  auto log = std::make_shared<spdlog::logger>("upyd", std::move(sink));
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<EscapedMessage>('*').set_pattern(logs_to_journal() ? "%^%l%$: %*"
                                                                         : "%Y-%m-%d %H:%M:%S.%e %^%l%$: %*");
  log->set_formatter(std::move(formatter));
  log->set_level(spdlog::level::from_str(level));
  return log;
}

/// It could serve nobody.
void check_threads() {
  if (are_threads_left(kGrpcThreads)) return;
  throw std::runtime_error("the system gives too few threads: upyd needs " + std::to_string(kGrpcThreads) +
                           ", and one for each instance; see TasksMax= of its service, or ulimit -u");
}

/// Whether what there is to be right with it is.
bool check_tls(const Config& config) {
  if (!config.tls) return true;
  const std::vector<std::string> faults = TlsContext(*config.tls).faults_now();
  for (const std::string& fault : faults) std::fprintf(stderr, "upyd: %s\n", fault.c_str());
  return faults.empty();
}

/// The exit status.
int check(const CommandLine& command) {
  const Declarations declared = read_declarations(command.config);
  for (const auto& [name, fault] : declared.faults) std::fprintf(stderr, "upyd: %s\n", fault.c_str());
  if (!declared.faults.empty() || !check_tls(command.config)) return EX_CONFIG;
  std::printf("%s is right\n", command.config_name.c_str());
  return 0;
}

int run(int argc, const char* const* argv) {
  int exit_status = 0;
  const auto command = read_command_line(argc, argv, exit_status);
  if (!command) return exit_status;
  if (command->checks_only) return check(*command);
  const auto log = make_logger(command->config.log_level);
  route_library_logs(log);
  check_threads();
  const auto read_again = [argc, argv] {
    int ignored = 0;
    return read_command_line(argc, argv, ignored)->config;
  };
  Daemon daemon(command->config, read_again, log);
  exit_status = daemon.run();
  // Threads that do not end can't be waited for: nothing may be destroyed under them.
  if (exit_status != 0) _exit(exit_status);
  return exit_status;
}

int fail(const std::exception& error, int exit_status) {
  std::fprintf(stderr, "upyd: %s\n", error.what());
  ServiceManager::failed(error.what());
  return exit_status;
}

}  // namespace
}  // namespace upyd

int main(int argc, char** argv) try {
  upyd::share_arenas_among_threads();
  upyd::use_all_descriptors();
  upyd::take_errors_as_such();
  return upyd::run(argc, argv);
} catch (const upyd::ConfigError& error) {
  return upyd::fail(error, EX_CONFIG);
} catch (const std::exception& error) {
  return upyd::fail(error, EXIT_FAILURE);
}
