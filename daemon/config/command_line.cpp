#include "config/command_line.h"

#include <CLI/CLI.hpp>
#include <filesystem>

#include "upy/version.h"

namespace upyd {
namespace {

struct Flags {
  std::string config;
  std::vector<std::string> listen;
  std::string log_level;
  std::string files;
};

void declare(CLI::App& app, Flags& flags) {
  app.set_version_flag("--version", UPY_VERSION);
  app.add_option("--config", flags.config,
                 std::string("the config file; default ") + kDefaultConfigPath + " if it exists")
      ->type_name("FILE");
  app.add_option("--listen", flags.listen,
                 "where to listen: unix:///path/to/socket or tcp://127.0.0.1:port; may be repeated")
      ->type_name("URL");
  app.add_option("--log-level", flags.log_level, "trace, debug, info, warning or error")->type_name("LEVEL");
  app.add_option("--files", flags.files, "a directory that scripts may read, as their root")->type_name("DIR");
}

/// As upyctl has it.
constexpr int kUsageError = 2;

Config load(const std::string& path) {
  if (!path.empty()) return load_config(path);
  return std::filesystem::exists(kDefaultConfigPath) ? load_config(kDefaultConfigPath) : parse_config("", "");
}

Config apply(Config config, const Flags& flags) {
  if (!flags.listen.empty()) config.listen.clear();
  for (const std::string& url : flags.listen) config.listen.push_back(parse_listen(url));
  if (config.listen.empty()) config.listen.push_back(Address::default_for_daemon());
  if (!flags.log_level.empty()) config.log_level = flags.log_level;
  check_log_level(config.log_level);
  if (!flags.files.empty()) {
    config.files_root = flags.files;
    config.files_access = v1::FILE_ACCESS_READ;
    config.instances.set_files(v1::FILE_ACCESS_READ);
  }
  return config;
}

}  // namespace

std::optional<Config> read_command_line(int argc, const char* const* argv, int& exit_status) {
  CLI::App app("upyd hosts MicroPython-compatible interpreters and serves them over gRPC; upyctl talks to it.", "upyd");
  Flags flags;
  declare(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool is_wrong = app.exit(error) != 0;
    exit_status = is_wrong ? kUsageError : 0;
    return std::nullopt;
  }
  return apply(load(flags.config), flags);
}

}  // namespace upyd
