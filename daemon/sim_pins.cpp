#include "sim_pins.h"

#include <cerrno>

namespace upyd {

SimPins::SimPins(SimGpio& gpio, std::string owner, LineGrant grant)
    : gpio_(gpio), owner_(std::move(owner)), grant_(std::move(grant)) {}

SimPins::~SimPins() {
  for (const auto& [line, handle] : handles_) gpio_.release(handle);
}

upy::PortError SimPins::request(const std::string& id, const upy::PinConfig& config, Handle& handle) {
  const auto line = gpio_.find(id);
  if (!line) return {ENODEV, "there is no GPIO line '" + id + "'"};
  if (!grant_.allows(gpio_.id(*line), gpio_.name(*line))) {
    return {EACCES, "GPIO line " + gpio_.id(*line) + " is not granted to this instance"};
  }
  if (const auto known = handles_.find(*line); known != handles_.end()) {
    handle = known->second;
    return gpio_.configure(handle, config);
  }
  if (auto error = gpio_.claim(*line, owner_, config, handle)) return error;
  handles_.emplace(*line, handle);
  return {};
}

upy::PortError SimPins::configure(Handle handle, const upy::PinConfig& config) {
  return gpio_.configure(handle, config);
}

upy::PortError SimPins::read(Handle handle, int& level) {
  level = gpio_.read(handle);
  return {};
}

upy::PortError SimPins::write(Handle handle, int level) { return gpio_.write(handle, level); }

upy::PortError SimPins::watch(Handle handle, int edges, uint32_t token, upy::EventSink& sink) {
  if (edges) {
    gpio_.watch(handle, edges, token, sink);
  } else {
    gpio_.unwatch(handle);
  }
  return {};
}

void SimPins::release(Handle handle) {
  handles_.erase(gpio_.line_of(handle));
  gpio_.release(handle);
}

std::string SimPins::name(Handle handle) { return gpio_.id(gpio_.line_of(handle)); }

void SimPins::silence() {
  for (const auto& [line, handle] : handles_) gpio_.unwatch(handle);
}

}  // namespace upyd
