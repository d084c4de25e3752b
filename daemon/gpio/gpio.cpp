#include "gpio/gpio.h"

#include <algorithm>
#include <charconv>

namespace upyd {
namespace {

std::optional<uint32_t> number(std::string_view digits) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// A line of a chip by its offset or its name.
std::optional<LinePlace> find_on(const std::shared_ptr<SharedChip>& chip, std::string_view id) {
  auto offset = number(id);
  if (!offset || *offset >= chip->num_lines()) offset = chip->find_line(id);
  if (!offset) return std::nullopt;
  return LinePlace{chip, *offset};
}

}  // namespace

std::shared_ptr<SharedChip> Gpio::find_chip(std::string_view name) const {
  const auto chip = std::find_if(chips_.begin(), chips_.end(), [&](const auto& chip) { return chip->name() == name; });
  return chip == chips_.end() ? nullptr : *chip;
}

std::optional<LinePlace> Gpio::find(std::string_view id) const {
  for (const auto& chip : chips_) {
    const std::string prefix = chip->name() + ':';
    const auto place = id.starts_with(prefix) ? find_on(chip, id.substr(prefix.size())) : std::nullopt;
    if (place) return place;
  }
  for (const auto& chip : chips_) {
    if (const auto offset = chip->find_line(id)) return LinePlace{chip, *offset};
  }
  return chips_.empty() ? std::nullopt : find_on(chips_.front(), id);
}

std::optional<LinePlace> Gpio::find(int64_t offset) const {
  if (chips_.empty() || offset < 0 || offset >= chips_.front()->num_lines()) return std::nullopt;
  return LinePlace{chips_.front(), static_cast<uint32_t>(offset)};
}

}  // namespace upyd
