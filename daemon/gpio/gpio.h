#pragma once

#include "gpio/shared_chip.h"

namespace upyd {

/// A line by its place.
struct LinePlace {
  std::shared_ptr<SharedChip> chip;
  uint32_t offset = 0;

  std::string id() const { return chip->id(offset); }
  friend auto operator<=>(const LinePlace&, const LinePlace&) = default;
};

/// All chips, in the order of the config. Any thread.
class Gpio {
 public:
  using Chips = std::vector<std::shared_ptr<SharedChip>>;
  explicit Gpio(Chips chips) : chips_(std::move(chips)) {}

  const Chips& chips() const { return chips_; }
  /// A chip by name; null if there is none.
  std::shared_ptr<SharedChip> find_chip(std::string_view name) const;
  /// A line by its place, "CHIP:OFFSET" or "CHIP:NAME", by its name, or by its offset on the first chip. Of several
  /// lines of one name it is the first. Only a place is nothing else's name as well.
  std::optional<LinePlace> find(std::string_view id) const;
  /// A line of the first chip.
  std::optional<LinePlace> find(int64_t offset) const;

 private:
  const Chips chips_;
};

}  // namespace upyd
