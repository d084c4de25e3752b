#include "gpio/shared_chip.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "port/time_units.h"

namespace upyd {
namespace {

/// Edges taken at a time: as many as a kernel of the older interface keeps.
constexpr size_t kBatch = 16;
/// Batches of a line before other lines, and scripts, get their turn.
constexpr int kMaxBatches = 64;

int physical(int level, bool active_low) { return (level != 0) ^ static_cast<int>(active_low); }

const char* text_of(LinePull pull) {
  switch (pull) {
    case LinePull::Up:
      return "PULL_UP";
    case LinePull::Down:
      return "PULL_DOWN";
    default:
      return "no pull";
  }
}

/// How many of the edges lost before one had its direction, and how many the other: directions alternate.
uint32_t lost_alike(const LineEdge& edge) { return edge.lost / 2; }
uint32_t lost_unlike(const LineEdge& edge) { return edge.lost - edge.lost / 2; }

int64_t period_ns(const LineSettings& settings) { return settings.debounce_us * upy::kNsPerUs; }

}  // namespace

std::shared_ptr<SharedChip> SharedChip::make(std::unique_ptr<Chip> chip, AtEndRules rules, Alarms& alarms,
                                             Observer& observer) {
  std::shared_ptr<SharedChip> shared(new SharedChip(std::move(chip), std::move(rules), alarms, observer));
  shared->chip_->on_readable([weak = shared->weak_from_this()](uint32_t offset) {
    if (const auto self = weak.lock()) {
      std::lock_guard lock(self->mutex_);
      self->take_all_edges(offset);
    }
  });
  return shared;
}

SharedChip::SharedChip(std::unique_ptr<Chip> chip, AtEndRules rules, Alarms& alarms, Observer& observer)
    : chip_(std::move(chip)),
      name_(chip_->info().name),
      rules_(std::move(rules)),
      alarms_(alarms),
      observer_(observer),
      presence_(chip_->presence()) {}

ChipInfo SharedChip::info() {
  std::lock_guard lock(mutex_);
  return chip_->info();
}

uint32_t SharedChip::num_lines() {
  std::lock_guard lock(mutex_);
  return static_cast<uint32_t>(chip_->info().line_names.size());
}

std::string SharedChip::line_name(uint32_t offset) {
  std::lock_guard lock(mutex_);
  return name_at(offset);
}

std::optional<uint32_t> SharedChip::find_line(std::string_view name) {
  std::lock_guard lock(mutex_);
  const auto& names = chip_->info().line_names;
  const auto found = std::find(names.begin(), names.end(), name);
  if (name.empty() || found == names.end()) return std::nullopt;
  return static_cast<uint32_t>(found - names.begin());
}

std::string SharedChip::id(uint32_t offset) const { return name_ + ":" + std::to_string(offset); }

// ---- claims ----

upy::PortError SharedChip::claim(uint32_t offset, const std::string& owner, const upy::PinConfig& config,
                                 Claim& claim) {
  std::lock_guard lock(mutex_);
  const Claim id = last_claim_ + 1;
  ClaimState& state = claims_.emplace(id, ClaimState{.id = id, .offset = offset, .owner = owner}).first->second;
  if (auto error = apply(state, config)) {
    claims_.erase(id);
    return error;
  }
  line_at(offset).claims.push_back(&state);
  claim = last_claim_ = id;
  tell_change(owner, offset);
  return {};
}

upy::PortError SharedChip::configure(Claim claim, const upy::PinConfig& config) {
  std::lock_guard lock(mutex_);
  if (auto error = apply(at(claim), config)) return error;
  tell_change(at(claim).owner, at(claim).offset);
  return {};
}

upy::PortError SharedChip::read(Claim claim, int& level) {
  std::lock_guard lock(mutex_);
  const ClaimState& state = at(claim);
  const Line& line = line_at(state.offset);
  if (auto error = find_again(state.offset)) return error;
  if (debounced_here(line.settings)) {
    level = line.debouncer.level();
  } else if (auto error = chip_->read(state.offset, level)) {
    return error;
  }
  level ^= static_cast<int>(state.active_low);
  return {};
}

upy::PortError SharedChip::write(Claim claim, int level) {
  std::lock_guard lock(mutex_);
  ClaimState& state = at(claim);
  Line& line = line_at(state.offset);
  const int wanted = physical(level, state.active_low);
  if (line.writer != &state) {
    state.kept_level = wanted;
    return {};
  }
  if (auto error = find_again(state.offset)) return error;
  if (auto error = chip_->write(state.offset, wanted)) return error;
  line.settings.level = wanted;
  take_edges(state.offset);
  return {};
}

upy::PortError SharedChip::watch(Claim claim, int edges, upy::EventToken token, upy::EventSink& sink,
                                 upy::PollSet* place) {
  std::lock_guard lock(mutex_);
  ClaimState& state = at(claim);
  state.token = token;
  state.sink = &sink;
  state.edges = edges;
  if (auto error = refresh(state.offset)) {
    state.edges = 0;
    return error;
  }
  state.place = place;
  tell_places(state.offset);
  return {};
}

void SharedChip::unwatch(Claim claim) {
  std::lock_guard lock(mutex_);
  ClaimState& state = at(claim);
  if (!std::exchange(state.edges, 0)) return;
  state.place = nullptr;
  tell_places(state.offset);
  (void)refresh(state.offset);  // a line that goes on collecting edges disturbs nobody
}

void SharedChip::count_dropped(Claim claim, uint32_t edges) {
  std::lock_guard lock(mutex_);
  ClaimState& state = at(claim);
  line_at(state.offset).counters.dropped += edges;
  count_lost(state, Loss::Queue, edges);
}

uint64_t SharedChip::dropped(Claim claim) {
  std::lock_guard lock(mutex_);
  return at(claim).dropped;
}

void SharedChip::release(Claim claim) {
  std::lock_guard lock(mutex_);
  const ClaimState& state = at(claim);
  const uint32_t offset = state.offset;
  const std::string owner = state.owner;
  Line& line = line_at(offset);
  const bool was_kept = line.is_kept();
  const bool wrote = line.writer == &state;
  std::erase(line.claims, &state);
  tell_places(offset);
  if (wrote) line.writer = nullptr;
  claims_.erase(claim);
  LineSettings settings = wrote ? after_output(offset) : line.settings;
  settings.debounce_us = debounce_for(line, nullptr);
  const bool is_held = was_kept || (wrote && is_output(settings.mode));
  if (!is_held && line.claims.empty() && line.monitors.empty()) {
    leave(offset);
  } else if (set_up(offset, settings)) {
    line.settings = settings;  // for the time when the chip is back
  }
  take_edges(offset);  // what became of an output is one for those who watch it
  tell_change(owner, offset);
}

// ---- from outside ----

std::vector<SharedChip::CountedLine> SharedChip::counted_lines() {
  std::lock_guard lock(mutex_);
  std::vector<CountedLine> counted;
  for (const auto& [offset, line] : lines_) {
    if (line.in_use || line.counters.edges > 0) counted.push_back({offset, name_at(offset), line.counters});
  }
  return counted;
}

SharedChip::LineState SharedChip::state(uint32_t offset) {
  std::lock_guard lock(mutex_);
  return state_locked(offset);
}

void SharedChip::look_again() {
  std::lock_guard lock(mutex_);
  const uint32_t before = presence_;
  restore();
  if (presence_ != before) observer_.chip_changed(name_, presence_ != 0);
}

SharedChip::LineState SharedChip::state_locked(uint32_t offset) {
  const Line& line = line_at(offset);
  LineState state{.name = name_at(offset), .use = chip_->look(offset)};
  state.counters = line.counters;
  if (chip_->is_simulated()) state.drive = static_cast<SimChip&>(*chip_).drive_of(offset);
  if (!line.in_use) return state;
  state.use.consumer.clear();
  state.debounce_us = line.settings.debounce_us;
  state.kept = line.is_kept();
  if (int level = 0; !chip_->read(offset, level)) state.use.level = level;
  for (const ClaimState* claim : line.claims) {
    if (claim == line.writer) {
      state.writer = claim->owner;
    } else {
      state.readers.push_back(claim->owner);
    }
  }
  std::sort(state.readers.begin(), state.readers.end());
  return state;
}

upy::PortError SharedChip::check_drive(uint32_t offset) {
  std::lock_guard lock(mutex_);
  if (!chip_->is_simulated()) return {ENOTSUP, id(offset) + " is a real line: only its hardware drives it"};
  const Line& line = line_at(offset);
  if (!line.in_use || line.settings.mode != LineMode::Out) return {};
  const std::string writer = line.writer ? "instance '" + line.writer->owner + "'" : "upyd, which keeps it";
  return {EBUSY, id(offset) + " is an output of " + writer + " and can't be driven from outside"};
}

void SharedChip::drive(uint32_t offset, SimDrive drive) {
  std::lock_guard lock(mutex_);
  static_cast<SimChip&>(*chip_).drive(offset, drive);
  take_edges(offset);
}

upy::PortError SharedChip::monitor(uint32_t offset, OnEdge on_edge, Monitor& monitor) {
  std::lock_guard lock(mutex_);
  Line& line = line_at(offset);
  MonitorState& state = monitors_[last_monitor_ + 1];
  state.offset = offset;
  state.on_edge = std::move(on_edge);
  line.monitors.push_back(&state);
  if (auto error = refresh(offset)) {
    line.monitors.pop_back();
    monitors_.erase(last_monitor_ + 1);
    return error;
  }
  monitor = ++last_monitor_;
  return {};
}

void SharedChip::end_monitor(Monitor monitor) {
  std::lock_guard lock(mutex_);
  const auto state = monitors_.find(monitor);
  const uint32_t offset = state->second.offset;
  Line& line = line_at(offset);
  std::erase(line.monitors, &state->second);
  monitors_.erase(state);
  if (!line.claims.empty() || !line.monitors.empty() || line.is_kept()) {
    (void)refresh(offset);
  } else {
    leave(offset);
  }
}

// ---- what a line is set up for ----

SharedChip::Line& SharedChip::line_at(uint32_t offset) { return lines_[offset]; }

upy::PortError SharedChip::find_conflict(const ClaimState& claim, const upy::PinConfig& config) {
  const Line& line = line_at(claim.offset);
  if (is_output(config.mode) && line.writer && line.writer != &claim) {
    return {EBUSY, id(claim.offset) + " is already an output of instance '" + line.writer->owner + "'"};
  }
  for (const ClaimState* other : line.claims) {
    if (other == &claim) continue;
    if (config.pull != LinePull::Unchanged && other->pull != LinePull::Unchanged && config.pull != other->pull) {
      return {EBUSY, id(claim.offset) + " has " + text_of(other->pull) + " for instance '" + other->owner + "'"};
    }
    if (config.debounce_us.value_or(0) && other->debounce_us && config.debounce_us != other->debounce_us) {
      return {EBUSY, id(claim.offset) + " is debounced by " + std::to_string(other->debounce_us) +
                         " us for instance '" + other->owner + "'"};
    }
  }
  return {};
}

LineSettings SharedChip::wanted(const ClaimState& claim, const upy::PinConfig& config) {
  const Line& line = line_at(claim.offset);
  LineSettings settings = line.settings;
  if (is_output(config.mode)) {
    settings.mode = config.mode;
    if (line.writer != &claim && claim.kept_level >= 0) settings.level = claim.kept_level;
    if (config.initial >= 0) settings.level = physical(config.initial, config.active_low.value_or(claim.active_low));
  } else if (config.mode == LineMode::In && (line.writer == &claim || !is_output(settings.mode))) {
    settings.mode = LineMode::In;
    settings.level = -1;
  }
  if (config.pull != LinePull::Unchanged) settings.pull = config.pull;
  settings.debounce_us = std::max(config.debounce_us.value_or(claim.debounce_us), debounce_for(line, &claim));
  return settings;
}

/// What its AtEnd rule makes of a line whose writer has left.
LineSettings SharedChip::after_output(uint32_t offset) {
  LineSettings settings = line_at(offset).settings;
  switch (at_end(offset)) {
    case AtEnd::Release:
      settings.mode = LineMode::In;
      settings.level = -1;
      break;
    case AtEnd::Keep:
      break;
    case AtEnd::Low:
      settings.level = 0;
      break;
    case AtEnd::High:
      settings.level = 1;
      break;
  }
  return settings;
}

uint32_t SharedChip::debounce_for(const Line& line, const ClaimState* but) const {
  uint32_t debounce_us = 0;
  for (const ClaimState* claim : line.claims) {
    if (claim != but) debounce_us = std::max(debounce_us, claim->debounce_us);
  }
  return debounce_us;
}

upy::PortError SharedChip::apply(ClaimState& claim, const upy::PinConfig& config) {
  if (auto error = find_conflict(claim, config)) return error;
  if (auto error = set_up(claim.offset, wanted(claim, config))) return error;
  Line& line = line_at(claim.offset);
  if (is_output(config.mode)) {
    line.writer = &claim;
    claim.kept_level = -1;
  }
  if (config.mode == LineMode::In && line.writer == &claim) line.writer = nullptr;
  claim.active_low = config.active_low.value_or(claim.active_low);
  claim.debounce_us = config.debounce_us.value_or(claim.debounce_us);
  if (config.pull != LinePull::Unchanged) claim.pull = config.pull;
  take_edges(claim.offset);
  return {};
}

upy::PortError SharedChip::set_up(uint32_t offset, LineSettings settings) {
  Line& line = line_at(offset);
  settings.edges = collects_edges(line, settings);
  take_edges(offset);  // taking other settings may cost those that wait
  if (auto error = chip_->set_up(offset, settings)) return error;
  const bool was_debounced = line.in_use && debounced_here(line.settings);
  line.in_use = true;
  line.settings = settings;
  if (std::exchange(line.is_missing, false)) tell_places(offset);
  restore();
  if (int level = 0; debounced_here(settings) && !was_debounced && !chip_->read(offset, level)) {
    line.debouncer.begin(level != 0);
  }
  return {};
}

upy::PortError SharedChip::refresh(uint32_t offset) {
  const Line& line = line_at(offset);
  if (line.in_use && line.settings.edges == collects_edges(line, line.settings)) return {};
  return set_up(offset, line.settings);
}

/// Sets up the lines in use of a chip that has been away.
void SharedChip::restore() {
  const uint32_t before = std::exchange(presence_, chip_->presence());
  if (presence_ == before || presence_ == 0) return;
  for (auto& [offset, line] : lines_) {
    if (!line.in_use) continue;
    line.is_missing = static_cast<bool>(chip_->set_up(offset, line.settings));
    tell_places(offset);
  }
}

/// Sets up a line that could not be when its chip came back, as another program had taken it.
upy::PortError SharedChip::find_again(uint32_t offset) {
  const Line& line = line_at(offset);
  return line.is_missing ? set_up(offset, line.settings) : upy::PortError{};
}

/// Has those who watch a line wait for it themselves.
void SharedChip::tell_places(uint32_t offset) {
  std::vector<upy::PollSet*> places;
  for (const ClaimState* claim : line_at(offset).claims) {
    if (claim->place) places.push_back(claim->place);
  }
  chip_->watch_at(offset, std::move(places));
}

void SharedChip::tell_change(const std::string& owner, uint32_t offset) {
  if (observer_.is_watched()) observer_.line_changed(owner, name_, offset, state_locked(offset));
}

bool SharedChip::collects_edges(const Line& line, const LineSettings& settings) const {
  return !line.monitors.empty() || debounced_here(settings) ||
         std::any_of(line.claims.begin(), line.claims.end(), [](const ClaimState* claim) { return claim->edges != 0; });
}

bool SharedChip::debounced_here(const LineSettings& settings) const {
  return settings.debounce_us > 0 && !is_output(settings.mode) && !chip_->debounces();
}

void SharedChip::leave(uint32_t offset) {
  Line& line = line_at(offset);
  if (line.in_use) chip_->give_back(offset);
  line.in_use = line.is_missing = false;
  line.settings = {};
}

/// Empty also for a line that the chip had before it went and came back.
std::string SharedChip::name_at(uint32_t offset) {
  const auto& names = chip_->info().line_names;
  return offset < names.size() ? names[offset] : "";
}

AtEnd SharedChip::at_end(uint32_t offset) {
  auto rule = rules_.find(id(offset));
  if (rule == rules_.end()) rule = rules_.find(name_at(offset));
  return rule == rules_.end() ? AtEnd::Release : rule->second;
}

// ---- edges ----

void SharedChip::take_all_edges(uint32_t offset) {
  for (int batches = 0; batches < kMaxBatches && take_edges(offset); ++batches) {
  }
}

/// Takes a batch of them. Whether there may be more.
bool SharedChip::take_edges(uint32_t offset) {
  Line& line = line_at(offset);
  if (!line.in_use || !line.settings.edges) return false;
  LineEdge edges[kBatch];
  const size_t count = chip_->take_edges(offset, edges);
  for (const LineEdge& edge : std::span(edges, count)) {
    if (debounced_here(line.settings)) {
      debounce(offset, edge);
    } else {
      tell(line, offset, edge);
    }
  }
  return count == std::size(edges);
}

void SharedChip::debounce(uint32_t offset, const LineEdge& edge) {
  Line& line = line_at(offset);
  const int64_t when_ns = line.debouncer.take(edge, period_ns(line.settings));
  if (when_ns == Alarms::kNever) return;
  alarms_.at(when_ns, [weak = weak_from_this(), offset](int64_t now_ns) {
    const auto self = weak.lock();
    return self ? self->settle(offset, now_ns) : Alarms::kNever;
  });
}

/// What the alarm does.
int64_t SharedChip::settle(uint32_t offset, int64_t now_ns) {
  std::lock_guard lock(mutex_);
  Line& line = line_at(offset);
  const auto [edge, again_ns] = line.debouncer.settle(now_ns, period_ns(line.settings));
  if (edge && line.in_use && line.settings.edges) tell(line, offset, *edge);
  return again_ns;
}

void SharedChip::tell(Line& line, uint32_t offset, const LineEdge& edge) {
  line.counters.edges += 1 + edge.lost;
  line.counters.lost += edge.lost;
  for (ClaimState* claim : line.claims) tell(line, *claim, edge);
  for (MonitorState* monitor : line.monitors) {
    monitor->sequence += 1 + edge.lost;
    monitor->on_edge({offset, edge.rising, monitor->sequence, edge.timestamp_ns});
  }
}

void SharedChip::tell(Line& line, ClaimState& claim, const LineEdge& edge) {
  const bool rising = edge.rising != claim.active_low;
  const int direction = rising ? upy::Pins::kRising : upy::Pins::kFalling;
  const int other = upy::Pins::kRising + upy::Pins::kFalling - direction;
  uint32_t lost = 0;
  if (claim.edges & direction) lost += lost_alike(edge);
  if (claim.edges & other) lost += lost_unlike(edge);
  if (lost) count_lost(claim, Loss::Kernel, lost);
  claim.sequence += lost;
  if (!(claim.edges & direction)) return;
  const bool posted = claim.sink->post(
      {.kind = upy::Event::Kind::Edge, .rising = rising, .token = claim.token, .timestamp_ns = edge.timestamp_ns});
  ++claim.sequence;
  if (posted) {
    observer_.edge_delivered(claim.owner, name_, {claim.offset, edge.rising, claim.sequence, edge.timestamp_ns});
  } else {
    ++line.counters.dropped;
    count_lost(claim, Loss::Mailbox, 1);
  }
}

void SharedChip::count_lost(ClaimState& claim, Loss loss, uint32_t edges) {
  claim.dropped += edges;
  observer_.edges_lost(claim.owner, name_, claim.offset, loss, edges);
}

}  // namespace upyd
