#pragma once

#include "events/event_bus.h"
#include "gpio/shared_chip.h"

namespace upyd {

/// What is told of GPIO lines on the daemon's event bus.
class GpioEvents final : public SharedChip::Observer {
 public:
  /// `bus` must outlive it.
  explicit GpioEvents(EventBus& bus) : bus_(bus) {}

  bool is_watched() const override { return bus_.is_watched(); }
  void edge_delivered(const std::string& owner, const std::string& chip,
                      const SharedChip::MonitoredEdge& edge) override;
  void edges_lost(const std::string& owner, const std::string& chip, uint32_t offset, SharedChip::Loss loss,
                  uint32_t edges) override;
  void line_changed(const std::string& owner, const std::string& chip, uint32_t offset,
                    const SharedChip::LineState& state) override;
  void chip_changed(const std::string& chip, bool is_there) override;

 private:
  EventBus& bus_;
};

}  // namespace upyd
