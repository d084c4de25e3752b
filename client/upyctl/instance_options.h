#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "upyd/v1/instance.pb.h"

namespace upyctl {

/// For CLI::Option::check, where no name at all means another thing than a name: an empty one is none.
CLI::Validator name_value();

/// The options that set up a new instance; what is not given is left to the daemon's defaults.
class InstanceOptions {
 public:
  /// Declares them on a command; returns them.
  std::vector<CLI::Option*> add_to(CLI::App& command);

  /// The settings given.
  upyd::v1::InstanceConfig config() const;

 private:
  std::optional<uint64_t> heap_bytes_;
  std::optional<uint64_t> stack_bytes_;
  std::optional<uint64_t> frame_bytes_;
  std::optional<uint64_t> compile_bytes_;
  std::optional<uint64_t> output_bytes_;
  std::optional<uint32_t> schedule_depth_;
  std::optional<uint32_t> mailbox_depth_;
  std::optional<uint64_t> callback_ms_;
  std::optional<uint32_t> max_files_;
  std::optional<uint32_t> cpu_weight_;
  std::vector<std::string> path_;
  std::string mounts_;
  std::optional<uint64_t> fs_bytes_;
  std::optional<uint64_t> log_bytes_;
  std::optional<uint32_t> fs_files_;
  std::vector<std::string> gpio_lines_, gpio_inputs_;
  bool no_gpio_ = false;
};

/// The limits in time of a run.
struct TimeLimits {
  std::optional<uint64_t> wall_ms;
  std::optional<uint64_t> cpu_ms;

  /// Declares their options on a command; returns them.
  std::vector<CLI::Option*> add_to(CLI::App& command);

  /// Writes those given into an InstanceConfig or a RunRequest.
  template <typename Message>
  void put_into(Message& message) const {
    if (wall_ms) message.set_wall_ms(*wall_ms);
    if (cpu_ms) message.set_cpu_ms(*cpu_ms);
  }
};

/// The options for the pseudo-terminal of a standing instance.
class TtyOptions {
 public:
  /// Declares them on a command.
  void add_to(CLI::App& command);

  /// Writes those given into the settings.
  void put_into(upyd::v1::InstanceConfig& config) const;

 private:
  bool enabled_ = false;
  std::string owner_, group_, mode_;
};

/// The options for the life of a standing instance.
class LifeOptions {
 public:
  /// Declares them on a command.
  void add_to(CLI::App& command);

  /// Writes those given into the request.
  void put_into(upyd::v1::CreateInstanceRequest& request) const;

 private:
  bool persistent_ = false;
  std::string restart_;
  std::optional<uint64_t> restart_delay_ms_, restart_delay_max_ms_, start_limit_interval_ms_;
  std::optional<uint32_t> start_limit_burst_;
};

/// Declares -O on a command: a level of optimization from 0 to 3.
void add_opt_level(CLI::App& command, std::optional<uint32_t>& level);

}  // namespace upyctl
