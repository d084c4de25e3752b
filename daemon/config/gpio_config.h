#pragma once

#include <spdlog/fwd.h>

#include <optional>

#include "gpio/gpio.h"
#include "gpio/line_grant.h"
#include "posix/poll_set.h"
#include "reactor/reactor.h"
#include "upyd/settings/config_section.h"

namespace upyd {

/// The GPIO part of the daemon's config.
struct GpioConfig {
  std::vector<std::string> chips;   ///< of the kernel, as KernelChip takes them
  std::vector<ChipInfo> simulated;  ///< what there is besides
  LineGrant limit;                  ///< the most that instances and clients may do with lines
  AtEndRules at_end;
};

/// Reads the section [gpio]; without one, or if it names no chip at all, there is one simulated chip. Throws
/// ConfigError.
GpioConfig parse_gpio_config(std::optional<ConfigSection> section);

/// Makes the chips, the kernel's first. The log tells of one that can't be opened now. Edges are waited for at `set`,
/// and for chips that come and go; it and the reactor must outlive the chips.
Gpio::Chips make_chips(const GpioConfig& config, upy::PollSet& set, Reactor& reactor, SharedChip::Observer& observer,
                       spdlog::logger& log);

}  // namespace upyd
