#include "config/gpio_config.h"

#include <spdlog/logger.h>

#include "gpio/device_watch.h"
#include "gpio/kernel_chip.h"
#include "reactor/clock.h"

namespace upyd {
namespace {

constexpr uint32_t kInitialLines = 32;
constexpr uint64_t kMostLines = 1024;

ChipInfo initial_chip() {
  return {.name = "gpiochip0", .label = "upyd simulator", .line_names = std::vector<std::string>(kInitialLines)};
}

void read_line_names(const ConfigSection& names, ChipInfo& chip) {
  for (const auto& [name, node] : names.table()) {
    const uint64_t offset = names.number(node, name.str(), 0, chip.line_names.size() - 1);
    chip.line_names[offset] = name.str();
  }
}

ChipInfo parse_simulated_chip(ConfigSection section) {
  ChipInfo chip = initial_chip();
  uint32_t lines = kInitialLines;
  section.read("name", chip.name);
  section.read("label", chip.label);
  section.read("lines", lines, 1, kMostLines);
  chip.line_names.resize(lines);
  if (const auto names = section.section("names")) read_line_names(*names, chip);
  section.finish();
  return chip;
}

/// `names` are those of other chips.
std::vector<ChipInfo> parse_simulated(ConfigSection& section, std::set<std::string> names) {
  const toml::node* node = section.find("simulated");
  if (!node) return {};
  if (!node->is_array_of_tables()) section.fail(*node, "write each simulated chip as a table [[gpio.simulated]]");
  std::vector<ChipInfo> chips;
  for (const toml::node& chip : *node->as_array()) {
    chips.push_back(parse_simulated_chip(ConfigSection(*chip.as_table(), "gpio.simulated", section.file())));
    if (!names.insert(chips.back().name).second) {
      section.fail(chip, "two chips are called '" + chips.back().name + "'");
    }
  }
  return chips;
}

std::set<std::string> names_of(const std::vector<std::string>& devices) {
  std::set<std::string> names;
  for (const std::string& device : devices) names.insert(KernelChip::name_of(device));
  return names;
}

AtEnd parse_at_end(const ConfigSection& section, const toml::node& node, std::string_view line) {
  const std::string text = section.text(node, line);
  if (text == "release") return AtEnd::Release;
  if (text == "keep") return AtEnd::Keep;
  if (text == "low") return AtEnd::Low;
  if (text == "high") return AtEnd::High;
  section.fail(node, "'gpio.at_end." + std::string(line) + R"(' must be "release", "keep", "low" or "high")");
}

AtEndRules parse_at_end_rules(ConfigSection& section) {
  AtEndRules rules;
  if (const auto table = section.section("at_end")) {
    for (const auto& [line, node] : table->table())
      rules[std::string(line.str())] = parse_at_end(*table, node, line.str());
  }
  return rules;
}

/// Has the chips looked at when devices come and go.
void look_out_for(const Gpio::Chips& chips, upy::PollSet& set) {
  const std::vector<std::weak_ptr<SharedChip>> watched(chips.begin(), chips.end());
  watch_devices(set, [watched] {
    for (const auto& weak : watched) {
      if (const auto chip = weak.lock()) chip->look_again();
    }
  });
}

}  // namespace

GpioConfig parse_gpio_config(std::optional<ConfigSection> section) {
  GpioConfig config;
  LineGrant::Patterns lines = {"*"}, inputs;
  if (section) {
    section->read("chips", config.chips);
    section->read("lines", lines);
    section->read("inputs", inputs);
    config.simulated = parse_simulated(*section, names_of(config.chips));
    config.at_end = parse_at_end_rules(*section);
    section->finish();
  }
  config.limit = LineGrant(std::move(lines), std::move(inputs));
  if (config.chips.empty() && config.simulated.empty()) config.simulated.push_back(initial_chip());
  return config;
}

Gpio::Chips make_chips(const GpioConfig& config, upy::PollSet& set, Reactor& reactor, SharedChip::Observer& observer,
                       spdlog::logger& log) {
  Gpio::Chips chips;
  for (const std::string& device : config.chips) {
    auto chip = std::make_unique<KernelChip>(device, set, monotonic_now_ns);
    if (const auto error = chip->open()) log.warn("{}", error.message);
    chips.push_back(SharedChip::make(std::move(chip), config.at_end, reactor, observer));
  }
  if (!chips.empty()) look_out_for(chips, set);
  for (const ChipInfo& info : config.simulated) {
    auto chip = std::make_unique<SimChip>(info, monotonic_now_ns);
    chips.push_back(SharedChip::make(std::move(chip), config.at_end, reactor, observer));
  }
  return chips;
}

}  // namespace upyd
