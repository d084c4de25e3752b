#pragma once

#include <map>

#include "gpio/gpiod.h"

namespace upyd {

/// A chip of the kernel's, which may be unplugged and come back. It is opened when it is needed and there.
class KernelChip final : public Chip {
 public:
  /// `device` is a path ("/dev/gpiochip0"), a name ("gpiochip0") or a label ("pinctrl-bcm2711"); the chip is known by
  /// the path's last part, by the name, or by the label. Edges are waited for at `set`, which must outlive it;
  /// `now_ns` stamps those of outputs.
  KernelChip(const std::string& device, upy::PollSet& set, std::function<int64_t()> now_ns);
  ~KernelChip() override = default;
  /// By what a chip is known that the config calls `device`.
  static std::string name_of(const std::string& device);

  const ChipInfo& info() override;
  uint32_t presence() override;
  bool is_simulated() const override { return false; }
  bool debounces() const override { return gpiod::Device::kDebounces; }
  upy::PortError set_up(uint32_t offset, const LineSettings& settings) override;
  void give_back(uint32_t offset) override;
  upy::PortError read(uint32_t offset, int& level) override;
  upy::PortError write(uint32_t offset, int level) override;
  size_t take_edges(uint32_t offset, std::span<LineEdge> edges) override;
  LineUse look(uint32_t offset) override;
  void on_readable(std::function<void(uint32_t offset)> readable) override;
  void watch_at(uint32_t offset, std::vector<upy::PollSet*> sets) override;

  /// Opens the chip if it is not; the reason when it can't be.
  upy::PortError open();

 private:
  struct Line {
    std::unique_ptr<gpiod::Request> request;
    LineSettings settings;
    std::vector<upy::PollSet*> sets;  // beside the chip's own, which is the last choice
    upy::SharedWatch watch;           // of the request's descriptor, if it has one
    std::vector<LineEdge> written;    // of an output by its writes, not yet taken
  };

  upy::PortError request(uint32_t offset, LineSettings settings, Line& line);
  void note_change(Line& line, const LineSettings& before);
  upy::PortError fail(uint32_t offset, int error);
  upy::PortError gone() const;
  void watch(uint32_t offset, Line& line);
  void close();

  const std::string device_;
  upy::PollSet& set_;
  const std::function<int64_t()> now_ns_;
  std::function<void(uint32_t)> readable_;
  ChipInfo info_;
  std::unique_ptr<gpiod::Device> chip_;  // null: not open
  uint32_t openings_ = 0;
  std::map<uint32_t, Line> lines_;  // set up
};

}  // namespace upyd
