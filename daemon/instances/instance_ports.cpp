#include "instances/instance_ports.h"

#include <cerrno>

#include "system/descriptors.h"

namespace upyd {
namespace {

std::unique_ptr<upy::Files> make_files(const PortParts& parts, const v1::InstanceConfig& config) {
  if (!parts.files || config.files() == v1::FILE_ACCESS_NONE) return std::make_unique<NoFiles>();
  const bool writes = config.files() == v1::FILE_ACCESS_WRITE;
  return std::make_unique<RootedFiles>(parts.files, writes ? RootedFiles::Access::Write : RootedFiles::Access::Read,
                                       config.max_files());
}

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
                             Busy& busy)
    : clock_(busy),
      files_(make_files(parts, config)),
      pins_(parts.gpio, name, parts.gpio_limit, make_grant(config.gpio()), [this] { return clock_.place(); }),
      timers_([this] { return clock_.place(); }, [&parts] { return &parts.timers; }, admit) {}

upy::Ports InstancePorts::ports(upy::Console& console, upy::Host& host) {
  return {.clock = clock_, .console = console, .files = *files_, .pins = &pins_, .timers = &timers_, .host = &host};
}

void InstancePorts::silence() {
  pins_.silence();
  timers_.silence();
}

}  // namespace upyd
