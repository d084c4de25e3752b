#pragma once

#include <map>

#include "line_grant.h"
#include "sim_gpio.h"

namespace upyd {

/// The GPIO lines of an instance, on simulated chips. A line that it has already requested is the same handle again,
/// with the new settings. Whatever it still holds is released by the destructor. The instance's thread only.
class SimPins final : public upy::Pins {
 public:
  /// `owner` is the instance's name.
  SimPins(SimGpio& gpio, std::string owner, LineGrant grant);
  ~SimPins() override;

  upy::PortError request(const std::string& id, const upy::PinConfig& config, Handle& handle) override;
  upy::PortError configure(Handle handle, const upy::PinConfig& config) override;
  upy::PortError read(Handle handle, int& level) override;
  upy::PortError write(Handle handle, int level) override;
  upy::PortError watch(Handle handle, int edges, uint32_t token, upy::EventSink& sink) override;
  void release(Handle handle) override;
  std::string name(Handle handle) override;

  /// Ends all watches: when this returns, no event comes any more.
  void silence();

 private:
  SimGpio& gpio_;
  const std::string owner_;
  const LineGrant grant_;
  std::map<LineRef, Handle> handles_;  // claims
};

}  // namespace upyd
