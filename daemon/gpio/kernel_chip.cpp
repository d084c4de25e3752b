#include "gpio/kernel_chip.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace upyd {

namespace fs = std::filesystem;

namespace {

/// Opens the device that a config names.
std::unique_ptr<gpiod::Device> open_device(const std::string& device, int& error) {
  if (device.starts_with("/")) return gpiod::Device::open(device, error);
  if (auto chip = gpiod::Device::open("/dev/" + device, error)) return chip;
  if (error != ENOENT) return nullptr;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/dev", ignored)) {
    if (!entry.path().filename().string().starts_with("gpiochip")) continue;
    int other = 0;
    auto chip = gpiod::Device::open(entry.path(), other);
    if (chip && chip->label() == device) return chip;
    if (other == EACCES || other == EPERM) error = other;
  }
  return nullptr;
}

std::string why_not_open(const std::string& name, int error) {
  switch (error) {
    case EACCES:
    case EPERM:
      return "upyd may not open GPIO chip " + name + "; its user must be in the group that owns /dev/gpiochip*";
    case ENOENT:
    case ENODEV:
      return "there is no GPIO chip " + name + " now";
    default:
      return "cannot open GPIO chip " + name + ": " + std::strerror(error);
  }
}

}  // namespace

KernelChip::KernelChip(const std::string& device, upy::PollSet& set, std::function<int64_t()> now_ns)
    : device_(device), set_(set), now_ns_(std::move(now_ns)) {
  info_.name = name_of(device);
}

std::string KernelChip::name_of(const std::string& device) {
  return device.starts_with("/") ? fs::path(device).filename().string() : device;
}

const ChipInfo& KernelChip::info() {
  (void)open();  // as long as it is not there it has no lines
  return info_;
}

uint32_t KernelChip::presence() {
  if (chip_ && !chip_->is_there()) close();
  return open() ? 0 : openings_;
}

upy::PortError KernelChip::open() {
  if (chip_) return {};
  int error = 0;
  chip_ = open_device(device_, error);
  if (!chip_) return {error == ENOENT ? ENODEV : error, why_not_open(info_.name, error)};
  info_.label = chip_->label();
  info_.line_names = chip_->line_names();
  ++openings_;
  return {};
}

upy::PortError KernelChip::set_up(uint32_t offset, const LineSettings& settings) {
  if (auto error = open()) return error;
  const auto known = lines_.find(offset);
  if (known == lines_.end()) {
    Line line;
    if (auto error = request(offset, settings, line)) return error;
    watch(offset, lines_.emplace(offset, std::move(line)).first->second);
    return {};
  }
  Line& line = known->second;
  LineSettings complete = settings;
  if (is_output(settings.mode) && settings.level < 0) {
    if (auto error = read(offset, complete.level)) return error;
  }
  if (complete == line.settings) return {};
  line.watch.end();
  const int error = line.request->configure(complete);
  if (!error) note_change(line, std::exchange(line.settings, complete));
  watch(offset, line);
  return error ? fail(offset, error) : upy::PortError{};
}

/// The kernel tells no edges of outputs, nor that of a line that ceases to be one.
void KernelChip::note_change(Line& line, const LineSettings& before) {
  if (!is_output(before.mode) || !line.settings.edges) return;
  int level = line.settings.level;
  if (!is_output(line.settings.mode) && line.request->read(level)) return;
  if (level != before.level) line.written.push_back({.rising = level == 1, .timestamp_ns = now_ns_()});
}

/// An output that is to keep the present level is requested as it is, to learn that.
upy::PortError KernelChip::request(uint32_t offset, LineSettings settings, Line& line) {
  int error = 0;
  const bool keeps_level = is_output(settings.mode) && settings.level < 0;
  line.request = chip_->request(offset, keeps_level ? LineSettings{} : settings, error);
  if (line.request && keeps_level) {
    error = line.request->read(settings.level);
    if (!error) error = line.request->configure(settings);
  }
  if (error) {
    line.request.reset();  // before its chip, should that be gone
    return fail(offset, error);
  }
  line.settings = settings;
  return {};
}

void KernelChip::give_back(uint32_t offset) { lines_.erase(offset); }

upy::PortError KernelChip::read(uint32_t offset, int& level) {
  const auto line = lines_.find(offset);
  if (line == lines_.end()) return gone();
  const int error = line->second.request->read(level);
  return error ? fail(offset, error) : upy::PortError{};
}

upy::PortError KernelChip::write(uint32_t offset, int level) {
  const auto found = lines_.find(offset);
  if (found == lines_.end()) return gone();
  Line& line = found->second;
  if (const int error = line.request->write(level)) return fail(offset, error);
  if (line.settings.edges && line.settings.level != level) {
    line.written.push_back({.rising = level == 1, .timestamp_ns = now_ns_()});
  }
  line.settings.level = level;
  return {};
}

size_t KernelChip::take_edges(uint32_t offset, std::span<LineEdge> edges) {
  const auto found = lines_.find(offset);
  if (found == lines_.end()) return 0;
  Line& line = found->second;
  size_t count = std::min(edges.size(), line.written.size());
  std::copy_n(line.written.begin(), count, edges.begin());
  line.written.erase(line.written.begin(), line.written.begin() + static_cast<ptrdiff_t>(count));
  if (count > 0 || !line.watch.is_begun()) return count;
  if (const int error = line.request->take_edges(edges, count)) {
    line.watch.end();  // or it would be readable for ever
    (void)fail(offset, error);
    return 0;
  }
  return count;
}

LineUse KernelChip::look(uint32_t offset) { return open() ? LineUse{} : chip_->look(offset); }

void KernelChip::on_readable(std::function<void(uint32_t offset)> readable) { readable_ = std::move(readable); }

void KernelChip::watch_at(uint32_t offset, std::vector<upy::PollSet*> sets) {
  const auto found = lines_.find(offset);
  if (found == lines_.end() || found->second.sets == sets) return;
  found->second.watch.end();
  found->second.sets = std::move(sets);
  watch(offset, found->second);
}

/// Says what went wrong with a line. A chip that is gone is closed.
upy::PortError KernelChip::fail(uint32_t offset, int error) {
  if (error == ENODEV) {
    close();
    return gone();
  }
  const std::string id = info_.name + ":" + std::to_string(offset);
  if (error == EBUSY) {
    const std::string consumer = look(offset).consumer;
    return {error,
            id + " is in use" + (consumer.empty() ? "" : " by " + consumer) + ", outside of upyd; free it there first"};
  }
  if (error == EPERM || error == EACCES) return {error, "upyd may not use " + id + " this way"};
  if (error == ENXIO) return {error, id + " can't report edges"};
  return {error, id + ": " + std::strerror(error)};
}

upy::PortError KernelChip::gone() const {
  return {ENODEV, "GPIO chip " + info_.name + " is gone; its lines work again when it is back"};
}

void KernelChip::watch(uint32_t offset, Line& line) {
  const int descriptor = line.request->descriptor();
  if (descriptor < 0) return;
  const auto watch_at = [&](upy::PollSet& set) {
    line.watch.add(set, descriptor, [readable = readable_, offset] { readable(offset); });
  };
  for (upy::PollSet* set : line.sets) watch_at(*set);
  watch_at(set_);
}

void KernelChip::close() {
  lines_.clear();
  chip_.reset();
}

}  // namespace upyd
