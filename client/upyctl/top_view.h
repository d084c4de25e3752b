#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "upyctl/text.h"
#include "upyd/v1/daemon.pb.h"
#include "upyd/v1/instance.pb.h"

namespace upyctl {

/// What `top` asks the daemon for, over and over.
struct TopSample {
  int64_t time_ns = 0;  ///< of a clock that only goes on
  upyd::v1::Status status;
  std::vector<upyd::v1::Instance> instances;
};

/// What the instances are sorted by; the largest first, names in their order.
enum class TopOrder : uint8_t { Cpu, Heap, Callbacks, Drops, Name };

/// The orders by the names that users give them.
const std::map<std::string, TopOrder>& top_orders();
/// The order that a key chooses.
std::optional<TopOrder> top_order_of(char key);

/// The picture of what happened between two samples: a line about the daemon, the headings, the instances. Columns that
/// there is no room for are left out, the least important first; of rows, the last. Each line fits the size, and has a
/// newline at its end but the last.
std::string top_picture(const TopSample& before, const TopSample& now, TopOrder order, TextSize size);

}  // namespace upyctl
