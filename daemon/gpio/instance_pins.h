#pragma once

#include <map>

#include "gpio/gpio.h"
#include "gpio/line_grant.h"

namespace upyd {

/// The GPIO lines of an instance. A line that it has already requested is the same handle again, with the new settings.
/// Whatever it still holds is released by the destructor. The instance's thread only.
class InstancePins final : public upy::Pins {
 public:
  /// `owner` is the instance's name. It may use what both grants allow. `place` is where its thread waits, for edges
  /// too; it must outlive the pins.
  InstancePins(const Gpio& gpio, std::string owner, LineGrant limit, LineGrant own, upy::PollSetGetter poll_set);
  ~InstancePins() override;

  upy::PortError request(const Id& id, const upy::PinConfig& config, Handle& handle) override;
  upy::PortError configure(Handle handle, const upy::PinConfig& config) override;
  upy::PortError read(Handle handle, int& level) override;
  upy::PortError write(Handle handle, int level) override;
  upy::PortError watch(Handle handle, int edges, upy::EventToken token, upy::EventSink& sink) override;
  void count_dropped(Handle handle, uint32_t edges) override;
  uint64_t dropped(Handle handle) override;
  void release(Handle handle) override;
  std::string name(Handle handle) override;

  /// Ends all watches: when this returns, no event comes any more.
  void stop_events();

 private:
  struct Held {
    LinePlace line;
    LineAccess access;
    SharedChip::Claim claim;
  };

  LineAccess access_to(const LinePlace& line) const;
  static upy::PortError check(const LinePlace& line, LineAccess access, const upy::PinConfig& config);

  const Gpio& gpio_;
  const std::string owner_;
  const LineGrant limit_, own_;
  const upy::PollSetGetter poll_set_;
  std::map<Handle, Held> held_;
  Handle last_handle_ = 0;
};

}  // namespace upyd
