#include "instances/instance_ports.h"

#include <cerrno>
#include <utility>

#include "system/descriptors.h"

namespace upyd {
namespace {

LineGrant make_grant(const v1::GpioGrant& grant) {
  return LineGrant({grant.lines().begin(), grant.lines().end()}, {grant.inputs().begin(), grant.inputs().end()});
}

/// As KernelTimers::Admission.
upy::PortError admit(int descriptor) {
  if (descriptor < 0) return {errno, kNoDescriptorLeft};
  if (is_kept_back(descriptor, DescriptorUse::Script)) return {EMFILE, kNoDescriptorLeft};
  return {};
}

}  // namespace

InstancePorts::InstancePorts(const PortParts& parts, const std::string& name, const v1::InstanceConfig& config,
                             std::shared_ptr<FileView> files, Busy& busy, std::function<void()> watchdog_expired)
    : clock_(busy),
      files_(std::move(files), config.max_files()),
      pins_(parts.gpio, name, parts.gpio_limit, make_grant(config.gpio()), [this] { return clock_.poll_set(); }),
      timers_([this] { return clock_.poll_set(); }, [&parts] { return &parts.timers; }, admit),
      watchdog_([&parts] { return &parts.timers; }, admit, std::move(watchdog_expired)),
      heap_memory_(parts.budgets.memory.account(config.owner())),
      compile_memory_(parts.budgets.compile_memory.account(config.owner())) {}

upy::Ports InstancePorts::ports(upy::Console& console, upy::Host& host) {
  return {.clock = clock_,
          .console = console,
          .files = files_,
          .pins = &pins_,
          .timers = &timers_,
          .watchdog = &watchdog_,
          .host = &host,
          .heap_memory = &heap_memory_,
          .compile_memory = &compile_memory_};
}

void InstancePorts::stop_events() {
  pins_.stop_events();
  timers_.stop_events();
  watchdog_.stop_events();
}

}  // namespace upyd
