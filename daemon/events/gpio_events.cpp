#include "events/gpio_events.h"

#include "events/gpio_convert.h"

namespace upyd {
namespace {

v1::EdgesLost::Where to_proto(SharedChip::Loss loss) {
  switch (loss) {
    case SharedChip::Loss::Kernel:
      return v1::EdgesLost::WHERE_KERNEL;
    case SharedChip::Loss::Mailbox:
      return v1::EdgesLost::WHERE_MAILBOX;
    case SharedChip::Loss::Queue:
      return v1::EdgesLost::WHERE_QUEUE;
  }
  return v1::EdgesLost::WHERE_UNSPECIFIED;
}

}  // namespace

void GpioEvents::edge_delivered(const std::string& owner, const std::string& chip,
                                const SharedChip::MonitoredEdge& edge) {
  bus_.publish(owner, [&](v1::Event& event) { upyd::to_proto(chip, edge, *event.mutable_edge()); });
}

void GpioEvents::edges_lost(const std::string& owner, const std::string& chip, uint32_t offset, SharedChip::Loss loss,
                            uint32_t edges) {
  bus_.publish(owner, [&](v1::Event& event) {
    v1::EdgesLost& lost = *event.mutable_edges_lost();
    lost.set_chip(chip);
    lost.set_offset(offset);
    lost.set_where(to_proto(loss));
    lost.set_count(edges);
  });
}

void GpioEvents::line_changed(const std::string& owner, const std::string& chip, uint32_t offset,
                              const SharedChip::LineState& state) {
  bus_.publish(owner, [&](v1::Event& event) {
    upyd::to_proto(chip, offset, state, *event.mutable_line_changed()->mutable_line());
  });
}

void GpioEvents::chip_changed(const std::string& chip, bool is_there) {
  bus_.publish("", [&](v1::Event& event) {
    event.mutable_chip_changed()->set_chip(chip);
    event.mutable_chip_changed()->set_is_there(is_there);
  });
}

}  // namespace upyd
