#include "upyctl/instance_options.h"

#include <map>

#include "upyctl/values.h"

namespace upyctl {
namespace {

constexpr const char* kGroup = "Options of the instance";

const std::map<std::string, upyd::v1::MountAccess>& accesses() {
  static const std::map<std::string, upyd::v1::MountAccess> names = {{"none", upyd::v1::MOUNT_ACCESS_NONE},
                                                                     {"read", upyd::v1::MOUNT_ACCESS_READ},
                                                                     {"write", upyd::v1::MOUNT_ACCESS_WRITE}};
  return names;
}

const std::map<std::string, upyd::v1::RestartPolicy>& policies() {
  static const std::map<std::string, upyd::v1::RestartPolicy> names = {
      {"no", upyd::v1::RESTART_POLICY_NO},
      {"on-failure", upyd::v1::RESTART_POLICY_ON_FAILURE},
      {"always", upyd::v1::RESTART_POLICY_ALWAYS}};
  return names;
}

}  // namespace

CLI::Validator name_value() {
  const auto check = [](const std::string& text) -> std::string {
    return text.empty() ? "the name of an instance can't be empty; leave it out to have upyd make one" : "";
  };
  return CLI::Validator(check, "");
}

std::vector<CLI::Option*> InstanceOptions::add_to(CLI::App& command) {
  std::vector<CLI::Option*> options;
  auto add = [&](const char* name, auto& value, const char* type, const char* help) {
    options.push_back(command.add_option(name, value, help)->type_name(type)->group(kGroup));
    return options.back();
  };
  add("--heap", heap_bytes_, "SIZE", "Limit of its heap, e.g. 64k, 4m")->transform(size_value());
  add("--stack", stack_bytes_, "SIZE", "Limit of its native stack")->transform(size_value());
  add("--frames", frame_bytes_, "SIZE", "Limit of its stack of Python frames")->transform(size_value());
  add("--compile", compile_bytes_, "SIZE", "Limit of what compiling takes besides its heap")->transform(size_value());
  add("--output", output_bytes_, "SIZE", "Output that may wait to be read")->transform(size_value());
  add("--log", log_bytes_, "SIZE", "Output that is kept for upyctl logs")->transform(size_value());
  add("--schedule", schedule_depth_, "N", "Callbacks that may wait to run, a power of two")
      ->transform(number_value<uint32_t>());
  add("--mailbox", mailbox_depth_, "N", "Events that may wait, a power of two")->transform(number_value<uint32_t>());
  add("--callback", callback_ms_, "TIME", "Kill a callback between runs that takes longer, e.g. 500ms; 0s: never")
      ->transform(time_value());
  add("--max-files", max_files_, "N", "Files and directories that it may have open")
      ->transform(number_value<uint32_t>());
  add("--fs-bytes", fs_bytes_, "SIZE", "Bytes that its own files may hold, e.g. 64m")->transform(size_value());
  add("--fs-files", fs_files_, "N", "Files and directories that its own tree may hold")
      ->transform(number_value<uint32_t>());
  add("--cpu-weight", cpu_weight_, "N", "Its share of the CPU among busy instances, 1 to 100")
      ->transform(number_value<uint32_t>());
  add("--path", path_, "DIR", "An entry of sys.path; may be repeated")->allow_extra_args(false);
  add("--mounts", mounts_, "ACCESS", "Its access to mounted directories of the host: none, read or write")
      ->transform(word_value(accesses()));
  CLI::Option* gpio =
      add("--gpio", gpio_lines_, "PATTERN", "GPIO lines it may use: 'gpiochip0:*', LED; may be repeated");
  gpio->allow_extra_args(false);
  add("--gpio-input", gpio_inputs_, "PATTERN", "Further GPIO lines, to be read and watched only; may be repeated")
      ->allow_extra_args(false);
  options.push_back(command.add_flag("--no-gpio", no_gpio_, "It may use no GPIO line")->group(kGroup)->excludes(gpio));
  return options;
}

upyd::v1::InstanceConfig InstanceOptions::config() const {
  upyd::v1::InstanceConfig config;
  if (heap_bytes_) config.set_heap_bytes(*heap_bytes_);
  if (stack_bytes_) config.set_stack_bytes(*stack_bytes_);
  if (frame_bytes_) config.set_frame_bytes(*frame_bytes_);
  if (compile_bytes_) config.set_compile_bytes(*compile_bytes_);
  if (output_bytes_) config.set_output_bytes(*output_bytes_);
  if (log_bytes_) config.set_log_bytes(*log_bytes_);
  if (schedule_depth_) config.set_schedule_depth(*schedule_depth_);
  if (mailbox_depth_) config.set_mailbox_depth(*mailbox_depth_);
  if (callback_ms_) config.set_callback_ms(*callback_ms_);
  if (cpu_weight_) config.set_cpu_weight(*cpu_weight_);
  if (max_files_) config.set_max_files(*max_files_);
  for (const std::string& directory : path_) config.add_path(directory);
  if (!mounts_.empty()) config.set_mounts(accesses().at(mounts_));
  if (fs_bytes_) config.set_fs_bytes(*fs_bytes_);
  if (fs_files_) config.set_fs_files(*fs_files_);
  if (no_gpio_) config.mutable_gpio();
  for (const std::string& pattern : gpio_lines_) config.mutable_gpio()->add_lines(pattern);
  for (const std::string& pattern : gpio_inputs_) config.mutable_gpio()->add_inputs(pattern);
  return config;
}

std::vector<CLI::Option*> TimeLimits::add_to(CLI::App& command) {
  CLI::Option* wall =
      command.add_option("--wall", wall_ms, "Kill a run that takes longer, e.g. 500ms, 10s, 5m; 0s: never");
  CLI::Option* cpu = command.add_option("--cpu", cpu_ms, "Kill a run that uses more CPU time; 0s: never");
  for (CLI::Option* option : {wall, cpu}) option->type_name("TIME")->transform(time_value());
  return {wall, cpu};
}

void TtyOptions::add_to(CLI::App& command) {
  CLI::Option* tty = command.add_flag("--tty", enabled_, "Give it a pseudo-terminal, as boards have a serial port");
  auto add = [&](const char* name, std::string& value, const char* type, const char* help) {
    return command.add_option(name, value, help)->type_name(type)->needs(tty);
  };
  add("--tty-owner", owner_, "USER", "Whose that is; else that of upyd's user");
  add("--tty-group", group_, "GROUP", "And of which group; else upyd's own");
  add("--tty-mode", mode_, "MODE", "Its permissions, e.g. 0600")->transform(permissions_value());
}

void TtyOptions::put_into(upyd::v1::InstanceConfig& config) const {
  if (!enabled_) return;
  config.mutable_tty()->set_enabled(true);
  if (!owner_.empty()) config.mutable_tty()->set_owner(owner_);
  if (!group_.empty()) config.mutable_tty()->set_group(group_);
  if (!mode_.empty()) config.mutable_tty()->set_mode(static_cast<uint32_t>(std::stoul(mode_, nullptr, 8)));
}

void LifeOptions::add_to(CLI::App& command) {
  CLI::Option* persistent =
      command.add_flag("--persistent", persistent_, "Have upyd keep it, and start it whenever it starts itself");
  command.add_option("--restart", restart_, "When main.py has ended: no, on-failure or always; of a persistent one")
      ->type_name("POLICY")
      ->transform(word_value(policies()))
      ->needs(persistent);
  const auto add_time = [&](const char* name, std::optional<uint64_t>& value, const char* help) {
    command.add_option(name, value, help)->type_name("TIME")->transform(time_value());
  };
  add_time("--restart-delay", restart_delay_ms_,
           "Wait before the first restart, twice as long before each further one");
  add_time("--restart-delay-max", restart_delay_max_ms_, "And this long at most");
  command.add_option("--start-limit", start_limit_burst_, "Failures until it is left failed; 0: no limit")
      ->transform(number_value<uint32_t>())
      ->type_name("N");
  add_time("--start-limit-interval", start_limit_interval_ms_, "Forget failures when it was up for this long");
}

void LifeOptions::put_into(upyd::v1::CreateInstanceRequest& request) const {
  request.set_persistent(persistent_);
  upyd::v1::InstanceConfig& config = *request.mutable_config();
  if (!restart_.empty()) config.set_restart(policies().at(restart_));
  if (restart_delay_ms_) config.set_restart_delay_ms(*restart_delay_ms_);
  if (restart_delay_max_ms_) config.set_restart_delay_max_ms(*restart_delay_max_ms_);
  if (start_limit_burst_) config.set_start_limit_burst(*start_limit_burst_);
  if (start_limit_interval_ms_) config.set_start_limit_interval_ms(*start_limit_interval_ms_);
}

void add_opt_level(CLI::App& command, std::optional<uint32_t>& level) {
  command.add_option("-O", level, "Level of optimization, as micropython.opt_level")
      ->transform(number_value(0, 3))
      ->type_name("0-3");
}

}  // namespace upyctl
