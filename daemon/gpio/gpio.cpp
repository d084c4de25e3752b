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

}  // namespace

std::shared_ptr<SharedChip> Gpio::find_chip(std::string_view name) const {
  const auto chip = std::find_if(chips_.begin(), chips_.end(), [&](const auto& chip) { return chip->name() == name; });
  return chip == chips_.end() ? nullptr : *chip;
}

std::optional<LinePlace> Gpio::find(std::string_view id) const {
  if (chips_.empty()) return std::nullopt;
  for (const auto& chip : chips_) {
    if (const auto offset = chip->find_line(id)) return LinePlace{chip, *offset};
  }
  const size_t colon = id.rfind(':');
  const bool names_chip = colon != std::string_view::npos;
  const auto chip = names_chip ? find_chip(id.substr(0, colon)) : chips_.front();
  const auto offset = number(names_chip ? id.substr(colon + 1) : id);
  if (!chip || !offset || *offset >= chip->num_lines()) return std::nullopt;
  return LinePlace{chip, *offset};
}

}  // namespace upyd
