#include <fcntl.h>
#include <gpiod.h>

#include <array>
#include <cerrno>

#include "gpio/gpiod.h"
#include "port/time_units.h"

/// libgpiod 1.6. Its kernel interface neither debounces nor numbers edges, and collects them only for lines requested
/// for nothing else: other settings then mean to give the line back and to request it anew.
namespace upyd::gpiod {
namespace {

constexpr const char* kConsumer = "upyd";

int flags_of(const LineSettings& settings) {
  int flags = settings.mode == LineMode::OpenDrain ? GPIOD_LINE_REQUEST_FLAG_OPEN_DRAIN : 0;
  if (settings.pull == LinePull::None) flags |= GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE;
  if (settings.pull == LinePull::Up) flags |= GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP;
  if (settings.pull == LinePull::Down) flags |= GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
  return flags;
}

int direction_of(const LineSettings& settings) {
  if (is_output(settings.mode)) return GPIOD_LINE_REQUEST_DIRECTION_OUTPUT;
  if (settings.edges) return GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES;
  return settings.mode == LineMode::In ? GPIOD_LINE_REQUEST_DIRECTION_INPUT : GPIOD_LINE_REQUEST_DIRECTION_AS_IS;
}

class RequestV1 final : public Request {
 public:
  explicit RequestV1(gpiod_line* line) : line_(line) {}
  ~RequestV1() override { gpiod_line_release(line_); }

  int request(const LineSettings& settings) {
    gpiod_line_request_config config{kConsumer, direction_of(settings), flags_of(settings)};
    if (gpiod_line_request(line_, &config, settings.level > 0)) return errno;
    settings_ = settings;
    last_level_ = -1;
    const int events = descriptor();
    if (events >= 0 && fcntl(events, F_SETFL, O_NONBLOCK)) return errno;
    return 0;
  }

  int configure(const LineSettings& settings) override {
    if (!collects(settings) && !collects(settings_) && settings.mode != LineMode::Unchanged) {
      if (gpiod_line_set_config(line_, direction_of(settings), flags_of(settings), settings.level > 0)) return errno;
      settings_ = settings;
      return 0;
    }
    const LineSettings before = settings_;
    gpiod_line_release(line_);
    const int error = request(settings);
    if (error) request(before);
    return error;
  }

  int read(int& level) override {
    level = gpiod_line_get_value(line_);
    return level < 0 ? errno : 0;
  }

  int write(int level) override { return gpiod_line_set_value(line_, level) ? errno : 0; }

  int descriptor() const override { return collects(settings_) ? gpiod_line_event_get_fd(line_) : -1; }

  /// Edges alternate, so two of the same direction tell that one between them is lost; the kernel keeps 16.
  int take_edges(std::span<LineEdge> edges, size_t& count) override {
    std::array<gpiod_line_event, 16> events;
    count = 0;
    const size_t most = std::min(edges.size(), events.size());
    const int got = gpiod_line_event_read_fd_multiple(descriptor(), events.data(), static_cast<unsigned>(most));
    if (got < 0) return errno == EAGAIN ? 0 : errno;
    for (const gpiod_line_event& event : std::span(events).first(static_cast<size_t>(got))) {
      const bool rising = event.event_type == GPIOD_LINE_EVENT_RISING_EDGE;
      edges[count++] = {.rising = rising,
                        .lost = last_level_ == static_cast<int>(rising),
                        .timestamp_ns = event.ts.tv_sec * upy::kNsPerSecond + event.ts.tv_nsec};
      last_level_ = rising;
    }
    return 0;
  }

 private:
  static bool collects(const LineSettings& settings) { return settings.edges && !is_output(settings.mode); }

  gpiod_line* const line_;
  LineSettings settings_;
  int last_level_ = -1;  // after the edge taken last; -1: none yet
};

class DeviceV1 final : public Device {
 public:
  explicit DeviceV1(gpiod_chip* chip) : chip_(chip) {}
  ~DeviceV1() override { gpiod_chip_close(chip_); }

  std::string name() const override { return gpiod_chip_name(chip_); }
  std::string label() const override { return gpiod_chip_label(chip_); }

  std::vector<std::string> line_names() override {
    std::vector<std::string> names(gpiod_chip_num_lines(chip_));
    for (uint32_t offset = 0; offset < names.size(); ++offset) {
      gpiod_line* line = gpiod_chip_get_line(chip_, offset);
      if (const char* name = line ? gpiod_line_name(line) : nullptr) names[offset] = name;
    }
    return names;
  }

  LineUse look(uint32_t offset) override {
    LineUse use;
    gpiod_line* line = gpiod_chip_get_line(chip_, offset);
    if (!line || gpiod_line_update(line)) return use;
    if (gpiod_line_direction(line) == GPIOD_LINE_DIRECTION_OUTPUT) {
      use.mode = gpiod_line_is_open_drain(line) ? LineMode::OpenDrain : LineMode::Out;
    }
    if (gpiod_line_bias(line) == GPIOD_LINE_BIAS_PULL_UP) use.pull = LinePull::Up;
    if (gpiod_line_bias(line) == GPIOD_LINE_BIAS_PULL_DOWN) use.pull = LinePull::Down;
    const char* consumer = gpiod_line_consumer(line);
    if (gpiod_line_is_used(line)) use.consumer = consumer ? consumer : "the kernel";
    return use;
  }

  bool is_there() override {
    gpiod_line* line = gpiod_chip_get_line(chip_, 0);
    return line && gpiod_line_update(line) == 0;
  }

  std::unique_ptr<Request> request(uint32_t offset, const LineSettings& settings, int& error) override {
    gpiod_line* line = gpiod_chip_get_line(chip_, offset);
    if (!line) {
      error = errno;
      return nullptr;
    }
    auto request = std::make_unique<RequestV1>(line);
    error = request->request(settings);
    return error ? nullptr : std::move(request);
  }

 private:
  gpiod_chip* const chip_;
};

}  // namespace

const bool Device::kDebounces = false;

std::unique_ptr<Device> Device::open(const std::string& path, int& error) {
  gpiod_chip* chip = gpiod_chip_open(path.c_str());
  error = chip ? 0 : errno;
  return chip ? std::make_unique<DeviceV1>(chip) : nullptr;
}

}  // namespace upyd::gpiod
