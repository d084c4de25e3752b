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
  std::vector<std::string> mounts;
  std::string state, instances_dir;
  bool check = false;
};

void declare(CLI::App& app, Flags& flags) {
  app.set_version_flag("--version", UPY_VERSION);
  app.add_option("--config", flags.config,
                 std::string("the config file; default ") + kDefaultConfigPath + " if it exists")
      ->type_name("FILE");
  app.add_flag("--check-config", flags.check,
               "say whether the config and what declares boards is right, and end: 0 if so, else 78");
  app.add_option("--listen", flags.listen,
                 "where to listen: unix:///path/to/socket or tls://HOST:PORT; may be repeated")
      ->type_name("URL");
  app.add_option("--log-level", flags.log_level, "trace, debug, info, warning or error")->type_name("LEVEL");
  app.add_option("--mount", flags.mounts, "mount a directory for scripts to read, as /NAME; may be repeated")
      ->type_name("/NAME=DIR");
  app.add_option("--state", flags.state, "the directory that upyd keeps its state in")->type_name("DIR");
  app.add_option("--instances-dir", flags.instances_dir, "the directory of the files NAME.toml that declare boards")
      ->type_name("DIR");
}

/// As upyctl has it.
constexpr int kUsageError = 2;

/// The file that counts; empty: there is none.
std::string config_file(const std::string& given) {
  if (!given.empty()) return given;
  return std::filesystem::exists(kDefaultConfigPath) ? kDefaultConfigPath : "";
}

std::string name_of_config(const std::string& given) {
  const std::string file = config_file(given);
  return file.empty() ? "the config without a file" : file;
}

Config load(const std::string& given) {
  const std::string file = config_file(given);
  return file.empty() ? parse_config("", "") : load_config(file);
}

/// What a flag says is not the file's to change.
Config apply(Config config, const Flags& flags) {
  if (!flags.listen.empty()) {
    config.listen.clear();
    config.settings.erase("listen");
  }
  for (const std::string& url : flags.listen) config.listen.push_back(parse_listen(url));
  for (const Address& address : config.listen) check_protection(address, config);
  if (!flags.log_level.empty()) {
    config.log_level = flags.log_level;
    config.settings.erase("log_level");
  }
  check_log_level(config.log_level);
  if (!flags.mounts.empty()) config.mounts.clear();
  for (const std::string& mount : flags.mounts) config.mounts.push_back(parse_mount(mount));
  if (!flags.mounts.empty()) config.instances.set_mounts(v1::MOUNT_ACCESS_READ);
  if (!flags.state.empty()) config.state = flags.state;
  if (!flags.instances_dir.empty()) config.instances_dir = flags.instances_dir;
  return config;
}

}  // namespace

std::optional<CommandLine> read_command_line(int argc, const char* const* argv, int& exit_status) {
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
  return CommandLine{.config = apply(load(flags.config), flags),
                     .config_name = name_of_config(flags.config),
                     .checks_only = flags.check};
}

}  // namespace upyd
