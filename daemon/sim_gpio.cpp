#include "sim_gpio.h"

#include <algorithm>
#include <cerrno>
#include <charconv>

namespace upyd {
namespace {

using Mode = upy::PinConfig::Mode;
using Pull = upy::PinConfig::Pull;

std::optional<uint32_t> number(std::string_view digits) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

bool is_output(Mode mode) { return mode == Mode::Out || mode == Mode::OpenDrain; }

/// What a line reads that no instance writes.
int outside_level(SimDrive drive, Pull pull) {
  return drive == SimDrive::None ? pull == Pull::Up : drive == SimDrive::High;
}

}  // namespace

SimGpio::SimGpio(std::vector<SimChip> chips, std::function<int64_t()> now_ns)
    : chips_(std::move(chips)), now_ns_(std::move(now_ns)) {
  for (uint32_t chip = 0; chip < chips_.size(); ++chip) {
    const auto& names = chips_[chip].line_names;
    lines_.emplace_back(names.size());
    for (uint32_t offset = 0; offset < names.size(); ++offset) {
      if (!names[offset].empty()) named_.emplace(names[offset], LineRef{chip, offset});
    }
  }
}

std::optional<uint32_t> SimGpio::find_chip(std::string_view name) const {
  for (uint32_t chip = 0; chip < chips_.size(); ++chip) {
    if (chips_[chip].name == name) return chip;
  }
  return std::nullopt;
}

std::optional<LineRef> SimGpio::find(std::string_view id) const {
  if (const auto named = named_.find(id); named != named_.end()) return named->second;
  const size_t colon = id.rfind(':');
  const bool names_chip = colon != std::string_view::npos;
  const auto chip = names_chip ? find_chip(id.substr(0, colon)) : std::optional<uint32_t>(0);
  const auto offset = number(names_chip ? id.substr(colon + 1) : id);
  if (!chip || *chip >= chips_.size() || !offset || *offset >= lines_[*chip].size()) return std::nullopt;
  return LineRef{*chip, *offset};
}

std::string SimGpio::id(LineRef line) const { return chips_[line.chip].name + ":" + std::to_string(line.offset); }

upy::PortError SimGpio::claim(LineRef line, const std::string& owner, const upy::PinConfig& config, Claim& claim) {
  std::lock_guard lock(mutex_);
  const Claim id = last_claim_ + 1;
  ClaimState state{.line = line, .owner = owner};
  if (auto error = apply(id, state, config)) return error;
  claim = last_claim_ = id;
  claims_.emplace(id, std::move(state));
  at(line).claims.push_back(id);
  settle(line);
  return {};
}

upy::PortError SimGpio::configure(Claim claim, const upy::PinConfig& config) {
  std::lock_guard lock(mutex_);
  ClaimState& state = claims_.at(claim);
  if (auto error = apply(claim, state, config)) return error;
  settle(state.line);
  return {};
}

int SimGpio::read(Claim claim) {
  std::lock_guard lock(mutex_);
  const ClaimState& state = claims_.at(claim);
  return at(state.line).level ^ static_cast<int>(state.active_low);
}

upy::PortError SimGpio::write(Claim claim, int level) {
  std::lock_guard lock(mutex_);
  const ClaimState& state = claims_.at(claim);
  LineState& line = at(state.line);
  if (line.writer != claim) return {EPERM, id(state.line) + " is not an output"};
  line.output = (level != 0) ^ static_cast<int>(state.active_low);
  settle(state.line);
  return {};
}

void SimGpio::watch(Claim claim, int edges, uint32_t token, upy::EventSink& sink) {
  std::lock_guard lock(mutex_);
  ClaimState& state = claims_.at(claim);
  state.edges = edges;
  state.token = token;
  state.sequence = 0;
  state.sink = &sink;
}

void SimGpio::unwatch(Claim claim) {
  std::lock_guard lock(mutex_);
  claims_.at(claim).edges = 0;
}

void SimGpio::release(Claim claim) {
  std::lock_guard lock(mutex_);
  const LineRef ref = claims_.at(claim).line;
  LineState& line = at(ref);
  claims_.erase(claim);
  std::erase(line.claims, claim);
  if (line.writer == claim) stop_writing(line);
  settle(ref);
}

LineRef SimGpio::line_of(Claim claim) {
  std::lock_guard lock(mutex_);
  return claims_.at(claim).line;
}

SimGpio::Line SimGpio::state(LineRef ref) {
  std::lock_guard lock(mutex_);
  const LineState& line = at(ref);
  Line state{.level = line.level, .mode = line.mode, .pull = line.pull, .drive = line.drive};
  for (const Claim claim : line.claims) {
    const std::string& owner = claims_.at(claim).owner;
    if (claim == line.writer) {
      state.writer = owner;
    } else {
      state.readers.push_back(owner);
    }
  }
  std::sort(state.readers.begin(), state.readers.end());
  return state;
}

upy::PortError SimGpio::drive(const std::vector<std::pair<LineRef, SimDrive>>& drives) {
  std::lock_guard lock(mutex_);
  for (const auto& [ref, drive] : drives) {
    const LineState& line = at(ref);
    if (line.mode == Mode::Out) {
      return {EBUSY, id(ref) + " is an output of instance '" + claims_.at(line.writer).owner +
                         "' and can't be driven from outside"};
    }
  }
  for (const auto& [ref, drive] : drives) {
    at(ref).drive = drive;
    settle(ref);
  }
  return {};
}

SimGpio::Monitor SimGpio::monitor(const std::vector<LineRef>& lines, OnEdge on_edge) {
  std::lock_guard lock(mutex_);
  MonitorState& state = monitors_[++last_monitor_];
  for (const LineRef line : lines) state.sequences[line] = 0;
  state.on_edge = std::move(on_edge);
  return last_monitor_;
}

void SimGpio::end_monitor(Monitor monitor) {
  std::lock_guard lock(mutex_);
  monitors_.erase(monitor);
}

upy::PortError SimGpio::apply(Claim id, ClaimState& claim, const upy::PinConfig& config) {
  LineState& line = at(claim.line);
  if (config.debounce_us) return {ENOTSUP, "a simulated line can't be debounced"};
  if (is_output(config.mode) && line.writer && line.writer != id) {
    return {EBUSY, this->id(claim.line) + " is already an output of instance '" + claims_.at(line.writer).owner + "'"};
  }
  claim.active_low = config.active_low;
  if (config.pull != Pull::Unchanged) line.pull = config.pull;
  if (is_output(config.mode)) start_writing(id, claim, config);
  if (config.mode == Mode::In && line.writer == id) stop_writing(line);
  return {};
}

void SimGpio::start_writing(Claim id, const ClaimState& claim, const upy::PinConfig& config) {
  LineState& line = at(claim.line);
  line.output = config.initial < 0 ? line.level : (config.initial != 0) ^ static_cast<int>(claim.active_low);
  line.mode = config.mode;
  line.writer = id;
}

void SimGpio::stop_writing(LineState& line) {
  line.mode = Mode::In;
  line.writer = 0;
}

void SimGpio::settle(LineRef ref) {
  LineState& line = at(ref);
  int level = outside_level(line.drive, line.pull);
  if (line.mode == Mode::Out || (line.mode == Mode::OpenDrain && line.output == 0)) level = line.output;
  if (level == line.level) return;
  line.level = level;
  const Edge edge{ref, level == 1, 0, now_ns_()};
  tell_claims(line, edge);
  tell_monitors(edge);
}

void SimGpio::tell_claims(const LineState& line, const Edge& edge) {
  for (const Claim id : line.claims) {
    ClaimState& claim = claims_.at(id);
    const bool rising = edge.rising != claim.active_low;
    if (!(claim.edges & (rising ? upy::Pins::kRising : upy::Pins::kFalling))) continue;
    claim.sink->post({.kind = upy::Event::Kind::Edge,
                      .rising = rising,
                      .token = claim.token,
                      .sequence = ++claim.sequence,
                      .timestamp_ns = edge.timestamp_ns});
  }
}

void SimGpio::tell_monitors(Edge edge) {
  for (auto& [id, monitor] : monitors_) {
    const auto sequence = monitor.sequences.find(edge.line);
    if (sequence == monitor.sequences.end()) continue;
    edge.sequence = ++sequence->second;
    monitor.on_edge(edge);
  }
}

}  // namespace upyd
