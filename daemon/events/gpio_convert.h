#pragma once

#include <grpcpp/support/status.h>

#include "gpio/shared_chip.h"
#include "upyd/v1/gpio.pb.h"

/// GPIO lines as the API has them.
namespace upyd {

void to_proto(const std::string& chip, uint32_t offset, const SharedChip::LineState& state, v1::Line& line);
void to_proto(const std::string& chip, const SharedChip::MonitoredEdge& edge, v1::Edge& proto);

/// NOT_FOUND for a line.
grpc::Status no_line(const std::string& id);

}  // namespace upyd
