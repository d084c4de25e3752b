#include "config/settings.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "access/identity.h"
#include "system/thread.h"

namespace upyd {
namespace {

using google::protobuf::FieldDescriptor;

constexpr uint64_t kDayMs = 24ull * 3600 * 1000;
constexpr uint64_t kLongestMs = 366 * kDayMs;

const FieldDescriptor& descriptor(const NumericSetting& setting) {
  return *v1::InstanceConfig::descriptor()->FindFieldByName(setting.range.setting);
}

constexpr uint32_t kTtyMode = 0660, kMostTtyMode = 0777;

constexpr int kMostEntries = 1024;        // each is looked at when a file is imported or a line is asked for
constexpr size_t kMostBytes = 16u << 10;  // whoever lists the instances gets those of all

std::optional<std::string> find_long_list(const v1::InstanceConfig& config) {
  for (const auto& [field, entries] :
       {std::pair("path", &config.path()), std::pair("gpio.lines", &config.gpio().lines()),
        std::pair("gpio.inputs", &config.gpio().inputs())}) {
    const size_t bytes = std::accumulate(entries->begin(), entries->end(), size_t{0},
                                         [](size_t sum, const std::string& entry) { return sum + entry.size(); });
    if (entries->size() <= kMostEntries && bytes <= kMostBytes) continue;
    return std::string(field) + " has " + std::to_string(entries->size()) + " entries of " + std::to_string(bytes) +
           " bytes together; it may have " + std::to_string(kMostEntries) + " of " + std::to_string(kMostBytes);
  }
  return std::nullopt;
}

std::string range(const NumericSetting& setting, uint64_t most) {
  std::string text = setting.range.power_of_two ? "a power of two from " : "from ";
  text += std::to_string(setting.range.least) + " to " + std::to_string(most);
  return setting.zero == Zero::Unlimited && most == setting.range.most ? text + ", or 0 for no limit" : text;
}

bool in_range(const NumericSetting& setting, uint64_t value, uint64_t most) {
  if (setting.zero == Zero::Unlimited && value == 0) return most == setting.range.most;
  return setting.range.contains(value) && value <= most;
}

}  // namespace

std::span<const NumericSetting> numeric_settings() {
  static const upy::Config core;
  static const std::array<NumericSetting, 20> settings{{
      {upy::Config::kHeapBytes, core.heap_bytes},
      {upy::Config::kStackBytes, core.stack_bytes},
      {upy::Config::kFrameBytes, core.frame_bytes},
      {upy::Config::kCompileBytes, core.compile_bytes},
      {{"wall_ms", 1, kLongestMs}, 0, Zero::Unlimited},
      {{"cpu_ms", 1, kLongestMs}, 0, Zero::Unlimited},
      {{"callback_ms", 1, kLongestMs}, 10'000, Zero::Unlimited},
      {{"max_files", 1, 65536}, 64},
      {{"fs_bytes", 0, uint64_t{1} << 40}, 16u << 20},
      {{"fs_files", 0, 10'000'000}, 4096},
      {{"output_bytes", 4u << 10, 64u << 20}, 256u << 10},
      {{"log_bytes", 0, 64u << 20}, 32u << 10},
      {{"restart_delay_ms", 0, kDayMs}, 1000},
      {{"restart_delay_max_ms", 0, kDayMs}, 60'000},
      {{"start_limit_burst", 1, 1'000'000}, 5, Zero::Unlimited},
      {{"start_limit_interval_ms", 1, kDayMs}, 300'000},
      {upy::Config::kScheduleDepth, core.schedule_depth},
      {upy::Config::kMailboxDepth, core.mailbox_depth},
      {{"opt_level", 0, 3}, static_cast<uint64_t>(core.opt_level)},
      {{"cpu_weight", 1, Thread::kFullWeight}, Thread::kFullWeight},
  }};
  return settings;
}

uint64_t get(const v1::InstanceConfig& config, const NumericSetting& setting) {
  const FieldDescriptor& field = descriptor(setting);
  const auto* reflection = config.GetReflection();
  return field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32 ? reflection->GetUInt32(config, &field)
                                                             : reflection->GetUInt64(config, &field);
}

void set(v1::InstanceConfig& config, const NumericSetting& setting, uint64_t value) {
  const FieldDescriptor& field = descriptor(setting);
  const auto* reflection = config.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
    reflection->SetUInt32(&config, &field, static_cast<uint32_t>(value));
  } else {
    reflection->SetUInt64(&config, &field, value);
  }
}

bool is_set(const v1::InstanceConfig& config, const NumericSetting& setting) {
  return config.GetReflection()->HasField(config, &descriptor(setting));
}

v1::InstanceConfig initial_settings() {
  v1::InstanceConfig config;
  for (const NumericSetting& setting : numeric_settings()) set(config, setting, setting.initial);
  for (const std::string& entry : upy::Config().path) config.add_path(entry);
  config.set_mounts(v1::MOUNT_ACCESS_NONE);
  config.mutable_gpio();
  config.set_restart(v1::RESTART_POLICY_NO);
  config.mutable_tty()->set_enabled(false);
  config.mutable_tty()->set_owner("");
  config.mutable_tty()->set_group("");
  config.mutable_tty()->set_mode(kTtyMode);
  config.set_owner(Identity{Identity::Kind::User, geteuid()}.name());
  return config;
}

v1::InstanceConfig merge(const v1::InstanceConfig& defaults, const v1::InstanceConfig& request) {
  v1::InstanceConfig merged = defaults;
  if (request.path_size() > 0) merged.clear_path();
  if (request.has_gpio()) merged.clear_gpio();
  merged.MergeFrom(request);
  return merged;
}

std::pair<uint64_t, uint64_t> range_of(const std::string& name, const v1::InstanceConfig& maxima) {
  const auto settings = numeric_settings();
  const NumericSetting& setting = *std::find_if(settings.begin(), settings.end(),
                                                [&](const NumericSetting& each) { return each.range.setting == name; });
  const bool is_bounded = is_set(maxima, setting);
  return {setting.zero == Zero::Unlimited && !is_bounded ? 0 : setting.range.least,
          is_bounded ? get(maxima, setting) : setting.range.most};
}

std::optional<std::string> find_fault(const v1::InstanceConfig& config, const v1::InstanceConfig& maxima) {
  for (const NumericSetting& setting : numeric_settings()) {
    const uint64_t most = is_set(maxima, setting) ? get(maxima, setting) : setting.range.most;
    const uint64_t value = get(config, setting);
    if (in_range(setting, value, most)) continue;
    return std::string(setting.range.setting) + " is " + std::to_string(value) + "; it must be " + range(setting, most);
  }
  if (!v1::MountAccess_IsValid(config.mounts())) return "mounts is no MountAccess; use a value of that enum";
  if (!v1::RestartPolicy_IsValid(config.restart())) return "restart is no RestartPolicy; use a value of that enum";
  if (config.tty().mode() > kMostTtyMode) return "tty.mode has more bits than those of permissions, 0777";
  return find_long_list(config);
}

upy::Config core_config(const v1::InstanceConfig& config) {
  upy::Config core;
  core.heap_bytes = config.heap_bytes();
  core.stack_bytes = config.stack_bytes();
  core.frame_bytes = config.frame_bytes();
  core.compile_bytes = config.compile_bytes();
  core.schedule_depth = static_cast<uint16_t>(config.schedule_depth());
  core.mailbox_depth = static_cast<uint16_t>(config.mailbox_depth());
  core.opt_level = static_cast<int>(config.opt_level());
  core.path.assign(config.path().begin(), config.path().end());
  return core;
}

}  // namespace upyd
