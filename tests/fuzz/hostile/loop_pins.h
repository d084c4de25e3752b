#pragma once

#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "port/port.h"

/// GPIO lines that are not connected to anything: each reads what was written to it, and an edge is told at once to the
/// instance that made it.
class LoopPins final : public upy::Pins {
 public:
  explicit LoopPins(upy::Clock& clock) : clock_(clock) {}

  upy::PortError request(const Id& line, const upy::PinConfig& config, Handle& handle) override {
    const auto* offset = std::get_if<int64_t>(&line);
    const std::string id = offset ? std::to_string(*offset) : std::get<std::string>(line);
    if (id.empty() || id.size() > 4) return {ENOENT, "there is no such line"};
    lines_.push_back({.id = id});
    handle = static_cast<Handle>(lines_.size() - 1);
    return configure(handle, config);
  }
  upy::PortError configure(Handle handle, const upy::PinConfig& config) override {
    if (config.initial >= 0) lines_[handle].level = config.initial;
    return {};
  }
  upy::PortError read(Handle handle, int& level) override {
    level = lines_[handle].level;
    return {};
  }
  upy::PortError write(Handle handle, int level) override {
    Line& line = lines_[handle];
    if (std::exchange(line.level, level) == level) return {};
    if (line.sink && line.edges & (level ? kRising : kFalling))
      line.dropped += !line.sink->post({.kind = upy::Event::Kind::Edge,
                                        .rising = level != 0,
                                        .token = line.token,
                                        .timestamp_ns = clock_.monotonic_ns()});
    return {};
  }
  upy::PortError watch(Handle handle, int edges, upy::EventToken token, upy::EventSink& sink) override {
    Line& line = lines_[handle];
    line.edges = edges;
    line.token = token;
    line.sink = edges ? &sink : nullptr;
    return {};
  }
  void count_dropped(Handle handle, uint32_t edges) override { lines_[handle].dropped += edges; }
  uint64_t dropped(Handle handle) override { return lines_[handle].dropped; }
  void release(Handle handle) override { lines_[handle].sink = nullptr; }
  std::string name(Handle handle) override { return "loop:" + lines_[handle].id; }

 private:
  struct Line {
    std::string id;
    int level = 0, edges = 0;
    upy::EventToken token = 0;
    uint64_t dropped = 0;
    upy::EventSink* sink = nullptr;
  };

  upy::Clock& clock_;
  std::vector<Line> lines_;
};
