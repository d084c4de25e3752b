#include <gpiod.h>

#include <cerrno>

#include "gpio/gpiod.h"

/// libgpiod 2.x, whose kernel interface changes any setting of a line in place, debounces and numbers edges.
namespace upyd::gpiod {
namespace {

constexpr const char* kConsumer = "upyd";
constexpr size_t kKernelEvents = 256;  // edges of a line that the kernel keeps for us

/// Frees what libgpiod allocated.
struct Free {
  void operator()(gpiod_line_settings* settings) const { gpiod_line_settings_free(settings); }
  void operator()(gpiod_line_config* config) const { gpiod_line_config_free(config); }
  void operator()(gpiod_request_config* config) const { gpiod_request_config_free(config); }
  void operator()(gpiod_line_info* info) const { gpiod_line_info_free(info); }
  void operator()(gpiod_chip_info* info) const { gpiod_chip_info_free(info); }
  void operator()(gpiod_edge_event_buffer* buffer) const { gpiod_edge_event_buffer_free(buffer); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

gpiod_line_value value_of(int level) { return level > 0 ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE; }

gpiod_line_direction direction_of(const LineSettings& settings) {
  if (is_output(settings.mode)) return GPIOD_LINE_DIRECTION_OUTPUT;
  if (settings.mode == LineMode::In || settings.edges) return GPIOD_LINE_DIRECTION_INPUT;
  return GPIOD_LINE_DIRECTION_AS_IS;
}

gpiod_line_bias bias_of(LinePull pull) {
  switch (pull) {
    case LinePull::None:
      return GPIOD_LINE_BIAS_DISABLED;
    case LinePull::Up:
      return GPIOD_LINE_BIAS_PULL_UP;
    case LinePull::Down:
      return GPIOD_LINE_BIAS_PULL_DOWN;
    default:
      return GPIOD_LINE_BIAS_AS_IS;
  }
}

bool collects(const LineSettings& settings) { return settings.edges && !is_output(settings.mode); }

/// The settings in libgpiod's form, for the line at `offset`; null when memory is short.
Owned<gpiod_line_config> config_of(uint32_t offset, const LineSettings& settings) {
  Owned<gpiod_line_settings> line(gpiod_line_settings_new());
  Owned<gpiod_line_config> config(gpiod_line_config_new());
  if (!line || !config) return nullptr;
  gpiod_line_settings_set_direction(line.get(), direction_of(settings));
  gpiod_line_settings_set_bias(line.get(), bias_of(settings.pull));
  if (is_output(settings.mode)) gpiod_line_settings_set_output_value(line.get(), value_of(settings.level));
  if (settings.mode == LineMode::OpenDrain) gpiod_line_settings_set_drive(line.get(), GPIOD_LINE_DRIVE_OPEN_DRAIN);
  if (collects(settings)) gpiod_line_settings_set_edge_detection(line.get(), GPIOD_LINE_EDGE_BOTH);
  if (!is_output(settings.mode)) gpiod_line_settings_set_debounce_period_us(line.get(), settings.debounce_us);
  if (gpiod_line_config_add_line_settings(config.get(), &offset, 1, line.get())) return nullptr;
  return config;
}

class RequestV2 final : public Request {
 public:
  RequestV2(gpiod_line_request* request, uint32_t offset, const LineSettings& settings)
      : request_(request),
        offset_(offset),
        collects_(collects(settings)),
        events_(gpiod_edge_event_buffer_new(kKernelEvents)) {}
  ~RequestV2() override { gpiod_line_request_release(request_); }

  int configure(const LineSettings& settings) override {
    const auto config = config_of(offset_, settings);
    if (!config) return ENOMEM;
    if (gpiod_line_request_reconfigure_lines(request_, config.get())) return errno;
    collects_ = collects(settings);
    return 0;
  }

  int read(int& level) override {
    const gpiod_line_value value = gpiod_line_request_get_value(request_, offset_);
    level = value == GPIOD_LINE_VALUE_ACTIVE;
    return value == GPIOD_LINE_VALUE_ERROR ? errno : 0;
  }

  int write(int level) override { return gpiod_line_request_set_value(request_, offset_, value_of(level)) ? errno : 0; }

  int descriptor() const override { return collects_ ? gpiod_line_request_get_fd(request_) : -1; }

  int take_edges(std::span<LineEdge> edges, size_t& count) override {
    count = 0;
    const int waiting = gpiod_line_request_wait_edge_events(request_, 0);
    if (waiting <= 0) return waiting < 0 ? errno : 0;
    const int got = gpiod_line_request_read_edge_events(request_, events_.get(), edges.size());
    if (got < 0) return errno;
    for (int i = 0; i < got; ++i) {
      gpiod_edge_event* event = gpiod_edge_event_buffer_get_event(events_.get(), static_cast<unsigned long>(i));
      const auto number = static_cast<uint32_t>(gpiod_edge_event_get_line_seqno(event));
      edges[count++] = {.rising = gpiod_edge_event_get_event_type(event) == GPIOD_EDGE_EVENT_RISING_EDGE,
                        .lost = number - last_number_ - 1,
                        .timestamp_ns = static_cast<int64_t>(gpiod_edge_event_get_timestamp_ns(event))};
      last_number_ = number;
    }
    return 0;
  }

 private:
  gpiod_line_request* const request_;
  const uint32_t offset_;
  bool collects_;
  const Owned<gpiod_edge_event_buffer> events_;
  uint32_t last_number_ = 0;  // the kernel's, of the edge taken last
};

class DeviceV2 final : public Device {
 public:
  explicit DeviceV2(gpiod_chip* chip) : chip_(chip), info_(gpiod_chip_get_info(chip)) {}
  ~DeviceV2() override { gpiod_chip_close(chip_); }

  std::string name() const override { return info_ ? gpiod_chip_info_get_name(info_.get()) : ""; }
  std::string label() const override { return info_ ? gpiod_chip_info_get_label(info_.get()) : ""; }

  std::vector<std::string> line_names() override {
    std::vector<std::string> names(info_ ? gpiod_chip_info_get_num_lines(info_.get()) : 0);
    for (uint32_t offset = 0; offset < names.size(); ++offset) {
      const Owned<gpiod_line_info> line(gpiod_chip_get_line_info(chip_, offset));
      if (const char* name = line ? gpiod_line_info_get_name(line.get()) : nullptr) names[offset] = name;
    }
    return names;
  }

  LineUse look(uint32_t offset) override {
    LineUse use;
    const Owned<gpiod_line_info> line(gpiod_chip_get_line_info(chip_, offset));
    if (!line) return use;
    if (gpiod_line_info_get_direction(line.get()) == GPIOD_LINE_DIRECTION_OUTPUT) {
      const bool open_drain = gpiod_line_info_get_drive(line.get()) == GPIOD_LINE_DRIVE_OPEN_DRAIN;
      use.mode = open_drain ? LineMode::OpenDrain : LineMode::Out;
    }
    if (gpiod_line_info_get_bias(line.get()) == GPIOD_LINE_BIAS_PULL_UP) use.pull = LinePull::Up;
    if (gpiod_line_info_get_bias(line.get()) == GPIOD_LINE_BIAS_PULL_DOWN) use.pull = LinePull::Down;
    const char* consumer = gpiod_line_info_get_consumer(line.get());
    if (gpiod_line_info_is_used(line.get())) use.consumer = consumer ? consumer : "the kernel";
    return use;
  }

  bool is_there() override { return Owned<gpiod_line_info>(gpiod_chip_get_line_info(chip_, 0)) != nullptr; }

  std::unique_ptr<Request> request(uint32_t offset, const LineSettings& settings, int& error) override {
    const auto lines = config_of(offset, settings);
    const Owned<gpiod_request_config> config(gpiod_request_config_new());
    error = ENOMEM;
    if (!lines || !config) return nullptr;
    gpiod_request_config_set_consumer(config.get(), kConsumer);
    gpiod_request_config_set_event_buffer_size(config.get(), kKernelEvents);
    gpiod_line_request* request = gpiod_chip_request_lines(chip_, config.get(), lines.get());
    error = request ? 0 : errno;
    return request ? std::make_unique<RequestV2>(request, offset, settings) : nullptr;
  }

 private:
  gpiod_chip* const chip_;
  const Owned<gpiod_chip_info> info_;
};

}  // namespace

const bool Device::kDebounces = true;

std::unique_ptr<Device> Device::open(const std::string& path, int& error) {
  gpiod_chip* chip = gpiod_chip_open(path.c_str());
  error = chip ? 0 : errno;
  return chip ? std::make_unique<DeviceV2>(chip) : nullptr;
}

}  // namespace upyd::gpiod
