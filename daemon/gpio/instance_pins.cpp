#include "gpio/instance_pins.h"

#include <algorithm>
#include <cerrno>

namespace upyd {
namespace {

std::string text_of(const upy::Pins::Id& id) {
  const auto* name = std::get_if<std::string>(&id);
  return name ? "'" + *name + "'" : std::to_string(std::get<int64_t>(id));
}

upy::PortError input_only(const LinePlace& line) {
  return {EACCES, "GPIO line " + line.id() + " is granted to this instance as an input only"};
}

}  // namespace

InstancePins::InstancePins(const Gpio& gpio, std::string owner, LineGrant limit, LineGrant own,
                           upy::PollSetGetter poll_set)
    : gpio_(gpio),
      owner_(std::move(owner)),
      limit_(std::move(limit)),
      own_(std::move(own)),
      poll_set_(std::move(poll_set)) {}

InstancePins::~InstancePins() {
  for (const auto& [handle, held] : held_) held.line.chip->release(held.claim);
}

upy::PortError InstancePins::request(const Id& id, const upy::PinConfig& config, Handle& handle) {
  const auto line = std::visit([this](const auto& what) { return gpio_.find(what); }, id);
  if (!line) return {ENODEV, "there is no GPIO line " + text_of(id)};
  const auto known =
      std::find_if(held_.begin(), held_.end(), [&](const auto& entry) { return entry.second.line == *line; });
  if (known != held_.end()) {
    handle = known->first;
    return configure(handle, config);
  }
  Held held{.line = *line, .access = access_to(*line)};
  if (auto error = check(held.line, held.access, config)) return error;
  if (auto error = line->chip->claim(line->offset, owner_, config, held.claim)) return error;
  handle = ++last_handle_;
  held_.emplace(handle, std::move(held));
  return {};
}

upy::PortError InstancePins::configure(Handle handle, const upy::PinConfig& config) {
  const Held& held = held_.at(handle);
  if (auto error = check(held.line, held.access, config)) return error;
  return held.line.chip->configure(held.claim, config);
}

upy::PortError InstancePins::read(Handle handle, int& level) {
  const Held& held = held_.at(handle);
  return held.line.chip->read(held.claim, level);
}

upy::PortError InstancePins::write(Handle handle, int level) {
  const Held& held = held_.at(handle);
  if (held.access != LineAccess::Output) return input_only(held.line);
  return held.line.chip->write(held.claim, level);
}

upy::PortError InstancePins::watch(Handle handle, int edges, upy::EventToken token, upy::EventSink& sink) {
  const Held& held = held_.at(handle);
  SharedChip& chip = *held.line.chip;
  if (edges) return chip.watch(held.claim, edges, token, sink, chip.is_simulated() ? nullptr : poll_set_());
  chip.unwatch(held.claim);
  return {};
}

void InstancePins::count_dropped(Handle handle, uint32_t edges) {
  const Held& held = held_.at(handle);
  held.line.chip->count_dropped(held.claim, edges);
}

uint64_t InstancePins::dropped(Handle handle) {
  const Held& held = held_.at(handle);
  return held.line.chip->dropped(held.claim);
}

void InstancePins::release(Handle handle) {
  const auto held = held_.find(handle);
  held->second.line.chip->release(held->second.claim);
  held_.erase(held);
}

std::string InstancePins::name(Handle handle) { return held_.at(handle).line.id(); }

void InstancePins::stop_events() {
  for (const auto& [handle, held] : held_) held.line.chip->unwatch(held.claim);
}

LineAccess InstancePins::access_to(const LinePlace& line) const {
  const std::string id = line.id();
  const std::string name = line.chip->line_name(line.offset);
  return std::min(limit_.access(id, name), own_.access(id, name));
}

upy::PortError InstancePins::check(const LinePlace& line, LineAccess access, const upy::PinConfig& config) {
  if (access == LineAccess::None) return {EACCES, "GPIO line " + line.id() + " is not granted to this instance"};
  if (access == LineAccess::Input && is_output(config.mode)) return input_only(line);
  return {};
}

}  // namespace upyd
